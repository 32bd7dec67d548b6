package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which connections are likely to have several requests at once. */
class OverlapsTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final AtomicLong now = new AtomicLong(-5);
    private final Overlaps overlaps = new Overlaps(now::get);

    @Test
    @Tag("FCGI-104")
    void concernsOneConnectorAndFades() throws Exception {
        server.start(Apps.TARGET);
        Connector one = new ServerConnector(server.jetty());
        Connector other = new ServerConnector(server.jetty());

        overlaps.on(one);
        assertThat(overlaps.isLikely(one)).isTrue();
        assertThat(overlaps.isLikely(other)).isFalse();

        now.addAndGet(Duration.ofMinutes(9).toNanos());
        assertThat(overlaps.isLikely(one)).isTrue();
        now.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(overlaps.isLikely(one)).isFalse();
    }

    /** HAProxy asks by an option of its own, whatever it does then; and so may anybody. */
    @Test
    @Tag("FCGI-104")
    void aQuestionSaysNothingOfOtherConnections() throws Exception {
        server.start(Apps.TARGET);
        Peer asking = server.connect();
        asking.getValues("FCGI_MPXS_CONNS").managementAnswer();
        assertThat(asking.get(1, KEEP_CONN, "/").response(1)).hasStatus(200);

        server.connect().get(1, KEEP_CONN, "/").response(1);

        assertThat(server.jetty().dump()).containsPattern("fcgi-\\d+\\[\\w+,0 active,exclusive]");
        assertThat(server.state().overlaps().isLikely(connector())).isFalse();
    }

    @Test
    @Tag("FCGI-104")
    void anOverlapIsRemembered() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start(Apps.slowUntil(end));
        Peer peer = server.connect().get(1, KEEP_CONN, "/slow").get(2, KEEP_CONN, "/fast");
        assertThat(peer.response(2)).hasBody("/fast");

        assertThat(server.state().overlaps().isLikely(connector())).isTrue();
        assertThat(server.jetty().dump())
                .containsPattern("fcgi-\\d+\\[\\w+,1 active,multiplexed]")
                .containsPattern("#1 RESPONDER \\w+, \\d+ ms, GET /slow");
        end.countDown();
        peer.response(1);
    }

    private Connector connector() {
        return server.jetty().getConnectors()[0];
    }
}
