package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.StoppedClock;
import dev.gangway.fcgi.testing.Writer;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Link.class)
class GracefulStopTest {
    /** Clients and server keep their threads busy, which the common pool has too few for. */
    private static final Executor THREADS = task -> new Thread(task).start();

    @RegisterExtension
    final FcgiServer server;

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger looks = new AtomicInteger();

    GracefulStopTest(Link link) {
        server = new FcgiServer(link, new FcgiConfiguration() {
            @Override
            public Duration getRequestWriteTimeout() {
                looks.incrementAndGet();
                return super.getRequestWriteTimeout();
            }
        });
    }

    @Test
    @Tag("FCGI-109")
    void letsRunningRequestsEndAndClosesTheRest() throws Exception {
        start(15_000);
        Peer idle = server.connect();
        Peer kept = server.connect();
        kept.get(1, KEEP_CONN, "/kept").response(1);
        List<Peer> running = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            running.add(server.connect().get(1, KEEP_CONN, "/slow"));
        }
        Await.until("five requests run", () -> server.handling() == 5 && server.connections() == 7);

        CompletableFuture<Void> stop = server.stop();
        idle.expectEof();
        kept.expectEof();
        assertThat(stop).isNotDone();
        end.countDown();

        for (Peer peer : running) {
            assertThat(peer.response(1)).hasStatus(200).hasBody("/slow").isComplete();
            peer.expectEof();
        }
        stop.join();
        assertThatThrownBy(() -> Peer.connect(server.address())).isInstanceOf(UncheckedIOException.class);
    }

    /** A web server asks elsewhere if its connection has gone, but passes on what a request is answered. */
    @Test
    @Tag("FCGI-109")
    void closesIdleConnectionsAtOnce() throws Exception {
        server.useScheduler(new StoppedClock());
        start(15_000);
        Peer idle = server.connect();
        Peer kept = server.connect();
        kept.get(1, KEEP_CONN, "/kept").response(1);
        Peer running = server.connect().get(1, KEEP_CONN, "/slow");
        Await.until("one request runs", () -> server.handling() == 1 && server.connections() == 3);

        CompletableFuture<Void> stop = server.stop();
        idle.expectEof();
        kept.expectEof();
        kept.close();
        end.countDown();

        assertThat(running.response(1)).hasBody("/slow").isComplete();
        running.expectEof();
        running.close();
        stop.join();
    }

    @Test
    @Tag("FCGI-97")
    @Tag("FCGI-109")
    void refusesOrServesANewRequestOnAConnectionWithARunningOne() throws Exception {
        start(15_000);
        Peer peer = server.connect().get(1, KEEP_CONN, "/slow");
        Peer idle = server.connect();
        Await.until("the request runs", () -> server.handling() == 1 && server.connections() == 2);

        CompletableFuture<Void> stop = server.stop();
        idle.expectEof();
        peer.get(2, KEEP_CONN, "/new");
        FcgiResponse late = peer.response(2);
        end.countDown();

        if (late.status() == 503) {
            assertThat(late).endedWith(0, REQUEST_COMPLETE);
        } else {
            assertThat(late).hasBody("/new").isComplete();
        }
        assertThat(peer.response(1)).hasBody("/slow").isComplete();
        peer.expectEof();
        stop.join();
    }

    @Test
    @Tag("FCGI-109")
    void readsTheRestOfABodyWhileItStops() throws Exception {
        server.start(Apps.ECHO);
        server.jetty().setStopTimeout(15_000);
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 4)).stdin(1, "bo");
        Peer idle = server.connect();
        peer.responseWhen(1, response -> response.text().equals("bo"));
        Await.until("both are connected", () -> server.connections() == 2);

        CompletableFuture<Void> stop = server.stop();
        idle.expectEof();
        peer.stdin(1, "dy").stdinEnd(1);

        assertThat(peer.response(1)).hasBody("body").isComplete();
        peer.expectEof();
        stop.join();
    }

    @Test
    @Tag("FCGI-109")
    void abortsWhatRunsPastTheStopTimeout() throws Exception {
        start(300);
        Peer peer = server.connect().get(1, KEEP_CONN, "/slow");
        Await.until("the request runs", () -> server.handling() == 1);

        CompletableFuture<Void> stop = server.stop();
        peer.expectClosed();
        end.countDown();

        stop.handle((nothing, failure) -> null).join();
    }

    @Test
    @Tag("FCGI-109")
    void doesNotCutAResponseThatTheWebServerIsSlowToTake() throws Exception {
        int length = 30 * 1024 * 1024;
        Writer writer = new Writer();
        server.start((request, response, callback) -> {
            writer.write(response, length);
            callback.succeeded();
        });
        server.jetty().setStopTimeout(60_000);
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/");
        writer.awaitBlocked();

        CompletableFuture<Void> stop = server.stop();
        // Jetty sets the idle time of all connections to a second when it stops.
        int before = looks.get();
        Await.until("the write has been looked at for more than a second", () -> looks.get() > before + 10);

        FcgiResponse response = peer.response(1);
        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.body()).hasSize(length);
        peer.expectEof();
        stop.join();
    }

    @Test
    @Tag("FCGI-109")
    @Tag("FCGI-72")
    void cutsWhatRunsPastTheStopTimeoutSoThatItDoesNotLookWhole() throws Exception {
        server.start((request, response, callback) -> {
            Content.Sink.write(response, false, ByteBuffer.wrap("begun".getBytes()));
            Await.latch("end", end);
            callback.succeeded();
        });
        server.jetty().setStopTimeout(300);
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        peer.responseWhen(1, response -> response.text().equals("begun"));

        CompletableFuture<Void> stop = server.stop();
        if (server.link() == Link.UNIX) {
            peer.expectCutRecord();
        } else {
            peer.expectReset();
        }
        end.countDown();

        stop.handle((nothing, failure) -> null).join();
    }

    @Test
    @Tag("FCGI-109")
    void cutsNoRequestUnderLoad() throws Exception {
        server.start(Apps.TARGET);
        server.jetty().setStopTimeout(15_000);
        CompletableFuture<?>[] clients = new CompletableFuture<?>[4];
        for (int i = 0; i < clients.length; i++) {
            Peer peer = server.connect();
            clients[i] = CompletableFuture.runAsync(() -> requestsUntilClosed(peer), THREADS);
        }
        Await.until("requests are served", () -> server.begun() > 200);

        server.stop().join();

        CompletableFuture.allOf(clients).join();
    }

    /** Insists that a response, once it has begun, is whole, and that none is an error. */
    private void requestsUntilClosed(Peer peer) {
        FcgiResponse response;
        do {
            try {
                peer.get(1, KEEP_CONN, "/load");
                response = peer.response(1);
            } catch (UncheckedIOException | AssertionError e) {
                if (peer.heardOf(1)) {
                    throw new CompletionException("cut", e);
                }
                peer.close();
                return;
            }
        } while (response.status() == 200);
        assertThat(response).hasStatus(503).endedWith(0, server.link().overloaded());
        peer.close();
    }

    private void start(long stopTimeout) throws Exception {
        server.start(Apps.slowUntil(end));
        server.jetty().setStopTimeout(stopTimeout);
    }
}
