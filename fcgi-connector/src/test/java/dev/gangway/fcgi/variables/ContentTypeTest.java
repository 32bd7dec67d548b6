package dev.gangway.fcgi.variables;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jetty makes of a content type is the same as over HTTP. */
class ContentTypeTest {
    private record Charsets(Charset ofBody, Charset ofForm) {
        static Charsets of(Request request) {
            return new Charsets(Request.getCharset(request), FormFields.getFormEncodedCharset(request));
        }
    }

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final AtomicReference<Charsets> seen = new AtomicReference<>();

    @BeforeEach
    void start() throws Exception {
        server.start((request, response, callback) -> {
            seen.set(Charsets.of(request));
            callback.succeeded();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "Text/Plain",
                "text/plain;charset=utf-8",
                "text/plain; charset=iso-8859-1",
                "text/plain; charset=windows-1252",
                "text/unknown",
                "application/json",
                "application/x-www-form-urlencoded",
                "application/x-www-form-urlencoded;charset=iso-8859-1",
                "application/x-www-form-urlencoded; charset=ISO-8859-1",
                "application/x-www-form-urlencoded; charset=windows-1252"
            })
    @Tag("FCGI-129")
    void charsetsAreThoseOfHttp(String type) throws Exception {
        try (Peer peer = server.connect()) {
            peer.request(1, CLOSE, Pairs.post("/", 0).and("CONTENT_TYPE", type), new byte[0])
                    .response(1);
        }
        Charsets byFcgi = seen.getAndSet(null);

        assertThat(byFcgi).isEqualTo(overHttp(type));
    }

    private Charsets overHttp(String type) throws Exception {
        LocalConnector http = new LocalConnector(server.jetty());
        http.start();
        try {
            http.getResponse("POST / HTTP/1.1\r\nHost: app.example\r\nConnection: close\r\nContent-Type: " + type
                    + "\r\nContent-Length: 0\r\n\r\n");
            return seen.get();
        } finally {
            http.stop();
        }
    }
}
