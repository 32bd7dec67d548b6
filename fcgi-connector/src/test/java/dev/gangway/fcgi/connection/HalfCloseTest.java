package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.FcgiConfiguration.HalfClose;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Writer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The web server ends the connection, or its side of it, in each phase of a request. */
@ParameterizedClass
@EnumSource(Link.class)
class HalfCloseTest {
    /** The ways to go. */
    enum Leaving {
        CLOSE(Peer::close),
        HALF_CLOSE(Peer::halfClose),
        RESET(Peer::reset);

        private final Consumer<Peer> action;

        Leaving(Consumer<Peer> action) {
            this.action = action;
        }
    }

    @RegisterExtension
    final FcgiServer server;

    private final AtomicReference<Throwable> seen = new AtomicReference<>();

    HalfCloseTest(Link link) {
        server = new FcgiServer(link);
        // What a time-out would do in the end has to happen before.
        server.fcgi().setParamsTimeout(Duration.ofMinutes(10));
        server.fcgi().setRequestIdleTimeout(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSE, ABORT", "HALF_CLOSE, ABORT", "RESET, ABORT",
        "CLOSE, TOLERATE", "HALF_CLOSE, TOLERATE", "RESET, TOLERATE"
    })
    @Tag("FCGI-21")
    @Tag("FCGI-92")
    void dropsARequestWhoseParamsAreIncomplete(Leaving leaving, HalfClose setting) throws Exception {
        server.fcgi().setHalfClose(setting);
        server.start(Apps.TARGET);
        Peer peer = server.connect().begin(1, RESPONDER, KEEP_CONN).params(1, Pairs.get("/"));
        peer.fence();

        leaving.action.accept(peer);

        server.awaitNoConnection();
        assertThat(server.begun()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSE, ABORT", "HALF_CLOSE, ABORT", "RESET, ABORT",
        "CLOSE, TOLERATE", "HALF_CLOSE, TOLERATE", "RESET, TOLERATE"
    })
    @Tag("FCGI-90")
    @Tag("FCGI-92")
    void failsTheReadWhenStdinIsIncomplete(Leaving leaving, HalfClose setting) throws Exception {
        server.fcgi().setHalfClose(setting);
        server.start(Apps.watched(seen, Apps.READ));
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100)).stdin(1, "some");
        Await.until("the application reads", () -> server.handling() == 1);

        leaving.action.accept(peer);

        Await.until("the read fails", () -> seen.get() != null);
        server.awaitNoRequest();
        server.awaitNoConnection();
    }

    @ParameterizedTest
    @CsvSource({"CLOSE, ABORT", "HALF_CLOSE, ABORT", "RESET, ABORT", "RESET, TOLERATE"})
    @Tag("FCGI-90")
    @Tag("FCGI-92")
    void tellsAnApplicationThatWaitsAsynchronously(Leaving leaving, HalfClose setting) throws Exception {
        Assumptions.assumeFalse(
                server.link() == Link.UNIX && setting == HalfClose.TOLERATE,
                "a Unix-domain socket knows no reset: only a write could tell a close from a half-close");
        server.fcgi().setHalfClose(setting);
        server.start((request, response, callback) -> request.addFailureListener(failure -> {
            seen.set(failure);
            callback.failed(failure);
        }));
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        Await.until("the application waits", () -> server.incomplete() == 1 && server.handling() == 0);

        leaving.action.accept(peer);

        Await.until("the application is told", () -> seen.get() != null);
        server.awaitNoConnection();
    }

    @ParameterizedTest
    @EnumSource(Leaving.class)
    @Tag("FCGI-90")
    @Tag("FCGI-92")
    void tellsAnApplicationThatComputes(Leaving leaving) throws Exception {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            request.addFailureListener(failure -> told.countDown());
            computing.countDown();
            Await.latch("told", told);
            callback.succeeded();
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        Await.latch("the application computes", computing);

        leaving.action.accept(peer);

        Await.latch("the application is told", told);
        server.awaitNoConnection();
    }

    @ParameterizedTest
    @EnumSource(Leaving.class)
    @Tag("FCGI-90")
    @Tag("FCGI-92")
    void failsABlockedWrite(Leaving leaving) throws Exception {
        Writer writer = new Writer();
        server.start(Apps.watched(seen, (request, response, callback) -> writer.writeForever(response)));
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/");
        writer.awaitBlocked();

        leaving.action.accept(peer);

        Await.until("the write fails", () -> seen.get() != null);
        server.awaitNoRequest();
        server.awaitNoConnection();
    }

    @Test
    @Tag("FCGI-92")
    void answersAfterAHalfCloseThatIsTolerated() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.fcgi().setHalfClose(HalfClose.TOLERATE);
        server.start((request, response, callback) -> {
            String body = Content.Source.asString(request);
            Await.latch("end", end);
            Content.Sink.write(response, true, body, callback);
        });
        Peer peer = server.connect().post(1, KEEP_CONN, "/", "body".getBytes());
        Await.until("the application runs", () -> server.handling() == 1);

        peer.halfClose();
        end.countDown();

        assertThat(peer.response(1)).hasStatus(200).hasBody("body").isComplete();
        peer.expectEof();
    }

    @Test
    @Tag("FCGI-92")
    void answersARequestAndAHalfCloseThatComeTogether() throws Exception {
        server.fcgi().setHalfClose(HalfClose.TOLERATE);
        server.start((request, response, callback) ->
                server.threads().execute(() -> Content.Sink.write(response, true, "later", callback)));

        for (int i = 0; i < 50; i++) {
            Peer peer =
                    server.connect().post(1, KEEP_CONN, "/", "body".getBytes()).halfClose();

            assertThat(peer.response(1)).hasStatus(200).hasBody("later").isComplete();
            peer.expectEof();
        }
    }

    @Test
    @Tag("FCGI-92")
    @Tag("FCGI-100")
    void answersAllRequestsAfterAHalfCloseThatIsTolerated() throws Exception {
        server.fcgi().setHalfClose(HalfClose.TOLERATE);
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Await.latch("end", end);
            Apps.TARGET.handle(request, response, callback);
        });
        Peer peer = server.connect();
        for (int id = 1; id <= 5; id++) {
            peer.get(id, KEEP_CONN, "/" + id);
        }
        Await.until("all run", () -> server.handling() == 5);

        peer.halfClose();
        end.countDown();

        for (int id = 1; id <= 5; id++) {
            assertThat(peer.response(id)).hasBody("/" + id).isComplete();
        }
        peer.expectEof();
    }
}
