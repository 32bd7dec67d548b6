package dev.gangway.fcgi.server;

import static dev.gangway.conformance.peer.FcgiNumbers.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Pairs;
import dev.gangway.conformance.peer.Peer;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretsTest {
    private static final String MARK = "m4rked-s3cret";

    @RegisterExtension
    final LogCapture log = new LogCapture();

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    @Test
    @Tag("FCGI-164")
    @Tag("FCGI-113")
    void neverLogsWhatMayBeSecretNorInjectedLines() throws Exception {
        log.debug("dev.gangway");
        server.fcgi.setMaxParamsBytes(20_000);
        server.start((request, response, callback) -> {
            String path = request.getHttpURI().getPath();
            if (path.equals("/throw")) {
                throw new IllegalStateException("expected by the test");
            }
            if (path.equals("/dump")) {
                server.jetty().dump();
                assertThat(Apps.fcgi(request).toString()).doesNotContain(MARK);
            }
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
        ask(secret.with("REQUEST_URI", "/dump"));
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
    }

    private void ask(Pairs pairs) {
        Peer peer = server.connect().request(1, KEEP_CONN, pairs, "body".getBytes());
        peer.response(1);
        peer.get(2, KEEP_CONN, "/").abort(2).response(2);
        peer.close();
    }
}
