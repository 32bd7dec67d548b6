package dev.gangway.fcgi.input;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.StoppedClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications that read and write in unusual orders, and web servers that send what nobody takes. */
@ParameterizedClass
@EnumSource(Link.class)
class NothingWaitsForEverTest {
    @RegisterExtension
    final FcgiServer server;

    private final AtomicReference<Throwable> seen = new AtomicReference<>();

    NothingWaitsForEverTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-24")
    @Tag("FCGI-66")
    void anApplicationThatReadsAfterItsLastWrite() throws Exception {
        server.start((request, response, callback) -> {
            Content.Sink.write(response, true, ByteBuffer.wrap("early".getBytes()));
            try {
                Content.Source.asInputStream(request).readAllBytes();
            } catch (IOException e) {
                seen.set(e);
            }
            callback.succeeded();
        });
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100));

        assertThat(peer.response(1)).hasStatus(200).hasBody("early").isComplete();

        Await.until("the read fails", () -> seen.get() != null);
        server.awaitNoRequest();
        assertThat(peer.stdin(1, new byte[100])
                        .stdinEnd(1)
                        .get(1, KEEP_CONN, "/next")
                        .response(1))
                .hasBody("early");
    }

    /** The application's own thread reads the beginning of another request, which nobody can run. */
    @Test
    @Tag("FCGI-163")
    void anApplicationThatReadsWhenThereAreNoThreads() throws Exception {
        assumeThat(server.link()).as("one that is read ahead is left to others").isNotEqualTo(Link.SHARED);
        server.useScheduler(new StoppedClock());
        CountDownLatch sent = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Await.latch("the other request is sent", sent);
            server.refuseThreads(true);
            try {
                request.read();
            } finally {
                server.refuseThreads(false);
            }
            callback.succeeded();
        });
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100));
        Await.until("it runs", () -> server.handling() == 1);

        peer.get(2, KEEP_CONN, "/");
        sent.countDown();

        // Two requests have no answer, so it is not the end of a connection in order.
        peer.expectClosed();
        server.awaitNoRequest();
    }

    @Test
    @Tag("FCGI-23")
    @Tag("FCGI-163")
    void theOthersWhileOneNeverStopsTalking() throws Exception {
        // With no thread in reserve, as on one processor, the thread of the selector reads.
        server.threads().setReservedThreads(0);
        server.start(Apps.TARGET);
        Script noise = new Script();
        for (int i = 0; i < 5000; i++) {
            noise.stdinEnd(7);
        }
        byte[] bytes = noise.bytes();
        AtomicBoolean enough = new AtomicBoolean();
        Peer talker = server.connect();
        Peer other = server.connect();

        CompletableFuture<Void> talk = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                talker.raw(bytes);
            }
        });

        for (int i = 0; i < 50; i++) {
            assertThat(other.get(1, KEEP_CONN, "/good").response(1))
                    .hasBody("/good")
                    .isComplete();
        }
        enough.set(true);
        talk.join();
    }

    @Test
    @Tag("FCGI-98")
    @Tag("FCGI-101")
    void theStdinOfARefusedRequest() throws Exception {
        server.fcgi().setMaxBufferedStdinBytes(1000);
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        for (int i = 0; i < 20; i++) {
            peer.begin(1, 9, KEEP_CONN).params(1, Pairs.post("/", 50_000)).paramsEnd(1);
            peer.stdin(1, new byte[50_000]).stdinEnd(1);
            assertThat(peer.response(1)).hasStatus(503);
        }

        assertThat(peer.get(2, KEEP_CONN, "/good").response(2)).hasBody("/good").isComplete();
    }

    @Test
    @Tag("FCGI-101")
    @Tag("FCGI-160")
    void twoRequestsOfWhichOneIsNotRead() throws Exception {
        server.fcgi().setMaxBufferedStdinBytes(10_000);
        server.fcgi().setStallTimeout(Duration.ofSeconds(10));
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/unread")) {
                request.addFailureListener(callback::failed);
                return;
            }
            Content.Source.consumeAll(request, callback);
        });
        Peer peer = server.connect();
        peer.open(1, KEEP_CONN, Pairs.post("/unread", 100_000_000))
                .open(2, KEEP_CONN, Pairs.post("/read", 100_000_000));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            both.writeBytes(new Script()
                    .stdin(1, new byte[2000])
                    .stdin(2, new byte[2000])
                    .bytes());
        }

        int taken = peer.sendUntilStuck(both.toByteArray(), Duration.ofSeconds(1));

        // What the sockets hold, and not all that was sent.
        assertThat(taken).isLessThan(20_000_000);
    }
}
