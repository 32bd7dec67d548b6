package dev.gangway.fcgi.output;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.fcgi.connection.FcgiConnection;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A response that fails after its header has been sent must never look whole. */
@ParameterizedClass
@EnumSource(Link.class)
class FailureAfterCommitTest {
    @RegisterExtension
    final FcgiServer server;

    private final CountDownLatch committed = new CountDownLatch(1);

    FailureAfterCommitTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-72")
    @Tag("FCGI-113")
    void failsVisiblyWhenTheApplicationThrows() throws Exception {
        server.start((request, response, callback) -> {
            commit(response);
            throw new IllegalStateException("expected by the test");
        });
        Peer peer = connect().get(1, KEEP_CONN, "/");

        peer.responseWhen(1, response -> response.text().equals("begun"));
        committed.countDown();

        assertFailed(peer);
    }

    @Test
    @Tag("FCGI-72")
    void failsVisiblyWhenTheApplicationFailsItsCallback() throws Exception {
        server.start((request, response, callback) -> server.threads().execute(() -> {
            try {
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 100);
                commit(response);
            } catch (Exception e) {
                callback.failed(e);
                return;
            }
            callback.failed(new IllegalStateException("expected by the test"));
        }));
        Peer peer = connect().get(1, KEEP_CONN, "/");

        peer.responseWhen(1, response -> response.text().equals("begun"));
        committed.countDown();

        assertFailed(peer);
    }

    @Test
    @Tag("FCGI-72")
    @Tag("FCGI-147")
    void failsVisiblyWhenTheBodyIsShorterThanContentLength() throws Exception {
        server.start((request, response, callback) -> {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 100);
            commit(response);
            callback.succeeded();
        });
        Peer peer = connect().get(1, KEEP_CONN, "/");

        peer.responseWhen(1, response -> response.text().equals("begun"));
        committed.countDown();

        assertFailed(peer);
    }

    /** However the connection ends while the response is half sent, it does not end as if nothing were missing. */
    @ParameterizedTest
    @EnumSource(Break.class)
    @Tag("FCGI-72")
    void failsVisiblyWhenTheConnectionEnds(Break cause) throws Exception {
        AtomicReference<FcgiConnection> connection = new AtomicReference<>();
        server.start((request, response, callback) -> {
            connection.set((FcgiConnection) request.getConnectionMetaData().getConnection());
            commit(response);
            callback.succeeded();
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");
        peer.responseWhen(1, response -> response.text().equals("begun"));
        Await.until("it has been written", () -> !connection.get().flusher().isWriting());

        switch (cause) {
            case GARBAGE -> peer.raw(new byte[8]);
            case HALF_CLOSE -> peer.halfClose();
            case JETTY -> connection.get().close();
        }

        if (server.link() == Link.UNIX) {
            peer.expectCutRecord();
        } else {
            peer.expectReset();
        }
        committed.countDown();
        server.awaitNoRequest();
    }

    private enum Break {
        /** The web server breaks the protocol. */
        GARBAGE,
        /** It has no more to say, which here means that it has given up. */
        HALF_CLOSE,
        /** Jetty closes the connection, as when it stops. */
        JETTY
    }

    @Test
    @Tag("FCGI-93")
    @Tag("FCGI-113")
    void leavesOtherRequestsOfAConnectionAlone() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/other")) {
                Await.latch("end", end);
                Apps.TARGET.handle(request, response, callback);
                return;
            }
            commit(response);
            throw new IllegalStateException("expected by the test");
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/").get(2, KEEP_CONN, "/other");
        peer.responseWhen(1, response -> response.text().equals("begun"));
        Await.until("both run", () -> server.handling() == 2);

        committed.countDown();
        assertFailedAlone(peer.response(1));
        end.countDown();

        assertThat(peer.response(2)).hasBody("/other").isComplete();
    }

    @Test
    @Tag("FCGI-113")
    @Tag("FCGI-114")
    void sendsNoControlCharactersNorLongTextOnStderr() throws Exception {
        server.start((request, response, callback) -> {
            commit(response);
            throw new IllegalStateException("a\r\nb\u001b[31mc\0d\u009be" + "x".repeat(10_000_000));
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/").begin(2, RESPONDER, KEEP_CONN);
        peer.responseWhen(1, response -> response.text().equals("begun"));
        peer.fence();

        committed.countDown();
        FcgiResponse response = peer.response(1);

        assertFailedAlone(response);
        assertThat(response.stderr()).hasSizeLessThan(65_536);
    }

    /** Where requests share a connection they have overlapped: none that fails must take others with it. */
    private Peer connect() {
        Peer peer = server.connect();
        if (server.link() == Link.SHARED) {
            peer.begin(1, 9, KEEP_CONN).begin(2, 9, KEEP_CONN).paramsEnd(1).paramsEnd(2);
            peer.response(1);
            peer.response(2);
        }
        return peer;
    }

    @Test
    @Tag("FCGI-72")
    @Tag("FCGI-104")
    void failsVisiblyWhereTheWebServerHasOnlyAskedWhetherItMayShareTheConnection() throws Exception {
        server.start((request, response, callback) -> {
            commit(response);
            throw new IllegalStateException("expected by the test");
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");

        peer.responseWhen(1, response -> response.text().equals("begun"));
        committed.countDown();

        if (server.link() == Link.UNIX) {
            peer.expectCutRecord();
        } else {
            peer.expectReset();
        }
    }

    private void commit(Response response) throws Exception {
        Content.Sink.write(response, false, ByteBuffer.wrap("begun".getBytes()));
        Await.latch("committed", committed);
    }

    private void assertFailed(Peer peer) throws Exception {
        switch (server.link()) {
            case TCP -> peer.expectReset();
            case UNIX -> peer.expectCutRecord();
            case SHARED -> {
                assertFailedAlone(peer.response(1));
                peer.fence();
            }
        }
        server.awaitNoRequest();
    }

    private static void assertFailedAlone(FcgiResponse response) {
        assertThat(response).hasStatus(200).hasBody("begun");
        assertThat(response.appStatus()).isNotZero();
        assertThat(response.protocolStatus()).isEqualTo(REQUEST_COMPLETE);
        assertThat(response.stderr()).matches("([\\x20-\\x7e\\xa0-\\xff]+\\n)+");
    }
}
