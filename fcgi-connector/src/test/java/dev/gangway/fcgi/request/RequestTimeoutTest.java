package dev.gangway.fcgi.request;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.LogCapture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a request that takes longer than it may. */
@ParameterizedClass
@EnumSource(Link.class)
class RequestTimeoutTest {
    private static final String ANSWER = "The request has taken too long.\n";

    @RegisterExtension
    final LogCapture log = new LogCapture();

    @RegisterExtension
    final FcgiServer server;

    private final AtomicReference<Throwable> seen = new AtomicReference<>();
    private final CountDownLatch never = new CountDownLatch(1);

    RequestTimeoutTest(Link link) {
        server = new FcgiServer(link);
        server.fcgi().setRequestTimeout(Duration.ofSeconds(1));
    }

    @Test
    void answersInPlaceOfABlockedApplicationAndInterruptsIt() throws Exception {
        server.start(Apps.watched(seen, (request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/hanging")) {
                never.await();
            }
            Apps.TARGET.handle(request, response, callback);
        }));
        Peer peer = server.connect();

        FcgiResponse response =
                peer.get(1, KEEP_CONN, "/hanging?password=secret").response(1);

        assertThat(response).hasStatus(504).hasBody(ANSWER).hasStderr("");
        server.awaitNoRequest();
        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(server.factory().getOverdueRequests()).isEqualTo(1);
        assertThat(log.text())
                .contains("request ended with 504, since it takes longer than 1.0 s: #1 RESPONDER RUNNING, ")
                .containsPattern(" ms, GET /hanging, at .*RequestTimeoutTest\\.")
                .doesNotContain("secret");
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasBody("/next").isComplete();
    }

    @Test
    void answersAHeadWithoutABody() throws Exception {
        server.start(Apps.watched(seen, (request, response, callback) -> never.await()));

        Peer peer = server.connect().request(1, KEEP_CONN, Pairs.get("/").with("REQUEST_METHOD", "HEAD"), new byte[0]);

        assertThat(peer.response(1)).hasStatus(504).hasBody("");
    }

    @Test
    void doesNotLetTheApplicationFollowTheAnswer() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            awaitThough(answered);
            Content.Sink.write(response, true, "late", callback);
        });
        Peer peer = server.connect();

        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(504).hasBody(ANSWER);
        answered.countDown();
        server.awaitNoRequest();

        peer.fence();
        assertThat(peer.unanswered()).isEmpty();
    }

    /** Does not let itself be interrupted. */
    private static void awaitThough(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // Goes on waiting, as some applications do.
            }
        }
    }

    @Test
    void leavesNoInterruptForTheNextRequestOfTheThread() throws Exception {
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/next")) {
                interrupted.set(Thread.currentThread().isInterrupted());
            } else {
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }
            callback.succeeded();
        });
        Peer peer = server.connect();

        assertThat(peer.get(1, KEEP_CONN, "/computing").response(1)).hasStatus(504);
        server.awaitNoRequest();
        assertThat(peer.get(1, KEEP_CONN, "/next").response(1)).hasStatus(200);

        assertThat(interrupted.get()).isFalse();
    }

    @Test
    void cutsOffWhatHasBegun() throws Exception {
        server.start(Apps.watched(seen, (request, response, callback) -> {
            Content.Sink.write(response, false, ByteBuffer.wrap("some".getBytes()));
            never.await();
        }));
        // If the machine is slow, the time is over before the application has written.
        Await.until("an answer is cut off", () -> {
            Peer peer = server.connect().get(1, 0, "/");
            peer.expectClosed();
            return peer.unanswered().contains(1);
        });

        server.awaitNoRequest();
        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void endsARequestThatWaitsAsynchronously() throws Exception {
        server.start((request, response, callback) -> request.addFailureListener(failure -> {
            seen.set(failure);
            callback.failed(failure);
        }));
        Peer peer = server.connect();

        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(504).hasBody(ANSWER);

        server.awaitNoRequest();
        assertThat(seen.get()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void failsAReadThatWaits() throws Exception {
        server.start((request, response, callback) -> {
            try {
                Content.Source.asString(request);
                callback.succeeded();
            } catch (IOException e) {
                seen.set(e);
                callback.failed(e);
            }
        });

        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100)).stdin(1, "some");

        assertThat(peer.response(1)).hasStatus(504);
        server.awaitNoRequest();
        assertThat(seen.get()).isNotNull();
    }

    /** A client that does not wait any longer makes the web server close the connection; the thread is still needed. */
    @Test
    void interruptsAnApplicationWhoseWebServerHasGone() throws Exception {
        server.start(Apps.watched(seen, (request, response, callback) -> never.await()));
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        Await.until("the application runs", () -> server.handling() == 1);

        peer.close();

        server.awaitNoRequest();
        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(server.factory().getOverdueRequests()).isEqualTo(1);
    }

    @Test
    void harmsNoOtherRequestOfTheConnection() throws Exception {
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/hanging")) {
                never.await();
            }
            Apps.TARGET.handle(request, response, callback);
        });
        Peer peer = server.connect();
        peer.get(1, KEEP_CONN, "/hanging").get(2, KEEP_CONN, "/hanging");

        assertThat(peer.get(3, KEEP_CONN, "/quick").response(3)).hasBody("/quick");
        assertThat(peer.response(1)).hasStatus(504);
        assertThat(peer.response(2)).hasStatus(504);
        assertThat(peer.get(4, KEEP_CONN, "/quick").response(4)).hasBody("/quick");
    }
}
