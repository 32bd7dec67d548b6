package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Another server has the address now: the connections end without a request being refused. */
@ParameterizedClass
@EnumSource(Link.class)
@Tag("FCGI-108")
class RetiringTest {
    @RegisterExtension
    final FcgiServer server;

    private final CountDownLatch end = new CountDownLatch(1);

    RetiringTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    void nextRequestOnAKeptConnectionIsServedAndTheLast() throws Exception {
        server.start(Apps.TARGET);
        Peer kept = server.connect();
        kept.get(1, KEEP_CONN, "/first").response(1);
        // It is written when all is over that follows a response.
        kept.getValues("FCGI_MAX_REQS").managementAnswer();

        server.factory().retire();

        assertThat(kept.get(1, KEEP_CONN, "/second").response(1))
                .hasStatus(200)
                .hasBody("/second")
                .isComplete();
        kept.expectEof();
    }

    @Test
    void runningRequestFinishesAndIsTheLast() throws Exception {
        server.start((request, response, callback) -> {
            Await.latch("the end", end);
            Apps.TARGET.handle(request, response, callback);
        });
        Peer running = server.connect().get(1, KEEP_CONN, "/slow");
        Await.until("the request runs", () -> server.handling() == 1);

        server.factory().retire();
        end.countDown();

        assertThat(running.response(1)).hasStatus(200).hasBody("/slow").isComplete();
        running.expectEof();
    }

    @Test
    void connectionThatComesLaterIsServed() throws Exception {
        server.start(Apps.TARGET);

        server.factory().retire();

        Peer late = server.connect();
        assertThat(late.get(1, KEEP_CONN, "/late").response(1)).hasStatus(200).hasBody("/late");
        late.expectEof();
    }

    @Test
    void idleConnectionEndsAfterAWhile() throws Exception {
        server.start(Apps.TARGET);
        Peer kept = server.connect();
        kept.get(1, KEEP_CONN, "/").response(1);
        Peer silent = server.connect();
        Await.until("both are open", () -> server.factory().getOpenConnections() == 2);

        server.factory().retire();

        kept.expectEof();
        silent.expectEof();
        assertThat(server.factory().getRequestsAfterTheLast()).isZero();
    }
}
