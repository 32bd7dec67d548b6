package dev.gangway.fcgi.variables;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.PortSource;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.SeenRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.URIUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the variables of the web server become a request; its header fields have a test of their own. */
class CgiVariablesTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final AtomicReference<SeenRequest> seen = new AtomicReference<>();
    private final Set<String> connectionIds = new HashSet<>();

    @BeforeEach
    void start() throws Exception {
        server.start((request, response, callback) -> {
            connectionIds.add(request.getConnectionMetaData().getId());
            seen.set(SeenRequest.of(request));
            callback.succeeded();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PATCH", "PROPFIND", "M-SEARCH", "get", "OPTIONS", "x!#$%&'*+.^_`|~"})
    @Tag("FCGI-116")
    void takesAnyMethodAsItIs(String method) {
        assertThat(seen(Pairs.request(method, "/")).method()).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a/b",
                "/a%20b/c",
                "/a;x=1/b;jsessionid=2",
                "//double//slash",
                "/caf%C3%A9",
                "/a/./b/../c",
                "/a?b=c&d=%2F&e",
                "/a?b?c",
                "/?"
            })
    @Tag("FCGI-117")
    @Tag("FCGI-119")
    @Tag("FCGI-122")
    void takesTheRawTarget(String target) {
        if (HttpTwin.status(target) != 200) {
            assertThat(response(Pairs.get(target))).hasStatus(HttpTwin.status(target));
            return;
        }

        assertThat(seen(Pairs.get(target).with("SCRIPT_NAME", "/other")).uri().getPath())
                .isEqualTo(target.replaceFirst("\\?.*", ""));
    }

    @Test
    @Tag("FCGI-117")
    void takesThePathOfAnAbsoluteTarget() {
        SeenRequest request = seen(Pairs.get("/").with("REQUEST_URI", "http://other.example:81/path%20x?q=1"));

        assertThat(request.uri().getPath()).isEqualTo("/path%20x");
        assertThat(request.serverName()).isEqualTo("app.example");
    }

    @ParameterizedTest
    @CsvSource({"/app, /info", "'', /all", "/all, ''", "/a b, /c;d?e#f é", "/a/../b, /c"})
    @Tag("FCGI-118")
    @Tag("FCGI-119")
    void buildsThePathOfScriptNameAndPathInfoWithoutRequestUri(String scriptName, String pathInfo) {
        SeenRequest request = seen(Pairs.get("/")
                .without("REQUEST_URI")
                .with("QUERY_STRING", "q=%20")
                .and("SCRIPT_NAME", scriptName, "PATH_INFO", pathInfo));

        assertThat(URIUtil.decodePath(request.uri().getPath())).isEqualTo(scriptName + pathInfo);
        assertThat(request.uri().getQuery()).isEqualTo("q=%20");
    }

    @ParameterizedTest
    @CsvSource({"/a%2Fb, /a%252Fb", "/a\\b, /a%5Cb", "/../a, /../a", "/50%, /50%25", "/a\u0001b, /a%01b"})
    @Tag("FCGI-118")
    @Tag("FCGI-121")
    void refusesASuspiciousScriptNameAsTheHttpConnectorDoes(String scriptName, String encoded) {
        FcgiResponse response = response(Pairs.get("/").without("REQUEST_URI").and("SCRIPT_NAME", scriptName));

        assertThat(response).hasStatus(HttpTwin.status(encoded));
    }

    @Test
    @Tag("FCGI-119")
    @Tag("FCGI-99")
    void refusesARequestWithoutAnyPath() {
        assertThat(response(Pairs.get("/").without("REQUEST_URI"))).hasStatus(400);
    }

    @ParameterizedTest
    @CsvSource({"/a, b=c, b=c", "/a?b=c, b=c, b=c", "/a, '', ", "/a?b=c, absent, b=c", "/a, a%20b+c&d, a%20b+c&d"})
    @Tag("FCGI-122")
    void takesTheRawQuery(String uri, String query, String expected) {
        Pairs pairs = Pairs.get("/").with("REQUEST_URI", uri);

        SeenRequest request =
                seen(query.equals("absent") ? pairs.without("QUERY_STRING") : pairs.with("QUERY_STRING", query));

        assertThat(request.uri().getQuery()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.0, HTTP/1.0",
        "HTTP/1.1, HTTP/1.1",
        "HTTP/2.0, HTTP/2.0",
        "HTTP/2, HTTP/2.0",
        "HTTP/3.0, HTTP/3.0",
        "INCLUDED, HTTP/1.0"
    })
    @Tag("FCGI-123")
    void tellsTheProtocol(String protocol, String expected) {
        assertThat(seen(Pairs.get("/").with("SERVER_PROTOCOL", protocol)).protocol())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SPDY/3", "HTTP/9.9", "nonsense"})
    @Tag("FCGI-123")
    void servesAnUnknownProtocol(String protocol) {
        assertThat(response(Pairs.get("/").with("SERVER_PROTOCOL", protocol))).hasStatus(200);
        assertThat(response(Pairs.get("/").without("SERVER_PROTOCOL"))).hasStatus(200);
    }

    @ParameterizedTest
    @CsvSource({"on, true", "ON, true", "1, true", "yes, true", "off, false", "OFF, false", "0, false", "'', false"})
    @Tag("FCGI-124")
    void isSecureByHttps(String https, boolean secure) {
        SeenRequest request = seen(Pairs.get("/").and("HTTPS", https, "HTTP_X_FORWARDED_PROTO", "https"));

        assertThat(request.secure()).isEqualTo(secure);
        assertThat(request.uri().getScheme()).isEqualTo(secure ? "https" : "http");
    }

    @ParameterizedTest
    @CsvSource({"https, true", "http, false"})
    @Tag("FCGI-124")
    void isSecureByRequestScheme(String scheme, boolean secure) {
        assertThat(seen(Pairs.get("/").and("REQUEST_SCHEME", scheme)).secure()).isEqualTo(secure);
    }

    @ParameterizedTest
    @CsvSource({
        "app.example:8080, ignored.example, 99, app.example, 8080",
        "app.example, ignored.example, 99, app.example, 99",
        "'[2001:db8::1]:81', ignored.example, 99, [2001:db8::1], 81",
        ", srv.example, 8081, srv.example, 8081",
        ", my_host, 80, my_host, 80",
        ", '[2001:db8::1]', 81, [2001:db8::1], 81",
        ", 2001:db8::1, 81, [2001:db8::1], 81",
        ", srv.example, '', srv.example, 80",
        ", srv.example, 0, srv.example, 80"
    })
    @Tag("FCGI-125")
    void tellsTheServer(String host, String name, String port, String expectedName, int expectedPort) {
        Pairs pairs =
                Pairs.get("/").without("HTTP_HOST").with("SERVER_NAME", name).with("SERVER_PORT", port);

        SeenRequest request = seen(host == null ? pairs : pairs.and("HTTP_HOST", host));

        assertThat(request.serverName()).isEqualTo(expectedName);
        assertThat(request.serverPort()).isEqualTo(expectedPort);
    }

    @ParameterizedTest
    @CsvSource({
        "HOST_OR_SERVER, app.example:8443, 8443",
        "HOST_OR_SERVER, app.example, 8080",
        "HOST, app.example:8443, 8443",
        "HOST, app.example, 443",
        "HOST, , 8080",
        "SERVER, app.example:8443, 8080",
        "SERVER, app.example, 8080"
    })
    @Tag("FCGI-125")
    void tellsThePortByTheConfiguredSource(PortSource source, String host, int expected) {
        server.fcgi().setPortSource(source);
        Pairs pairs =
                Pairs.get("/").without("HTTP_HOST").with("SERVER_PORT", "8080").and("HTTPS", "on");

        SeenRequest request = seen(host == null ? pairs : pairs.and("HTTP_HOST", host));

        assertThat(request.serverPort()).isEqualTo(expected);
        assertThat(request.uri().toString())
                .isEqualTo("https://app.example" + (expected == 443 ? "" : ":" + expected) + "/");
        assertThat(request.localPort()).isEqualTo(8080);
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "+80", "http", "8o", "99999999999"})
    @Tag("FCGI-125")
    void refusesAServerPortOutOfRange(String port) {
        assertThat(response(Pairs.get("/").without("HTTP_HOST").with("SERVER_PORT", port)))
                .hasStatus(400);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 4711", "2001:db8::7, 65535", "::1, 1"})
    @Tag("FCGI-126")
    void tellsTheClient(String address, int port) {
        SeenRequest request =
                seen(Pairs.get("/").with("REMOTE_ADDR", address).with("REMOTE_PORT", String.valueOf(port)));

        assertThat(request.remoteAddr().replaceAll("[\\[\\]]", "")).isEqualTo(address);
        assertThat(request.remotePort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unix:", "unix:/run/x", "localhost", "no.such.host.invalid", "999.1.1.1", "a b"})
    @Tag("FCGI-126")
    void servesAClientWithoutAnIpAddress(String address) {
        // A name is neither looked up nor passed for an address.
        SeenRequest request = seen(Pairs.get("/").with("REMOTE_ADDR", address).with("REMOTE_PORT", ""));

        assertThat(String.valueOf(request.remoteAddr())).isNotEqualTo("127.0.0.1");
        assertThat(response(Pairs.get("/").without("REMOTE_ADDR").without("REMOTE_PORT")))
                .hasStatus(200);
    }

    @Test
    @Tag("FCGI-127")
    void tellsTheLocalAddress() {
        SeenRequest request =
                seen(Pairs.get("/").with("SERVER_ADDR", "192.0.2.99").with("SERVER_PORT", "8443"));

        assertThat(request.localAddr()).isEqualTo("192.0.2.99");
        assertThat(request.localPort()).isEqualTo(8443);
        assertThat(response(Pairs.get("/").without("SERVER_ADDR"))).hasStatus(200);
    }

    @Test
    @Tag("FCGI-40")
    void letsTheLastOfRepeatedVariablesCount() {
        SeenRequest request = seen(Pairs.get("/first")
                .and("REQUEST_URI", "/last", "CONTENT_LENGTH", "7", "CONTENT_LENGTH", "", "HTTPS", "on", "HTTPS", ""));

        assertThat(request.uri().getPath()).isEqualTo("/last");
        assertThat(request.contentLength()).isEqualTo(-1);
        assertThat(request.secure()).isFalse();
    }

    @Test
    @Tag("FCGI-41")
    void comparesNamesExactly() {
        SeenRequest request = seen(Pairs.get("/")
                .and(
                        "Https",
                        "on",
                        "content_length",
                        "7",
                        "Request_Uri",
                        "/other",
                        "Server_Name",
                        "x",
                        "http_x",
                        "y",
                        "Remote_Addr",
                        "192.0.2.66"));

        assertThat(request.secure()).isFalse();
        assertThat(request.contentLength()).isEqualTo(-1);
        assertThat(request.uri().getPath()).isEqualTo("/");
        assertThat(request.remoteAddr()).isEqualTo("192.0.2.7");
        assertThat(request.values("x")).isEmpty();
    }

    @Test
    @Tag("FCGI-138")
    void showsInformationAboutTheServerAsParams() {
        Pairs pairs = Pairs.get("/")
                .and(
                        "SERVER_SOFTWARE",
                        "web/1",
                        "DOCUMENT_ROOT",
                        "/srv",
                        "SCRIPT_FILENAME",
                        "/srv/x",
                        "REMOTE_IDENT",
                        "me",
                        "PATH_TRANSLATED",
                        "/srv/y");

        assertThat(seen(pairs).params())
                .containsEntry("GATEWAY_INTERFACE", "CGI/1.1")
                .containsEntry("SERVER_SOFTWARE", "web/1")
                .containsEntry("DOCUMENT_ROOT", "/srv")
                .containsEntry("SCRIPT_FILENAME", "/srv/x")
                .containsEntry("REMOTE_IDENT", "me")
                .containsEntry("PATH_TRANSLATED", "/srv/y");
    }

    @Test
    @Tag("FCGI-141")
    void givesEachConnectionAnId() {
        for (int i = 0; i < 5; i++) {
            Peer peer = server.connect();
            peer.get(1, KEEP_CONN, "/").response(1);
            peer.get(2, KEEP_CONN, "/").response(2);
        }

        assertThat(connectionIds).hasSize(5);
    }

    private FcgiResponse response(Pairs pairs) {
        return server.connect().request(1, KEEP_CONN, pairs, new byte[0]).response(1);
    }

    private SeenRequest seen(Pairs pairs) {
        seen.set(null);
        assertThat(response(pairs)).hasStatus(200);
        return seen.get();
    }
}
