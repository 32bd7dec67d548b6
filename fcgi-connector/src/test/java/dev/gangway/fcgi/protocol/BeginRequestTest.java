package dev.gangway.fcgi.protocol;

import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.util.concurrent.CountDownLatch;
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
class BeginRequestTest {
    @RegisterExtension
    final FcgiServer server;

    BeginRequestTest(Link link) {
        server = new FcgiServer(link);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 7})
    @Tag("FCGI-51")
    void closesTheConnectionOnAShortBody(int length) throws Exception {
        server.start(Apps.TARGET);

        server.connect().record(BEGIN_REQUEST, 1, new byte[length]).expectClosed();
    }

    @Test
    @Tag("FCGI-52")
    void servesAResponder() throws Exception {
        server.start((request, response, callback) -> {
            assertThat(Apps.fcgi(request).role()).isSameAs(Role.RESPONDER);
            callback.succeeded();
        });

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1))
                .hasStatus(200)
                .isComplete();
    }

    @Test
    @Tag("FCGI-53")
    void looksAtOneFlagOnly() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        assertThat(peer.get(1, 0xFF, "/keep").response(1)).hasBody("/keep").isComplete();
        assertThat(peer.get(1, 0xFE, "/close").response(1)).hasBody("/close").isComplete();
        peer.expectEof();
    }

    @Test
    @Tag("FCGI-54")
    @Tag("FCGI-105")
    void closesTheConnectionAfterARequestWithoutKeepConn() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        assertThat(peer.get(1, CLOSE, "/close").response(1)).hasBody("/close").isComplete();
        peer.expectEof();
    }

    @Test
    @Tag("FCGI-54")
    void closesTheConnectionAfterAnAsynchronousResponse() throws Exception {
        server.start((request, response, callback) ->
                server.threads().execute(() -> Content.Sink.write(response, true, "later", callback)));
        Peer peer = server.connect();

        assertThat(peer.get(1, CLOSE, "/").response(1)).hasBody("later").isComplete();
        peer.expectEof();
    }

    @Test
    @Tag("FCGI-55")
    void leavesTheConnectionOpenAfterARequestWithKeepConn() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        assertThat(peer.get(1, KEEP_CONN, "/1").response(1)).hasBody("/1").isComplete();
        peer.fence();
        assertThat(peer.get(1, KEEP_CONN, "/2").response(1)).hasBody("/2").isComplete();
    }

    @Test
    @Tag("FCGI-56")
    void closesTheConnectionWhenAllRequestsHaveEnded() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start(Apps.slowUntil(end));
        Peer peer = server.connect();

        peer.get(1, KEEP_CONN, "/slow").get(2, CLOSE, "/last");
        assertThat(peer.response(2)).hasBody("/last").isComplete();
        peer.fence();
        peer.get(3, KEEP_CONN, "/too-late").fence();
        end.countDown();

        assertThat(peer.response(1)).hasBody("/slow").isComplete();
        peer.expectClosed();
        assertThat(server.begun()).isEqualTo(2);
    }

    @Test
    @Tag("FCGI-58")
    void dispatchesWhenParamsHaveEnded() throws Exception {
        server.start(Apps.TARGET);

        assertThat(server.connect().open(1, KEEP_CONN, Pairs.get("/no-stdin")).response(1))
                .hasBody("/no-stdin")
                .isComplete();
    }

    @Test
    @Tag("FCGI-59")
    void saysNothingBeforeParamsHaveEnded() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, RESPONDER, KEEP_CONN).params(1, Pairs.get("/quiet")).fence();
        assertThat(peer.heardOf(1)).isFalse();

        assertThat(peer.paramsEnd(1).stdinEnd(1).response(1)).hasBody("/quiet");
    }
}
