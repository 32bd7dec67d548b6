package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import dev.gangway.fcgi.testing.LogCapture;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Link.class)
class ClosingTest {
    private static final int MIB = 1024 * 1024;

    private final Watched configuration = new Watched();

    @RegisterExtension
    final FcgiServer server;

    @RegisterExtension
    final LogCapture log = new LogCapture();

    ClosingTest(Link link) {
        server = new FcgiServer(link, configuration);
    }

    @Test
    @Tag("FCGI-105")
    @Tag("FCGI-66")
    void deliversTheWholeAnswerToAnUploadThatNobodyReads() throws Exception {
        byte[] answer = Bytes.random(MIB);
        server.start((request, response, callback) -> {
            response.setStatus(413);
            response.write(true, ByteBuffer.wrap(answer), callback);
        });

        for (int i = 0; i < 5; i++) {
            Peer peer =
                    server.connect().open(1, CLOSE, Pairs.post("/", 50 * MIB)).stdin(1, new byte[1024]);
            CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> sayAsMuchAsItTakes(peer));
            FcgiResponse response = peer.response(1);

            assertThat(response).hasStatus(413).isComplete();
            assertThat(response.body()).isEqualTo(answer);
            peer.expectClosed();
            speaking.join();
        }
    }

    private static void sayAsMuchAsItTakes(Peer peer) {
        try {
            peer.stdin(1, new byte[50 * MIB]).stdinEnd(1);
        } catch (UncheckedIOException e) {
            // The application has closed the connection, as it may.
        }
    }

    @Test
    @Tag("FCGI-55")
    @Tag("FCGI-160")
    void closesAConnectionThatHasServedItsNumberOfRequests() throws Exception {
        server.fcgi().setMaxRequestsPerConnection(3);
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        for (int i = 1; i <= 3; i++) {
            assertThat(peer.get(i, KEEP_CONN, "/" + i).response(i))
                    .hasBody("/" + i)
                    .isComplete();
        }
        peer.expectEof();
    }

    /** Unread bytes would make the close a reset. */
    @Test
    @Tag("FCGI-55")
    @Tag("FCGI-105")
    void deliversTheLastAnswerToAWebServerThatTalksOn() throws Exception {
        byte[] answer = Bytes.random(900_000);
        CountDownLatch talking = new CountDownLatch(1);
        server.fcgi().setMaxRequestsPerConnection(1);
        server.start((request, response, callback) -> {
            Await.latch("the web server talks on", talking);
            response.write(true, ByteBuffer.wrap(answer), callback);
        });
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/");
        Await.until("the request runs", () -> server.handling() == 1);
        // Of no request, so that it needs no answer.
        peer.raw(new Script().stdin(5, new byte[1000]).bytes());

        talking.countDown();
        if (server.link() != Link.UNIX) {
            // The answer is in the socket; a Unix socket is too small for it.
            Await.until("it is answered", () -> server.incomplete() == 0);
        }
        FcgiResponse response = peer.response(1);

        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.body()).isEqualTo(answer);
        peer.expectClosed();
    }

    @Test
    @Tag("FCGI-56")
    @Tag("FCGI-160")
    void servesWhatHasComeBeforeItCloses() throws Exception {
        server.fcgi().setMaxRequestsPerConnection(2);
        server.start(Apps.TARGET);
        Peer peer = server.connect();
        Script script = new Script();
        for (int id = 1; id <= 5; id++) {
            script.get(id, KEEP_CONN, "/" + id);
        }

        peer.send(script);

        for (int id = 1; id <= 5; id++) {
            assertThat(peer.response(id)).hasBody("/" + id).isComplete();
        }
        peer.expectEof();
    }

    @Test
    @Tag("FCGI-55")
    @Tag("FCGI-160")
    void answersTheLastRequestEvenIfItBeginsWhileTheEndOfTheOneBeforeIsNoted() throws Exception {
        configuration.setMaxRequestsPerConnection(2);
        CountDownLatch second = new CountDownLatch(1);
        configuration.beforeLast = () -> Await.until("the second request has begun", () -> second.getCount() == 0);
        server.start((request, response, callback) -> {
            if (Request.getPathInContext(request).equals("/2")) {
                second.countDown();
            }
            Apps.TARGET.handle(request, response, callback);
        });
        Peer peer = server.connect();

        assertThat(peer.get(1, KEEP_CONN, "/1").response(1)).hasBody("/1").isComplete();
        assertThat(peer.get(2, KEEP_CONN, "/2").response(2)).hasBody("/2").isComplete();
        peer.expectEof();
    }

    @Test
    @Tag("FCGI-55")
    void answersARequestThatBeginsWhileItsConnectionIsFoundIdle() throws Exception {
        CountDownLatch idle = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            if (Request.getPathInContext(request).equals("/2")) {
                second.countDown();
                goOn.await();
            }
            Apps.TARGET.handle(request, response, callback);
        });
        Peer peer = server.connect();
        assertThat(peer.get(1, KEEP_CONN, "/1").response(1)).hasBody("/1").isComplete();
        configuration.idleTimeout = () -> {
            configuration.idleTimeout = () -> Duration.ofMinutes(5);
            idle.countDown();
            Await.until("the second request has begun", () -> second.getCount() == 0);
            goOn.countDown();
            return Duration.ZERO;
        };
        idle.await();

        assertThat(peer.get(2, KEEP_CONN, "/2").response(2)).hasBody("/2").isComplete();
        assertThat(peer.get(3, KEEP_CONN, "/3").response(3)).hasBody("/3").isComplete();
    }

    /** Can hold up whoever asks whether a connection is to be closed, until something has come between. */
    private static final class Watched extends FcgiConfiguration {
        private volatile Runnable beforeLast = () -> {};
        private volatile Supplier<Duration> idleTimeout = super::getConnectionIdleTimeout;

        @Override
        public int getMaxRequestsPerConnection() {
            beforeLast.run();
            return super.getMaxRequestsPerConnection();
        }

        @Override
        public Duration getConnectionIdleTimeout() {
            return idleTimeout.get();
        }
    }

    @Test
    @Tag("FCGI-106")
    void logsNothingWhenTheWebServerClosesAnIdleConnection() throws Exception {
        server.start(Apps.TARGET);
        server.connect().close();
        Peer used = server.connect();
        used.get(1, KEEP_CONN, "/").response(1);
        used.close();
        Peer reset = server.connect();
        reset.get(1, KEEP_CONN, "/").response(1);
        reset.reset();

        server.awaitNoConnection();

        assertThat(log.text()).doesNotContain("WARN", "ERROR", "Exception");
    }

    @Test
    @Tag("FCGI-107")
    void logsNothingWhenTheWebServerClosesAtTheEndOfStdout() throws Exception {
        server.start(Apps.TARGET);

        for (int i = 0; i < 50; i++) {
            Peer peer = server.connect().get(1, CLOSE, "/");
            peer.responseWhen(1, FcgiResponse::stdoutEnded);
            peer.reset();
        }

        server.awaitNoConnection();
        server.awaitNoRequest();
        assertThat(log.text()).doesNotContain("WARN", "ERROR", "Exception");
    }

    @Test
    @Tag("FCGI-113")
    @Tag("FCGI-115")
    @Tag("FCGI-163")
    void confinesGarbageToItsConnection() throws Exception {
        server.start(Apps.TARGET);
        Peer good = server.connect();
        Random random = new Random(5);

        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[8 + random.nextInt(2000)];
            random.nextBytes(garbage);
            garbage[0] = (byte) (2 + i);
            Peer bad = server.connect();
            try {
                bad.raw(garbage).expectClosed();
            } catch (UncheckedIOException e) {
                // Closed while this side was still speaking.
            }
            assertThat(good.get(1, KEEP_CONN, "/" + i).response(1))
                    .hasBody("/" + i)
                    .isComplete();
        }

        assertThat(log.text()).doesNotContain("\tat ");
    }
}
