package dev.gangway.fcgi.admission;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CANT_MPX_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_ROLE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.FcgiServer.App;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Writer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Link.class)
class RefusalTest {
    @RegisterExtension
    final FcgiServer server;

    private final CountDownLatch end = new CountDownLatch(1);

    private final App slow = Apps.slowUntil(end);

    RefusalTest(Link link) {
        server = new FcgiServer(link);
    }

    @ParameterizedTest
    @CsvSource({"0, 503", "4, 503", "258, 503", "65535, 503", "2, 403", "3, 503"})
    @Tag("FCGI-52")
    @Tag("FCGI-74")
    @Tag("FCGI-76")
    @Tag("FCGI-80")
    @Tag("FCGI-98")
    void refusesARoleThatIsNotServed(int role, int status) throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, role, KEEP_CONN).params(1, Pairs.get("/")).fence();
        assertThat(peer.heardOf(1)).isFalse();
        peer.paramsEnd(1);

        assertThat(peer.response(1)).hasStatus(status).endedWith(0, UNKNOWN_ROLE);
        peer.stdin(1, new byte[100_000]).stdinEnd(1).data(1, new byte[10]).dataEnd(1);
        assertThat(peer.get(1, KEEP_CONN, "/good").response(1)).hasBody("/good").isComplete();
        assertThat(server.begun()).isEqualTo(1);
    }

    /** What is refused waits for its turn to be written, behind a response that nobody takes. */
    @Test
    @Tag("FCGI-71")
    @Tag("FCGI-98")
    void endsARefusedRequestOnceThoughItIsAborted() throws Exception {
        Writer writer = new Writer();
        server.start((request, response, callback) -> {
            if (Request.getPathInContext(request).equals("/large")) {
                writer.write(response, 30 * 1024 * 1024);
            }
            callback.succeeded();
        });
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/large");
        writer.awaitBlocked();

        peer.begin(3, AUTHORIZER, KEEP_CONN)
                .params(3, Pairs.get("/"))
                .paramsEnd(3)
                .abort(3);

        // The peer insists on one end of each request.
        assertThat(peer.response(1)).hasStatus(200).isComplete();
        assertThat(peer.response(3)).hasStatus(403);
        assertThat(peer.get(5, KEEP_CONN, "/good").response(5)).hasStatus(200).isComplete();
    }

    /** Jetty never knows the request, so that nobody would cancel what is to be told later. */
    @Test
    @Tag("FCGI-52")
    void leavesNothingToBeToldLaterOfARefusedRequestThatIsAborted() throws Exception {
        long seconds = 77;
        AtomicInteger timers = new AtomicInteger();
        server.useScheduler(new ScheduledExecutorScheduler() {
            @Override
            public Scheduler.Task schedule(Runnable task, long delay, TimeUnit unit) {
                if (unit.toSeconds(delay) == seconds) {
                    timers.incrementAndGet();
                }
                return super.schedule(task, delay, unit);
            }
        });
        server.fcgi().setRequestWriteTimeout(Duration.ofSeconds(seconds));
        Writer writer = new Writer();
        server.start((request, response, callback) -> {
            writer.write(response, 30 * 1024 * 1024);
            callback.succeeded();
        });
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/large");
        writer.awaitBlocked();

        peer.begin(3, AUTHORIZER, KEEP_CONN)
                .params(3, Pairs.get("/"))
                .paramsEnd(3)
                .abort(3);

        assertThat(peer.response(1)).isComplete();
        assertThat(peer.response(3)).hasStatus(403);
        assertThat(timers).hasValue(0);
    }

    @Test
    @Tag("FCGI-52")
    @Tag("FCGI-54")
    void closesTheConnectionAfterARefusalWithoutKeepConn() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, 9, CLOSE).params(1, Pairs.get("/")).paramsEnd(1).stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(503).endedWith(0, UNKNOWN_ROLE);
        peer.expectEof();
        assertThat(server.begun()).isZero();
    }

    @Test
    @Tag("FCGI-52")
    @Tag("FCGI-91")
    void answersAnAbortOfARefusedRequest() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, 9, KEEP_CONN).params(1, Pairs.get("/")).abort(1);

        assertThat(peer.response(1).status()).isGreaterThanOrEqualTo(400);
        assertThat(peer.get(1, KEEP_CONN, "/good").response(1)).hasBody("/good").isComplete();
    }

    @Test
    @Tag("FCGI-45")
    @Tag("FCGI-97")
    @Tag("FCGI-98")
    @Tag("FCGI-160")
    void refusesARequestPastTheLimit() throws Exception {
        server.fcgi().setMaxRequests(2);
        server.start(slow);
        Peer first = server.connect().get(1, KEEP_CONN, "/slow");
        Peer second = server.connect().get(1, KEEP_CONN, "/slow");
        Await.until("both run", () -> server.handling() == 2);

        Peer third = server.connect();
        third.begin(1, RESPONDER, KEEP_CONN)
                .params(1, Pairs.post("/third", 100_000))
                .fence();
        assertThat(third.heardOf(1)).isFalse();
        third.paramsEnd(1).stdin(1, new byte[100_000]).stdinEnd(1);
        assertThat(third.response(1)).hasStatus(503).endedWith(0, server.link().overloaded());
        assertThat(server.begun()).isEqualTo(2);
        end.countDown();

        assertThat(first.response(1)).hasBody("/slow").isComplete();
        assertThat(second.response(1)).hasBody("/slow").isComplete();
        assertThat(third.get(1, KEEP_CONN, "/now").response(1)).hasBody("/now").isComplete();
    }

    @Test
    @Tag("FCGI-97")
    void countsARequestUntilItHasEnded() throws Exception {
        server.fcgi().setMaxRequests(1);
        server.start(Apps.TARGET);

        for (int i = 0; i < 100; i++) {
            Peer peer = server.connect();
            assertThat(peer.get(1, CLOSE, "/" + i).response(1)).hasBody("/" + i).isComplete();
            peer.close();
        }
    }

    @Test
    @Tag("FCGI-94")
    @Tag("FCGI-97")
    void countsARequestThatNeverCompletesItsParamsOnlyWhileItsConnectionLives() throws Exception {
        server.fcgi().setMaxRequests(1);
        server.start(Apps.TARGET);

        for (int i = 0; i < 20; i++) {
            Peer abandoned = server.connect();
            abandoned
                    .begin(1, RESPONDER, KEEP_CONN)
                    .params(1, "REQUEST_METHOD", "GET")
                    .fence();
            abandoned.close();
            server.awaitNoConnection();
        }

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-96")
    @Tag("FCGI-98")
    @Tag("FCGI-104")
    void refusesASecondRequestOnAConnectionWithoutMultiplexing() throws Exception {
        server.fcgi().setMultiplexing(false);
        server.start(slow);
        Peer peer = server.connect().get(1, KEEP_CONN, "/slow");
        Await.until("the first one runs", () -> server.handling() == 1);

        peer.open(2, KEEP_CONN, Pairs.post("/second", 70_000))
                .stdin(2, new byte[70_000])
                .stdinEnd(2);
        assertThat(peer.response(2)).hasStatus(503).endedWith(0, CANT_MPX_CONN);
        end.countDown();

        assertThat(peer.response(1)).hasBody("/slow").isComplete();
        assertThat(peer.get(2, KEEP_CONN, "/third").response(2))
                .hasBody("/third")
                .isComplete();
        assertThat(server.begun()).isEqualTo(2);
    }

    @Test
    @Tag("FCGI-96")
    void refusesASecondRequestWhileTheFirstOneStillReads() throws Exception {
        server.fcgi().setMultiplexing(false);
        server.start(Apps.ECHO);
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/first", 4)).stdin(1, "bo");
        Await.until("the first one runs", () -> server.handling() == 1 || server.incomplete() == 1);

        peer.get(2, KEEP_CONN, "/second");
        assertThat(peer.response(2)).hasStatus(503).endedWith(0, CANT_MPX_CONN);

        assertThat(peer.stdin(1, "dy").stdinEnd(1).response(1)).hasBody("body").isComplete();
    }

    @Test
    @Tag("FCGI-104")
    void servesOneRequestAfterTheOtherWithoutMultiplexing() throws Exception {
        server.fcgi().setMultiplexing(false);
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        for (int i = 1; i < 200; i++) {
            assertThat(peer.get(i, KEEP_CONN, "/" + i).response(i))
                    .hasBody("/" + i)
                    .isComplete();
        }
    }
}
