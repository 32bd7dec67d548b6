package dev.gangway.fcgi.reading;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that has waited for input is left to read on by itself, and may not do so. */
@ParameterizedClass
@EnumSource(Link.class)
class WakeUpTest {
    private final CountDownLatch woken = new CountDownLatch(1);
    private final CountDownLatch failed = new CountDownLatch(1);

    @RegisterExtension
    final FcgiServer server;

    WakeUpTest(Link link) {
        server = new FcgiServer(link);
    }

    private Peer beginAndWake(FcgiServer.App then) throws Exception {
        server.start((request, response, callback) -> {
            if (request.getMethod().equals("POST")) {
                // Before the peer goes on, which may be faster.
                request.addFailureListener(failure -> failed.countDown());
                assertThat(Request.asInputStream(request).read()).isEqualTo('a');
                woken.countDown();
            }
            then.handle(request, response, callback);
        });
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 100));
        Await.until("the application waits", () -> server.jetty().dump().contains("[ARMED,"));
        peer.stdin(1, "a");
        Await.latch("it is woken", woken);
        return peer;
    }

    private void computeUntilItFails(Request request, Response response, Callback callback) throws Exception {
        Await.latch("the application is told", failed);
        callback.failed(new IllegalStateException("the request has failed"));
    }

    @Test
    void learnsOfAnAbortWhileItComputes() throws Exception {
        Peer peer = beginAndWake(this::computeUntilItFails);

        peer.abort(1);

        assertThat(peer.response(1).appStatus()).isNotZero();
        server.awaitNoRequest();
    }

    @Test
    void isFollowedByTheNextRequest() throws Exception {
        Peer peer = beginAndWake((request, response, callback) ->
                Content.Sink.write(response, true, Request.getPathInContext(request), callback));

        assertThat(peer.response(1).text()).isEqualTo("/");
        peer.stdin(1, "b".repeat(99)).stdinEnd(1);

        assertThat(peer.get(2, KEEP_CONN, "/next").response(2).text()).isEqualTo("/next");
    }

    @Test
    void getsAllThatComes() throws Exception {
        Peer peer = beginAndWake((request, response, callback) ->
                Content.Sink.write(response, true, Content.Source.asString(request), callback));

        for (int i = 0; i < 9; i++) {
            peer.stdin(1, "0123456789");
        }
        peer.stdin(1, "012345678").stdinEnd(1);

        assertThat(peer.response(1).text()).isEqualTo("0123456789".repeat(9) + "012345678");
    }

    @Test
    void isToldOfTheEndOfTheConnection() throws Exception {
        Peer peer = beginAndWake(this::computeUntilItFails);

        peer.close();

        Await.latch("the application is told", failed);
    }
}
