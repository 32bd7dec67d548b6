package dev.gangway.fcgi.request;

import static dev.gangway.conformance.record.FcgiNumbers.ABORT_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Writer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** ABORT_REQUEST in each phase of a request. */
@ParameterizedClass
@EnumSource(Link.class)
class AbortTest {
    @RegisterExtension
    final FcgiServer server;

    private final AtomicReference<Throwable> seen = new AtomicReference<>();

    AbortTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-62")
    @Tag("FCGI-89")
    void endsARequestWhoseParamsAreIncomplete() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, RESPONDER, KEEP_CONN).params(1, "REQUEST_METHOD", "GET").abort(1);
        assertAborted(peer.response(1));
        assertAborted(peer.begin(1, RESPONDER, KEEP_CONN).abort(1).response(1));

        assertThat(server.begun()).isZero();
        assertServes(peer);
    }

    @Test
    @Tag("FCGI-89")
    @Tag("FCGI-90")
    void failsABlockedRead() throws Exception {
        server.start((request, response, callback) -> {
            seenWhile(() -> Content.Source.asString(request));
            callback.succeeded();
        });
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100)).stdin(1, "some");
        Await.until("the application reads", () -> server.handling() == 1);

        peer.abort(1);

        assertThat(peer.response(1).appStatus()).isNotZero();
        assertThat(seen.get()).isInstanceOf(IOException.class);
        server.awaitNoRequest();
        assertServes(peer);
    }

    @Test
    @Tag("FCGI-89")
    @Tag("FCGI-90")
    void failsADemandedRead() throws Exception {
        server.start((request, response, callback) -> request.demand(() -> {
            Content.Chunk chunk = request.read();
            if (Content.Chunk.isFailure(chunk)) {
                seen.set(chunk.getFailure());
                callback.failed(chunk.getFailure());
            } else {
                callback.failed(new IllegalStateException("no failure but " + chunk));
            }
        }));
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100));
        Await.until("the application waits", () -> server.incomplete() == 1 && server.handling() == 0);

        peer.abort(1);

        assertThat(peer.response(1).appStatus()).isNotZero();
        assertThat(seen.get()).isInstanceOf(IOException.class);
        assertServes(peer);
    }

    @Test
    @Tag("FCGI-89")
    void endsARequestThatComputesWhenItHasEnded() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Await.latch("end", end);
            Content.Sink.write(response, true, "unwanted", callback);
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        Await.until("the application computes", () -> server.handling() == 1);

        peer.abort(1).fence();
        assertThat(peer.unanswered()).containsExactly(1);
        end.countDown();

        assertAborted(peer.response(1));
        assertServes(peer);
    }

    @Test
    @Tag("FCGI-89")
    @Tag("FCGI-90")
    void tellsAnApplicationThatWaitsAsynchronously() throws Exception {
        server.start((request, response, callback) -> request.addFailureListener(failure -> {
            seen.set(failure);
            callback.failed(failure);
        }));
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        Await.until("the application waits", () -> server.incomplete() == 1 && server.handling() == 0);

        peer.abort(1);

        assertAborted(peer.response(1));
        assertThat(seen.get()).isNotNull();
        assertServes(peer);
    }

    /** Over HTTP/1.1 it finds out that way as well, and completes the request itself. */
    @Test
    @Tag("FCGI-90")
    void failsTheNextWriteOfAnApplicationThatHasBegunToAnswer() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        server.start((request, response, callback) -> {
            request.addFailureListener(told::set);
            server.threads().execute(() -> {
                try {
                    while (true) {
                        Content.Sink.write(response, false, ByteBuffer.wrap("event".getBytes()));
                        Thread.sleep(5);
                    }
                } catch (Exception e) {
                    seen.set(e);
                    callback.failed(e);
                }
            });
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        peer.responseWhen(1, response -> response.bodyLength() > 0);

        peer.abort(1);

        assertThat(peer.response(1).appStatus()).isNotZero();
        assertThat(seen.get()).isInstanceOf(IOException.class);
        assertThat(told.get()).isNull();
        assertServes(peer);
    }

    @Test
    @Tag("FCGI-90")
    void tellsAnApplicationThatHasBegunToAnswerAndDoesNotWrite() throws Exception {
        server.fcgi().setRequestWriteTimeout(Duration.ofMillis(250));
        server.start((request, response, callback) -> {
            Callback told = Callback.from(() -> {}, failure -> {
                seen.set(failure);
                callback.failed(failure);
            });
            request.addFailureListener(told::failed);
            response.write(false, ByteBuffer.wrap("event".getBytes()), told);
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        peer.responseWhen(1, response -> response.bodyLength() > 0);

        peer.abort(1);

        assertThat(peer.response(1).appStatus()).isNotZero();
        assertThat(seen.get()).isNotNull();
    }

    @Test
    @Tag("FCGI-89")
    @Tag("FCGI-90")
    void failsABlockedWrite() throws Exception {
        Writer writer = new Writer();
        server.start((request, response, callback) -> {
            seenWhile(() -> writer.writeForever(response));
            callback.failed(seen.get());
        });
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/");
        writer.awaitBlocked();

        peer.abort(1);
        FcgiResponse response = peer.response(1);

        assertThat(response.appStatus()).isNotZero();
        assertThat(response.protocolStatus()).isEqualTo(REQUEST_COMPLETE);
        assertThat(seen.get()).isInstanceOf(IOException.class);
        server.awaitNoRequest();
        assertServes(peer);
    }

    @Test
    @Tag("FCGI-91")
    void ignoresAnAbortWithoutARequestAndASecondOne() throws Exception {
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/wait")) {
                Content.Source.asString(request);
            }
            Apps.TARGET.handle(request, response, callback);
        });
        Peer peer = server.connect();

        peer.abort(1).open(1, KEEP_CONN, Pairs.post("/wait", 10));
        Await.until("the application reads", () -> server.handling() == 1);
        peer.record(FcgiRecord.of(ABORT_REQUEST, 1, new byte[10]).withPadding(new byte[6]))
                .abort(1)
                .abort(1);
        assertAborted(peer.response(1));
        peer.abort(1).fence();

        assertServes(peer);
    }

    @Test
    @Tag("FCGI-93")
    void leavesOtherRequestsAlone() throws Exception {
        server.start(Apps.ECHO);
        Peer peer = server.connect();

        for (int id = 1; id <= 5; id++) {
            peer.open(id, KEEP_CONN, Pairs.post("/" + id, 6)).stdin(id, "abc");
        }
        peer.abort(3);
        FcgiResponse aborted = peer.response(3);
        for (int id = 1; id <= 5; id++) {
            if (id != 3) {
                peer.stdin(id, "def").stdinEnd(id);
            }
        }

        assertThat(aborted.appStatus()).isNotZero();
        for (int id = 1; id <= 5; id++) {
            if (id != 3) {
                assertThat(peer.response(id)).hasBody("abcdef").isComplete();
            }
        }
    }

    @RepeatedTest(3)
    @Tag("FCGI-94")
    void endsEachRequestOnceWhenAbortAndCompletionRace() throws Exception {
        server.start((request, response, callback) -> {
            for (int spin = ThreadLocalRandom.current().nextInt(2000); spin > 0; spin--) {
                Thread.onSpinWait();
            }
            Apps.ECHO.handle(request, response, callback);
        });
        Peer peer = server.connect();

        for (int i = 0; i < 150; i++) {
            Script script = new Script().post(1, KEEP_CONN, "/", "body".getBytes());
            if (i % 3 == 0) {
                peer.send(script.abort(1));
            } else {
                peer.send(script).abort(1);
            }
            // The peer fails on a second END_REQUEST and on anything after the first one.
            FcgiResponse response = peer.response(1);
            if (response.appStatus() == 0) {
                assertThat(response).hasStatus(200).hasBody("body");
            }
            peer.abort(1);
        }
        peer.fence();
    }

    private void seenWhile(Blocking action) throws IOException {
        try {
            action.run();
        } catch (IOException e) {
            seen.set(e);
            throw e;
        }
    }

    private interface Blocking {
        void run() throws IOException;
    }

    private static void assertAborted(FcgiResponse response) {
        assertThat(response.status()).isGreaterThanOrEqualTo(400);
        assertThat(response.appStatus()).isNotZero();
        assertThat(response.protocolStatus()).isEqualTo(REQUEST_COMPLETE);
        assertThat(response.text()).doesNotContain("unwanted");
    }

    private void assertServes(Peer peer) {
        // A GET without a body ends every application here at once, or is aborted again.
        peer.get(2, KEEP_CONN, "/again").abort(2);
        peer.response(2);
    }
}
