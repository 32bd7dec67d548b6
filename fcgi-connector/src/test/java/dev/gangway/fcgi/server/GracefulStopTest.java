package dev.gangway.fcgi.server;

import static dev.gangway.conformance.peer.FcgiNumbers.*;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Pairs;
import dev.gangway.conformance.peer.Peer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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

    GracefulStopTest(Link link) {
        server = new FcgiServer(link);
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
