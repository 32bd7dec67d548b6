package dev.gangway.fcgi.hostile;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.SeenRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer says stays what it is: no value becomes a line, a header, or something that a container trusts. */
class InjectionTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final AtomicReference<String> seen = new AtomicReference<>();
    private final AtomicReference<Set<String>> attributes = new AtomicReference<>();

    private Peer start() throws Exception {
        server.start((request, response, callback) -> {
            SeenRequest all = SeenRequest.of(request);
            seen.set(String.join(
                    "|",
                    all.method(),
                    all.uri().toString(),
                    all.protocol(),
                    all.remoteAddr(),
                    all.serverName(),
                    all.localAddr(),
                    all.fields().toString(),
                    String.valueOf(request.getConnectionMetaData().getRemoteSocketAddress())));
            attributes.set(Set.copyOf(request.getAttributeNameSet()));
            response.setStatus(204);
            callback.succeeded();
        });
        return server.connect();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REQUEST_METHOD",
                "REQUEST_URI",
                "QUERY_STRING",
                "SERVER_PROTOCOL",
                "SERVER_NAME",
                "SERVER_ADDR",
                "SERVER_PORT",
                "REMOTE_ADDR",
                "REMOTE_HOST",
                "REMOTE_PORT",
                "CONTENT_TYPE",
                "CONTENT_LENGTH",
                "HTTP_HOST",
                "HTTP_COOKIE",
                "HTTP_X_UNKNOWN",
                "HTTPS",
                "REQUEST_SCHEME"
            })
    @Tag("FCGI-38")
    @Tag("FCGI-129")
    void noByteOfAValueEndsALine(String name) throws Exception {
        Peer peer = start();

        for (int b = 0; b < 256; b++) {
            byte[] value = {'/', 'a', (byte) b, 'X', ':', ' ', 'y'};
            Pairs pairs = Pairs.get("/").without(name).and(name.getBytes(StandardCharsets.US_ASCII), value);
            assertHarmless(peer, pairs);
        }
    }

    @Test
    @Tag("FCGI-38")
    @Tag("FCGI-129")
    void noByteOfANameEndsALine() throws Exception {
        Peer peer = start();

        for (int b = 0; b < 256; b++) {
            byte[] name = "HTTP_A?B".getBytes(StandardCharsets.US_ASCII);
            name[6] = (byte) b;
            assertHarmless(peer, Pairs.get("/").and(name, "value".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private void assertHarmless(Peer peer, Pairs pairs) {
        seen.set("");
        int status = peer.request(1, KEEP_CONN, pairs, new byte[0]).response(1).status();
        assertThat(status).isIn(204, 400);
        assertThat(seen.get()).doesNotContainPattern("[\\x00-\\x08\\x0A-\\x1F\\x7F]");
        assertThat(seen.get().isEmpty()).isEqualTo(status == 400);
    }

    @Test
    @Tag("FCGI-136")
    void noParameterBecomesAnAttributeThatAContainerTrusts() throws Exception {
        server.fcgi().setAttributes(List.of("jakarta*", "javax*", "org*", "j*", "o*", "dev*", "_*", "J*"));
        Peer peer = start();
        Pairs pairs = Pairs.get("/")
                .and("jakarta.servlet.error.status_code", "200")
                .and("jakarta.servlet.request.X509Certificate", "x")
                .and("jakarta.servlet.forward.request_uri", "/admin")
                .and("javax.servlet.include.request_uri", "/admin")
                .and("org.eclipse.jetty.server.Request.queryEncoding", "x")
                .and("org.eclipse.jetty.multipartConfig", "x")
                .and("dev.gangway.api.FcgiRequest", "x")
                .and("HTTP_JAKARTA.SERVLET.X", "x")
                .and("jakarta_servlet", "allowed");

        assertThat(peer.request(1, KEEP_CONN, pairs, new byte[0]).response(1).status())
                .isEqualTo(204);

        assertThat(attributes.get())
                .contains("jakarta_servlet")
                .noneMatch(
                        name -> name.matches(
                                "(jakarta|javax)\\.servlet\\..*|org\\.eclipse\\.jetty\\.(server\\.Request\\.queryEncoding|multipart).*"));
        assertThat(attributes.get()).noneMatch(name -> name.startsWith("HTTP_"));
    }

    @Test
    @Tag("FCGI-148")
    void noHeaderOfAResponseBecomesTwo() throws Exception {
        server.start((request, response, callback) -> {
            for (int c = 0; c < 0x2030; c++) {
                String evil = "a" + (char) c + "Injected: yes";
                try {
                    response.getHeaders().add("X-Value", evil);
                    response.getHeaders().add("X" + (char) c + "Injected: yes", "value");
                } catch (IllegalArgumentException e) {
                    // Refused, even better.
                }
            }
            response.setStatus(200);
            callback.succeeded();
        });
        server.http().setResponseHeaderSize(60_000);
        server.http().setMaxResponseHeaderSize(600_000);

        FcgiResponse response = server.connect().get(1, KEEP_CONN, "/").response(1);

        // The peer insists that each line is a header with a token for a name.
        if (response.status() == 200) {
            assertThat(response.header().all("Injected")).isEmpty();
        }
    }
}
