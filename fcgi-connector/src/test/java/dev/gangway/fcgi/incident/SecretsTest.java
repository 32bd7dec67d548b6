package dev.gangway.fcgi.incident;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.AuthorizerHandler;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.LogCapture;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretsTest {
    private static final String MARK = "m4rked-s3cret";
    private static final String USER = "joe";
    /** What becomes of the password where it is a header. */
    private static final String ENCODED =
            Base64.getEncoder().encodeToString((USER + ":" + MARK).getBytes(StandardCharsets.UTF_8));

    @RegisterExtension
    final LogCapture log = new LogCapture();

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final List<String> shown = new CopyOnWriteArrayList<>();

    @Test
    @Tag("FCGI-164")
    @Tag("FCGI-113")
    void neverLogsWhatMayBeSecretNorInjectedLines() throws Exception {
        log.debug("dev.gangway");
        server.fcgi().setMaxParamsBytes(20_000);
        server.start((request, response, callback) -> {
            String path = request.getHttpURI().getPath();
            if (path.equals("/throw")) {
                throw new IllegalStateException("expected by the test");
            }
            show(request);
            Content.Sink.write(response, true, Content.Source.asString(request), callback);
        });
        Pairs secret = Pairs.get("/")
                .and(
                        "HTTP_AUTHORIZATION",
                        MARK,
                        "HTTP_COOKIE",
                        "a=" + MARK,
                        "REMOTE_PASSWD",
                        MARK,
                        "SSL_CLIENT_CERT",
                        MARK,
                        "GANGWAY_SECRET",
                        MARK);

        ask(secret);
        ask(secret.with("REQUEST_URI", "/throw"));
        ask(secret.without("REQUEST_METHOD"));
        ask(secret.and("CONTENT_LENGTH", "five"));
        ask(secret.and("HTTP_X", "a\r\n" + MARK + "\nINJECTED"));
        ask(secret.and("HTTP_X\r\nINJECTED", "b"));
        ask(secret.and("BIG", "x".repeat(30_000)));
        ask(secret.with("REQUEST_METHOD", "GET\r\nINJECTED"));
        ask(secret.with("HTTP_HOST", "a\r\nINJECTED"));
        ask(secret.with("REQUEST_URI", "/\r\nINJECTED"));

        assertThat(log.text()).doesNotContain(MARK);
        assertThat(log.text().lines()).noneMatch(line -> line.startsWith("INJECTED"));
        assertThat(server.jetty().dump()).doesNotContain(MARK);
        assertThat(shown).isNotEmpty().noneMatch(text -> text.contains(MARK));
    }

    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-164")
    @Tag("FCGI-167")
    void neverShowsThePasswordOfAnAuthorizer() throws Exception {
        log.debug("dev.gangway");
        server.fcgi().setRoles(EnumSet.of(Role.AUTHORIZER));
        server.fcgi().setAttributes(List.of("REMOTE_*"));
        server.fcgi().setMaxUriLength(100);
        server.start(new AuthorizerHandler(FcgiServer.handler((request, response, callback) -> {
            show(request);
            assertThat(request.getHeaders().get(HttpHeader.AUTHORIZATION)).isEqualTo("Basic " + ENCODED);
            switch (request.getHttpURI().getPath()) {
                case "/granted" -> {
                    response.setStatus(200);
                    callback.succeeded();
                }
                case "/denied" -> Response.writeError(request, response, callback, 401);
                default -> throw new IllegalStateException("expected by the test");
            }
        })));
        Pairs asked = Pairs.get("/granted").and("REMOTE_USER", USER, "REMOTE_PASSWD", MARK);

        assertThat(decide(asked).status()).isEqualTo(200);
        assertThat(decide(asked.with("REQUEST_URI", "/denied")).status()).isEqualTo(401);
        assertThat(decide(asked.with("REQUEST_URI", "/failing")).status()).isEqualTo(500);
        assertThat(decide(asked.with("REQUEST_URI", "/" + "x".repeat(100))).status())
                .isEqualTo(414);
        assertThat(decide(asked.without("REQUEST_METHOD")).status()).isEqualTo(400);

        shown.add(log.text());
        shown.add(server.jetty().dump());
        assertThat(shown)
                .hasSizeGreaterThan(10)
                .noneMatch(text -> text.contains(MARK))
                .noneMatch(text -> text.contains(ENCODED));
    }

    /** All that an operator may get to see of a request. */
    private void show(Request request) {
        shown.add(server.jetty().dump());
        shown.add(request.toString());
        shown.add(Apps.fcgi(request).toString());
        shown.add(Apps.fcgi(request).params().toString());
        shown.add(request.asAttributeMap().toString());
    }

    private FcgiResponse decide(Pairs pairs) {
        FcgiResponse response = server.connect()
                .begin(1, AUTHORIZER, KEEP_CONN)
                .params(1, pairs)
                .paramsEnd(1)
                .response(1);
        shown.add(response + response.stderr());
        return response;
    }

    private void ask(Pairs pairs) {
        Peer peer = server.connect().request(1, KEEP_CONN, pairs, "body".getBytes());
        peer.response(1);
        peer.get(2, KEEP_CONN, "/").abort(2).response(2);
        peer.close();
    }
}
