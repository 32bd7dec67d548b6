package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Writer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A body that the application does not read, and what is behind it. */
@ParameterizedClass
@EnumSource(Link.class)
class UnreadInputTest {
    /** More than is kept as a rule, but not more than is kept if need be. */
    private static final int LARGE = 1_000_000;

    /** More than is ever kept. */
    private static final int HUGE = 30_000_000;

    @RegisterExtension
    final FcgiServer server;

    private final AtomicReference<Throwable> seen = new AtomicReference<>();
    private final CountDownLatch end = new CountDownLatch(1);

    UnreadInputTest(Link link) {
        server = new FcgiServer(link);
        // These have to do nothing here.
        server.fcgi().setRequestIdleTimeout(Duration.ofMinutes(10));
    }

    /** Reads nothing before the end, and answers with the number of bytes. */
    private void startReadingLate() throws Exception {
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/late")) {
                Await.latch("end", end);
                Content.Sink.write(response, true, Long.toString(read(request)), callback);
                return;
            }
            Apps.TARGET.handle(request, response, callback);
        });
    }

    private long read(Request request) throws IOException {
        try {
            return Content.Source.asInputStream(request).transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            seen.set(e);
            throw e;
        }
    }

    private static CompletableFuture<Void> say(Runnable words) {
        return CompletableFuture.runAsync(words);
    }

    @Test
    @Tag("FCGI-101")
    void doesNotHoldUpALaterRequestNorLoseAnything() throws Exception {
        startReadingLate();
        Peer peer = server.connect()
                .open(1, KEEP_CONN, Pairs.post("/late", LARGE))
                .stdin(1, new byte[LARGE])
                .stdinEnd(1);

        assertThat(peer.get(3, KEEP_CONN, "/later").response(3))
                .hasBody("/later")
                .isComplete();
        end.countDown();

        assertThat(peer.response(1)).hasBody(Integer.toString(LARGE)).isComplete();
    }

    @Test
    @Tag("FCGI-101")
    void isLostIfItHoldsUpALaterRequestForTooLong() throws Exception {
        assumeThat(server.link()).as("on others nobody else can wait").isEqualTo(Link.SHARED);
        server.fcgi().setStallTimeout(Duration.ofMillis(300));
        startReadingLate();
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/late", HUGE));

        CompletableFuture<Void> speaking =
                say(() -> peer.stdin(1, new byte[HUGE]).stdinEnd(1).get(3, KEEP_CONN, "/later"));
        Await.until("the other one is served", () -> server.begun() == 2);
        speaking.join();
        assertThat(peer.response(3)).hasBody("/later").isComplete();
        end.countDown();

        assertThat(peer.response(1).status()).isGreaterThanOrEqualTo(400);
        assertThat(seen.get()).hasMessageContaining("not read for too long");
    }

    @Test
    @Tag("FCGI-101")
    @Tag("FCGI-104")
    void isKeptForAnApplicationThatReadsLateWhereNobodyElseCanWait() throws Exception {
        assumeThat(server.link()).as("on a shared one others can wait").isNotEqualTo(Link.SHARED);
        server.fcgi().setStallTimeout(Duration.ofMillis(100));
        AtomicReference<FcgiConnection> connection = new AtomicReference<>();
        server.start((request, response, callback) -> {
            connection.set((FcgiConnection) request.getConnectionMetaData().getConnection());
            Await.latch("end", end);
            Content.Sink.write(response, true, Long.toString(read(request)), callback);
        });
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", HUGE));
        CompletableFuture<Void> speaking =
                say(() -> peer.stdin(1, new byte[HUGE]).stdinEnd(1));

        Await.until(
                "nothing is read for some time",
                () -> connection.get() != null
                        && connection.get().reading().isPaused()
                        && connection.get().reading().idleNanos() > TimeUnit.SECONDS.toNanos(2));
        end.countDown();

        assertThat(peer.response(1)).hasBody(Integer.toString(HUGE)).isComplete();
        speaking.join();
    }

    /** How a web server gives a request up. */
    enum GivingUp {
        ABORT(peer -> peer.abort(1)),
        CLOSE(Peer::close),
        HALF_CLOSE(Peer::halfClose),
        RESET(Peer::reset);

        private final Consumer<Peer> action;

        GivingUp(Consumer<Peer> action) {
            this.action = action;
        }
    }

    @ParameterizedTest
    @EnumSource(GivingUp.class)
    @Tag("FCGI-89")
    @Tag("FCGI-90")
    @Tag("FCGI-92")
    void letsTheEndOfTheRequestBehindItBeNoticed(GivingUp givingUp) throws Exception {
        server.start((request, response, callback) -> request.addFailureListener(failure -> {
            seen.set(failure);
            callback.failed(failure);
        }));
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", HUGE)).stdin(1, new byte[LARGE]);
        Await.until("it waits", () -> server.incomplete() == 1 && server.handling() == 0);

        givingUp.action.accept(peer);

        Await.until("it is told", () -> seen.get() != null);
        server.awaitNoRequest();
    }

    @ParameterizedTest
    @EnumSource(GivingUp.class)
    @Tag("FCGI-89")
    @Tag("FCGI-90")
    @Tag("FCGI-92")
    void letsTheEndOfTheRequestBehindItBeNoticedByOneThatComputes(GivingUp givingUp) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            request.addFailureListener(failure -> told.countDown());
            Await.latch("told", told);
            callback.succeeded();
        });
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", HUGE)).stdin(1, new byte[LARGE]);
        Await.until("it computes", () -> server.handling() == 1);

        givingUp.action.accept(peer);

        Await.latch("told", told);
        server.awaitNoRequest();
    }

    /** As mod_fcgid does: it reads nothing before it has sent the whole request. */
    @Test
    @Tag("FCGI-66")
    @Tag("FCGI-105")
    void isDroppedForAWebServerThatDoesNotReadBeforeItHasSentAll() throws Exception {
        Writer writer = new Writer();
        server.start((request, response, callback) -> {
            writer.write(response, HUGE);
            callback.succeeded();
        });
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", HUGE));

        peer.stdin(1, new byte[HUGE]).stdinEnd(1);

        FcgiResponse response = peer.response(1);
        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.bodyLength()).isEqualTo(HUGE);
        assertThat(peer.get(1, KEEP_CONN, "/next")
                        .sink(1, OutputStream.nullOutputStream())
                        .response(1))
                .isComplete();
    }

    /** The beginning was read, as by an application that then finds the upload too large and says so at length. */
    @Test
    @Tag("FCGI-66")
    @Tag("FCGI-105")
    void isDroppedForSuchAWebServerThoughItsBeginningWasRead() throws Exception {
        server.fcgi().setStallTimeout(Duration.ofMillis(300));
        Writer writer = new Writer();
        server.start((request, response, callback) -> {
            Await.until("something is read", () -> {
                Content.Chunk chunk = request.read();
                if (chunk != null) {
                    chunk.release();
                }
                return chunk != null;
            });
            writer.write(response, HUGE);
            callback.succeeded();
        });
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", HUGE));

        peer.stdin(1, new byte[HUGE]).stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(200).isComplete();
    }

    /** A response that waits for a slow client is no reason to lose what the application still reads. */
    @Test
    @Tag("FCGI-102")
    @Tag("FCGI-104")
    void isNotLostToAnApplicationThatReadsAndWritesForASlowClient() throws Exception {
        AtomicReference<FcgiConnection> connection = new AtomicReference<>();
        server.start((request, response, callback) -> {
            connection.set((FcgiConnection) request.getConnectionMetaData().getConnection());
            Apps.ECHO.handle(request, response, callback);
        });
        Peer peer = server.connect(4096).open(1, KEEP_CONN, Pairs.post("/", HUGE));
        CompletableFuture<Void> speaking =
                say(() -> peer.stdin(1, new byte[HUGE]).stdinEnd(1));

        Await.until(
                "nothing moves for some time",
                () -> connection.get() != null
                        && connection.get().flusher().isWriting()
                        && connection.get().reading().isPaused()
                        && connection.get().reading().idleNanos() > TimeUnit.SECONDS.toNanos(3));

        peer.sink(1, OutputStream.nullOutputStream());
        FcgiResponse response = peer.response(1);
        speaking.join();
        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.bodyLength()).isEqualTo(HUGE);
    }

    @Test
    @Tag("FCGI-101")
    void waitsForTheApplicationsIfAllOfThemKeepTooMuch() throws Exception {
        server.fcgi().setMaxBufferedInputBytes(100_000);
        startReadingLate();
        int each = 200_000;
        Peer[] peers = new Peer[10];
        for (int i = 0; i < peers.length; i++) {
            peers[i] = server.connect()
                    .open(1, KEEP_CONN, Pairs.post("/late", each))
                    .stdin(1, new byte[each])
                    .stdinEnd(1);
        }

        // Others are served, and those that read go on.
        Peer other = server.connect();
        assertThat(other.get(1, KEEP_CONN, "/small").response(1)).hasBody("/small");
        assertThat(server.factory().getBufferedInputBytes()).isLessThan(100_000 + peers.length * 32 * 1024 + 16 * 1024);
        end.countDown();
        for (Peer peer : peers) {
            assertThat(peer.response(1)).hasBody(Integer.toString(each)).isComplete();
        }
        assertThat(other.post(1, KEEP_CONN, "/late", new byte[each]).response(1))
                .hasBody(Integer.toString(each))
                .isComplete();
    }
}
