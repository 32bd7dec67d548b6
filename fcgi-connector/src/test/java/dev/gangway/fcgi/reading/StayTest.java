package dev.gangway.fcgi.reading;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.FcgiLimits;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Threads that stay with their connection. */
class StayTest {
    private static final FcgiServer.App THREAD = (request, response, callback) ->
            Content.Sink.write(response, true, Thread.currentThread().getName(), callback);

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    StayTest() {
        server.fcgi().setConnectionThreads(FcgiLimits.AUTO);
    }

    private static void tellAndInterrupt(Request request, Response response, Callback callback) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        Content.Sink.write(response, true, Boolean.toString(interrupted), callback);
        Thread.currentThread().interrupt();
    }

    private int staying() {
        return server.factory().getStayingThreads();
    }

    /** Only for a while does a thread stay. */
    private void serveUntilOneStays(Peer peer) {
        Await.until("a thread stays", () -> {
            get(peer, "/");
            return staying() == 1;
        });
    }

    private void beginSlow(Peer peer) {
        int before = server.begun();
        peer.get(1, KEEP_CONN, "/slow");
        Await.until("it has begun", () -> server.begun() > before);
    }

    /** Nothing has come yet, so a thread that the selector calls will read the first request. */
    private void awaitOpener() {
        Await.until(
                "the thread that has opened the connection leaves",
                () -> server.jetty().dump().contains("[ARMED,"));
    }

    private void awaitNoneStays() {
        Await.until(() -> staying() + " threads stay", () -> staying() == 0);
    }

    private static String get(Peer peer, String path) {
        return peer.get(1, KEEP_CONN, path).response(1).text();
    }

    @Test
    void oneThreadServesTheRequestsOfABusyConnection() throws Exception {
        server.start(THREAD);
        Peer peer = server.connect();

        String last = get(peer, "/");
        int changes = 0;
        for (int request = 0; request < 200; request++) {
            String thread = get(peer, "/");
            changes += thread.equals(last) ? 0 : 1;
            last = thread;
        }

        // It leaves if the machine stalls for longer than it stays.
        assertThat(changes).isLessThan(20);
    }

    @Test
    void aThreadLeavesAnIdleConnectionWhichIsServedOn() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();
        serveUntilOneStays(peer);

        awaitNoneStays();

        assertThat(get(peer, "/again")).isEqualTo("/again");
        serveUntilOneStays(peer);
    }

    @Test
    void noMoreStayThanMay() throws Exception {
        server.fcgi().setConnectionThreads(2);
        server.start(Apps.TARGET);
        List<Peer> peers = Stream.generate(server::connect).limit(5).toList();

        for (int round = 0; round < 20; round++) {
            for (Peer peer : peers) {
                assertThat(get(peer, "/" + round)).isEqualTo("/" + round);
                assertThat(staying()).isBetween(0, 2);
            }
        }
        awaitNoneStays();
    }

    @Test
    void noneStaysIfThatIsOff() throws Exception {
        server.fcgi().setConnectionThreads(0);
        server.start((request, response, callback) ->
                Content.Sink.write(response, true, Integer.toString(staying()), callback));
        Peer peer = server.connect();

        assertThat(get(peer, "/")).isEqualTo("0");
        assertThat(get(peer, "/")).isEqualTo("0");
    }

    @Test
    void noneStaysWhileThePoolIsShortOfThreads() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.threads().setMaxThreads(10);
        server.threads().setReservedThreads(0);
        server.start(Apps.slowUntil(end));
        List<Peer> slow = Stream.generate(() -> server.connect().get(1, KEEP_CONN, "/slow"))
                .limit(7)
                .toList();
        Await.until("all are handled", () -> server.handling() == 7);
        Await.until("the pool is short of threads", () -> server.threads().isLowOnThreads());
        Peer quick = server.connect();

        assertThat(get(quick, "/quick")).isEqualTo("/quick");

        // If the thread stayed, nobody could serve this one.
        assertThat(get(server.connect(), "/quick")).isEqualTo("/quick");
        end.countDown();
        slow.forEach(peer -> assertThat(peer.response(1)).hasBody("/slow").isComplete());
    }

    @Test
    void aRequestOnAnotherConnectionDoesNotWaitForAnApplicationThatBlocks() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start(Apps.slowUntil(end));
        Peer blocked = server.connect();
        serveUntilOneStays(blocked);
        beginSlow(blocked);

        assertThat(get(server.connect(), "/quick")).isEqualTo("/quick");

        end.countDown();
        assertThat(blocked.response(1)).hasBody("/slow");
    }

    @Test
    void anAbortIsSeenWhileTheThreadRunsTheApplication() throws Exception {
        CountDownLatch aborted = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/slow")) {
                request.addFailureListener(failure -> aborted.countDown());
                Await.latch("abort", aborted);
            }
            Apps.TARGET.handle(request, response, callback);
        });
        Peer peer = server.connect();
        serveUntilOneStays(peer);
        beginSlow(peer);

        peer.abort(1);

        assertThat(peer.response(1).ended()).isTrue();
        assertThat(get(peer, "/next")).isEqualTo("/next");
    }

    @Test
    void aRequestThatOverlapsIsServed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start(Apps.slowUntil(end));
        Peer peer = server.connect();
        serveUntilOneStays(peer);

        peer.get(1, KEEP_CONN, "/slow").get(2, KEEP_CONN, "/quick");

        assertThat(peer.response(2)).hasBody("/quick");
        end.countDown();
        assertThat(peer.response(1)).hasBody("/slow");
        awaitNoneStays();
    }

    @Test
    void theWebServerSeesAtOnceThatAConnectionIsClosedWhoseThreadIsBusy() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start(Apps.slowUntil(end));
        Peer peer = server.connect();
        serveUntilOneStays(peer);
        beginSlow(peer);

        peer.raw(new byte[] {2, 1, 0, 1, 0, 0, 0, 0});

        peer.expectClosed();
        assertThat(server.handling()).isEqualTo(1);
        end.countDown();
    }

    /** Without reserved threads the selector's own thread reads, and leaves the application to another one. */
    @Test
    void aThreadStaysThatASelectorHasGivenARequest() throws Exception {
        server.threads().setReservedThreads(0);
        server.start(Apps.TARGET);
        Peer peer = server.connect();
        awaitOpener();

        serveUntilOneStays(peer);

        assertThat(get(peer, "/next")).isEqualTo("/next");
    }

    @Test
    void anInterruptDoesNotReachTheRequestAfterOneThatASelectorHasGiven() throws Exception {
        server.threads().setReservedThreads(0);
        server.start(StayTest::tellAndInterrupt);
        Peer peer = server.connect();
        awaitOpener();

        for (int round = 0; round < 5; round++) {
            assertThat(get(peer, "/")).isEqualTo("false");
        }
    }

    /** Such an application is run by the selector's own thread, for which all other connections wait. */
    @Test
    void theThreadOfASelectorDoesNotStay() throws Exception {
        server.start(new NonBlocking());
        Peer peer = server.connect();
        awaitOpener();

        for (int round = 0; round < 50; round++) {
            assertThat(get(peer, "/" + round)).isEqualTo("/" + round);
            assertThat(staying()).isZero();
        }
    }

    @Test
    void noneStaysWithAConnectionThatHasServedNothing() throws Exception {
        server.start(Apps.TARGET);
        Peer silent = server.connect();
        Peer begun = server.connect();
        begun.begin(1, RESPONDER, KEEP_CONN).params(1, Pairs.get("/"));
        Await.until("both are open", () -> server.connections() == 2);

        for (int round = 0; round < 50; round++) {
            assertThat(staying()).isZero();
            Thread.onSpinWait();
        }

        assertThat(get(silent, "/")).isEqualTo("/");
        begun.paramsEnd(1).stdinEnd(1);
        assertThat(begun.response(1)).hasBody("/");
    }

    @Test
    void noneStaysInAPoolThatCannotTellWhetherItIsShortOfThreads() {
        assertThat(ConnectionThreads.max(FcgiLimits.AUTO, Runnable::run)).isZero();
        assertThat(ConnectionThreads.max(3, Runnable::run)).isEqualTo(3);
        assertThat(ConnectionThreads.max(FcgiLimits.AUTO, server.threads())).isEqualTo(30);
    }

    private static final class NonBlocking extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            Apps.TARGET.handle(request, response, callback);
            return true;
        }
    }

    @Test
    void aStopNeitherWaitsNorLeavesDescriptors() throws Exception {
        long before = selectors();
        server.start(Apps.TARGET);
        List<Peer> peers = Stream.generate(server::connect).limit(8).toList();
        peers.forEach(peer -> assertThat(get(peer, "/")).isEqualTo("/"));
        Await.until("some stay", () -> get(peers.get(0), "/").equals("/") && staying() > 0);

        server.stop().get(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS);

        awaitNoneStays();
        peers.forEach(Peer::close);
        Await.until(() -> selectors() + " selectors are open, were " + before, () -> selectors() <= before);
    }

    private static long selectors() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(StayTest::isSelector).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isSelector(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("eventpoll");
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    @Test
    void anInterruptedThreadHarmsNobody() throws Exception {
        server.start(StayTest::tellAndInterrupt);
        Peer peer = server.connect();

        for (int round = 0; round < 5; round++) {
            assertThat(get(peer, "/")).isEqualTo("false");
        }
    }
}
