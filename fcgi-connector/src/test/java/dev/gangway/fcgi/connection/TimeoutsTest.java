package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.HEADER_LENGTH;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Writer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Link.class)
class TimeoutsTest {
    private static final Duration SHORT = Duration.ofMillis(250);

    @RegisterExtension
    final FcgiServer server;

    private final AtomicReference<Throwable> seen = new AtomicReference<>();

    TimeoutsTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-108")
    @Tag("FCGI-162")
    void closesAConnectionThatSaysNoRequestHoweverMuchItSays() throws Exception {
        server.fcgi().setConnectionIdleTimeout(Duration.ofMillis(300));
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        Await.until("it is closed", () -> {
            try {
                peer.record(STDIN, 7, (byte) 'x');
                return false;
            } catch (UncheckedIOException e) {
                return true;
            }
        });
    }

    @Test
    @Tag("FCGI-108")
    @Tag("FCGI-160")
    void closesAConnectionThatIsIdle() throws Exception {
        server.fcgi().setConnectionIdleTimeout(SHORT);
        server.start(Apps.TARGET);
        Peer unused = server.connect();
        Peer used = server.connect();
        used.get(1, KEEP_CONN, "/").response(1);

        unused.expectEof();
        used.expectEof();
    }

    @Test
    @Tag("FCGI-108")
    void doesNotCloseAConnectionWithARequest() throws Exception {
        server.fcgi().setConnectionIdleTimeout(SHORT);
        CountDownLatch end = new CountDownLatch(2);
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/async")) {
                server.threads().execute(() -> {
                    awaitEnd(end);
                    Content.Sink.write(response, true, "async", callback);
                });
                return;
            }
            awaitEnd(end);
            Content.Sink.write(response, true, "blocking", callback);
        });
        Peer blocking = server.connect().get(1, KEEP_CONN, "/blocking");
        Peer async = server.connect().get(1, KEEP_CONN, "/async");
        Await.until("both run", () -> server.begun() == 2);

        // Two connections that came later go for being idle, one after the other.
        server.connect().expectEof();
        server.connect().expectEof();
        end.countDown();
        end.countDown();

        assertThat(blocking.response(1)).hasBody("blocking").isComplete();
        assertThat(async.response(1)).hasBody("async").isComplete();
        blocking.expectEof();
        async.expectEof();
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            Await.latch("end", end);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    @Tag("FCGI-162")
    void answersThatParamsAreLate() throws Exception {
        server.fcgi().setParamsTimeout(SHORT);
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, RESPONDER, KEEP_CONN).params(1, "REQUEST_METHOD", "GET");

        assertThat(peer.response(1)).hasStatus(408).endedWith(0, REQUEST_COMPLETE);
        assertThat(server.begun()).isZero();
    }

    /** A byte now and then does not keep the request waiting for ever. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    @Tag("FCGI-162")
    void answersThatParamsAreLateThoughTheyDrip(boolean inRecords) throws Exception {
        server.fcgi().setParamsTimeout(Duration.ofSeconds(1));
        server.start(Apps.TARGET);
        Peer peer = server.connect().begin(1, RESPONDER, KEEP_CONN);
        // A value for which it takes longer than a test may.
        byte[] pair = Pairs.of("X", "x".repeat(60_000)).encode();
        if (inRecords) {
            peer.record(PARAMS, 1, Arrays.copyOf(pair, 6));
        } else {
            byte[] record = FcgiRecord.of(PARAMS, 1, pair).encode();
            peer.raw(Arrays.copyOf(record, HEADER_LENGTH + 6));
        }

        FcgiResponse response = drip(peer, () -> {
            if (inRecords) {
                peer.record(PARAMS, 1, (byte) 'x');
            } else {
                peer.raw((byte) 'x');
            }
        });

        assertThat(response).hasStatus(408).endedWith(0, REQUEST_COMPLETE);
        assertThat(server.begun()).isZero();
    }

    /** Says more and more, until the answer has come. */
    private static FcgiResponse drip(Peer peer, Runnable drop) {
        CompletableFuture<FcgiResponse> answer = CompletableFuture.supplyAsync(() -> peer.response(1));
        Await.until("the answer", () -> {
            drop.run();
            return answer.isDone();
        });
        return answer.join();
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    void servesOtherRequestsWhileParamsAreLate() throws Exception {
        server.fcgi().setParamsTimeout(SHORT);
        server.start(Apps.TARGET);
        Peer peer = server.connect().begin(1, RESPONDER, KEEP_CONN);

        FcgiResponse fast = peer.get(2, KEEP_CONN, "/fast").response(2);

        assertThat(fast).hasBody("/fast").isComplete();
        assertThat(peer.response(1)).hasStatus(408);
    }

    @Test
    @Tag("FCGI-94")
    @Tag("FCGI-161")
    void endsEachRequestOnceWhenTimeoutAndCompletionRace() throws Exception {
        server.fcgi().setParamsTimeout(Duration.ofMillis(1));
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        for (int round = 0; round < 5; round++) {
            for (int id = 1; id <= 100; id++) {
                peer.begin(id, RESPONDER, KEEP_CONN).params(id, Pairs.get("/" + id));
            }
            for (int id = 1; id <= 100; id++) {
                peer.paramsEnd(id).stdinEnd(id);
            }
            for (int id = 1; id <= 100; id++) {
                // The peer fails on a second END_REQUEST.
                assertThat(peer.response(id).status()).isIn(200, 408);
            }
        }
        peer.fence();
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-90")
    void failsABlockedReadOfABodyThatStalls() throws Exception {
        server.fcgi().setRequestIdleTimeout(SHORT);
        server.start(Apps.watched(seen, Apps.READ));
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100)).stdin(1, "some");

        Await.until("the read fails", () -> seen.get() != null);

        assertThat(peer.response(1).status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-161")
    @Tag("FCGI-162")
    void failsABlockedReadOfABodyThatDrips() throws Exception {
        server.fcgi().setMinBodyRate(1_000_000);
        server.fcgi().setBodyRateGrace(SHORT);
        server.start(Apps.watched(seen, Apps.READ));
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 1_000_000));

        FcgiResponse response = drip(peer, () -> peer.stdin(1, "x"));

        assertThat(response).hasStatus(408).endedWith(0, REQUEST_COMPLETE);
        assertThat(seen.get()).isNotNull();
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-90")
    void failsADemandedReadOfABodyThatStalls() throws Exception {
        server.fcgi().setRequestIdleTimeout(SHORT);
        server.start((request, response, callback) -> request.demand(() -> {
            Content.Chunk chunk = request.read();
            seen.set(chunk == null ? new AssertionError("no chunk") : chunk.getFailure());
            callback.failed(seen.get());
        }));
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100));

        FcgiResponse response = peer.response(1);

        assertThat(response.status()).isGreaterThanOrEqualTo(400);
        assertThat(seen.get()).isInstanceOf(Exception.class);
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-90")
    @Tag("FCGI-102")
    @Tag("FCGI-72")
    void failsABlockedWriteThatNobodyTakes() throws Exception {
        server.fcgi().setRequestWriteTimeout(Duration.ofSeconds(1));
        Writer writer = new Writer();
        server.start(Apps.watched(seen, (request, response, callback) -> writer.writeForever(response)));
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/");

        Await.until("the write fails", () -> seen.get() != null);

        if (server.link() == Link.UNIX) {
            // Where the socket is full of whole records there is no room to break one off.
            peer.expectClosed();
            assertThat(peer.unanswered()).containsExactly(1);
        } else {
            peer.expectReset();
        }
        server.awaitNoRequest();
        server.awaitNoConnection();
    }

    @Test
    @Tag("FCGI-160")
    @Tag("FCGI-162")
    void failsABlockedWriteThatNobodyTakesHoweverMuchTheWebServerSays() throws Exception {
        server.fcgi().setRequestWriteTimeout(Duration.ofSeconds(1));
        Writer writer = new Writer();
        server.start(Apps.watched(seen, (request, response, callback) -> writer.writeForever(response)));
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/");
        writer.awaitBlocked();

        Await.until("the connection is broken off", () -> {
            try {
                peer.record(STDIN, 7);
                return false;
            } catch (UncheckedIOException e) {
                return true;
            }
        });

        Await.until("the write fails", () -> seen.get() != null);
        server.awaitNoRequest();
        server.awaitNoConnection();
    }

    @Test
    @Tag("FCGI-160")
    void waitsForABodyAndForTheWebServerForTimesOfTheirOwn() throws Exception {
        server.fcgi().setRequestIdleTimeout(SHORT);
        server.fcgi().setRequestWriteTimeout(Duration.ofMinutes(5));
        Writer writer = new Writer();
        int length = 30 * 1024 * 1024;
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/read")) {
                Apps.watched(seen, Apps.READ).handle(request, response, callback);
                return;
            }
            writer.write(response, length);
            callback.succeeded();
        });
        Peer slow = server.connect(4096).get(1, KEEP_CONN, "/write");
        writer.awaitBlocked();

        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/read", 100));
        Await.until("the read fails", () -> seen.get() != null);

        assertThat(peer.response(1).status()).isGreaterThanOrEqualTo(400);
        assertThat(slow.response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-160")
    void letsAnApplicationComputeLongerThanTheIdleTime() throws Exception {
        server.fcgi().setRequestIdleTimeout(SHORT);
        server.fcgi().setConnectionIdleTimeout(SHORT);
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Await.latch("end", end);
            Content.Sink.write(response, true, "computed", callback);
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        Await.until("the application computes", () -> server.handling() == 1);

        server.connect().expectEof();
        server.connect().expectEof();
        end.countDown();

        assertThat(peer.response(1)).hasBody("computed").isComplete();
    }
}
