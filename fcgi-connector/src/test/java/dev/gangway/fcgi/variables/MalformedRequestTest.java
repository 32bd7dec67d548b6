package dev.gangway.fcgi.variables;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose framing is sound and whose meaning is not: each gets an answer, and the connection goes on. */
class MalformedRequestTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    static Stream<Pairs> malformed() {
        Pairs good = Pairs.get("/");
        return Stream.of(
                Pairs.of(),
                good.without("REQUEST_METHOD"),
                good.with("REQUEST_METHOD", ""),
                good.with("REQUEST_METHOD", "G ET"),
                good.with("REQUEST_METHOD", "GET\r\nX: y"),
                good.with("REQUEST_METHOD", "GÉT"),
                good.with("REQUEST_METHOD", "GET/"),
                good.and("HTTP_X", "a\r\nY: b"),
                good.and("HTTP_X", "a\nb"),
                good.and("HTTP_X", "a\rb"),
                good.with("HTTP_HOST", "a b"),
                good.with("HTTP_HOST", "app.example:0x50"),
                good.with("HTTP_HOST", "app.example:65536"),
                good.with("HTTP_HOST", "a/b"),
                good.with("HTTP_HOST", "user@app.example"),
                good.and("CONTENT_LENGTH", "7", "HTTP_CONTENT_LENGTH", "8"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    @Tag("FCGI-99")
    @Tag("FCGI-116")
    @Tag("FCGI-125")
    @Tag("FCGI-129")
    @Tag("FCGI-134")
    void answersMalformedVariablesWith400(Pairs pairs) throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.request(1, KEEP_CONN, pairs, new byte[7]);

        assertThat(peer.response(1)).hasStatus(400).endedWith(0, REQUEST_COMPLETE);
        assertThat(server.begun()).isZero();
        assertThat(peer.get(1, KEEP_CONN, "/good").response(1)).hasBody("/good").isComplete();
    }

    @Test
    @Tag("FCGI-99")
    @Tag("FCGI-54")
    void closesTheConnectionAfterAMalformedRequestWithoutKeepConn() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.request(1, CLOSE, Pairs.of(), new byte[0]);

        assertThat(peer.response(1)).hasStatus(400);
        peer.expectEof();
    }

    /** A web server has {@code /public} where a servlet would be asked for {@code /secret/../public}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret;/../public",
                "/secret;x=y/../public",
                "/a;x/./b",
                "/a;x/..",
                "/a;/.",
                "/a;/../b?c",
                "/a;x/b/../c"
            })
    @Tag("FCGI-121")
    void refusesADotSegmentAfterAPathParameter(String uri) throws Exception {
        server.start(Apps.TARGET);

        assertThat(server.connect().get(1, CLOSE, uri).response(1)).hasStatus(400);
        assertThat(server.begun()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2Fb",
                "/a%5Cb",
                "/a\\b",
                "/..;/b",
                "/a/..;x/b",
                "/a/.;/b",
                "/%2e%2e/b",
                "/a/%2e/b",
                "/a%00b",
                "/a%",
                "/a%zz",
                "/a%C0%AF",
                "/a%FF",
                "/../b",
                "/a/../../b",
                "/a\u0001b",
                "/a b"
            })
    @Tag("FCGI-117")
    @Tag("FCGI-121")
    void refusesASuspiciousPathAsTheHttpConnectorDoes(String uri) throws Exception {
        server.start((request, response, callback) -> {
            response.getHeaders()
                    .put("X-Path", String.valueOf(request.getHttpURI().getCanonicalPath()));
            callback.succeeded();
        });
        Peer peer = server.connect();
        int http = HttpTwin.status(uri);

        peer.request(1, KEEP_CONN, Pairs.get(uri), new byte[0]);

        assertThat(peer.response(1)).hasStatus(http);
    }
}
