package dev.gangway.fcgi.request;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** However the end of the application and the end of the last write meet, a request is complete once. */
@ParameterizedClass
@EnumSource(Link.class)
class CompletionTest {
    private static final int ROUNDS = 50;
    private static final int IDS = 16;

    @RegisterExtension
    final FcgiServer server;

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();

    CompletionTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-27")
    @Tag("FCGI-94")
    void successIsCompletedOnce() throws Exception {
        server.start((request, response, callback) -> {
            count(request);
            callback.succeeded();
        });

        converse(200);
    }

    @Test
    @Tag("FCGI-27")
    @Tag("FCGI-94")
    void failureIsCompletedOnce() throws Exception {
        server.start((request, response, callback) -> {
            count(request);
            throw new IllegalStateException("expected by the test");
        });

        converse(500);
    }

    @Test
    @Tag("FCGI-27")
    @Tag("FCGI-94")
    void successOfAnotherThreadIsCompletedOnce() throws Exception {
        server.start((request, response, callback) -> {
            count(request);
            request.getComponents().getExecutor().execute(callback::succeeded);
        });

        converse(200);
    }

    /** Else Jetty, which looks at the state of the request in both threads, could complete it in both. */
    @Test
    @Tag("FCGI-27")
    void endOfTheLastWriteWaitsForTheHandlers() throws Exception {
        CountDownLatch answering = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        AtomicInteger handlingAtEnd = new AtomicInteger(-1);
        server.start((request, response, callback) -> {
            callback.failed(new IllegalStateException("expected by the test"));
            answering.countDown();
            Await.latch("response", answered);
        });
        server.jetty().setErrorHandler((request, response, callback) -> {
            // More than goes without somebody who reads: another thread finishes the write.
            ByteBuffer page = ByteBuffer.allocate(16_000_000);
            response.write(true, page, Callback.from(() -> handlingAtEnd.set(server.handling()), callback));
            return true;
        });
        Peer peer = server.connect(64 * 1024);

        peer.request(1, KEEP_CONN, Pairs.get("/"), new byte[0]);
        Await.latch("the write is under way", answering);
        assertThat(peer.response(1)).hasStatus(500);
        answered.countDown();
        server.awaitNoRequest();

        assertThat(handlingAtEnd).hasValue(0);
    }

    private void count(Request request) {
        begun.incrementAndGet();
        Request.addCompletionListener(request, failure -> completed.incrementAndGet());
    }

    private void converse(int status) {
        Peer peer = server.connect();
        for (int round = 0; round < ROUNDS; round++) {
            Script script = new Script();
            for (int id = 1; id <= IDS; id++) {
                script.request(id, KEEP_CONN, Pairs.get("/"), new byte[0]);
            }
            peer.send(script);
            for (int id = 1; id <= IDS; id++) {
                assertThat(peer.response(id)).hasStatus(status);
            }
        }
        Await.until(() -> completed + " of " + begun, () -> completed.get() >= begun.get());
        assertThat(completed.get()).isEqualTo(begun.get());
    }
}
