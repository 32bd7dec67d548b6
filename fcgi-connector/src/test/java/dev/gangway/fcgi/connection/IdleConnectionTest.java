package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a connection keeps that waits for its next request. */
@ParameterizedClass
@EnumSource(Link.class)
class IdleConnectionTest {
    @RegisterExtension
    final FcgiServer server;

    private final AtomicReference<WeakReference<Object>> known = new AtomicReference<>();

    IdleConnectionTest(Link link) {
        server = new FcgiServer(link);
    }

    /** Its parameters may be confidential, and there may be ten thousand such connections. */
    @Test
    void keepsNothingOfItsLastRequest() throws Exception {
        server.start((request, response, callback) -> {
            known.set(new WeakReference<>(Apps.fcgi(request)));
            Apps.TARGET.handle(request, response, callback);
        });
        Peer peer = server.connect();

        peer.request(1, KEEP_CONN, Pairs.get("/one").and("HTTP_AUTHORIZATION", "Basic c2VjcmV0"), new byte[0]);

        assertThat(peer.response(1)).hasBody("/one");
        Await.until("it is forgotten", () -> {
            System.gc();
            return known.get().get() == null;
        });
        assertThat(peer.get(1, KEEP_CONN, "/two").response(1)).hasBody("/two");
    }
}
