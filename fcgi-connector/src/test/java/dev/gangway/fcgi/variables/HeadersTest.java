package dev.gangway.fcgi.variables;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.SeenRequest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Header fields and attributes. */
class HeadersTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final AtomicReference<SeenRequest> seen = new AtomicReference<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private List<HttpCookie> cookies = List.of();

    @Test
    @Tag("FCGI-129")
    void makesHeadersOfContentTypeAndLength() throws Exception {
        SeenRequest request = seen(
                Pairs.post("/", 4)
                        .and("CONTENT_TYPE", "text/plain", "HTTP_CONTENT_TYPE", "x/y", "HTTP_CONTENT_LENGTH", "4"),
                "body");

        assertThat(request.values("content-type")).containsExactly("text/plain");
        assertThat(request.values("content-length")).containsExactly("4");
        assertThat(request.contentLength()).isEqualTo(4);
    }

    @Test
    @Tag("FCGI-129")
    void takesNoContentHeadersWithoutTheirVariables() throws Exception {
        SeenRequest request = seen(Pairs.get("/").and("CONTENT_TYPE", "", "CONTENT_LENGTH", ""), "");

        assertThat(request.values("content-type")).isEmpty();
        assertThat(request.values("content-length")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "OPTIONS", "TRACE"})
    @Tag("FCGI-129")
    void takesNoLengthThatTheWebServerHasAdded(String method) throws Exception {
        Pairs empty = Pairs.request(method, "/").and("CONTENT_LENGTH", "0");

        assertThat(seen(empty, "").values("content-length")).isEmpty();
        assertThat(seen(empty, "").contentLength()).isEqualTo(-1);
        assertThat(seen(empty.and("HTTP_CONTENT_LENGTH", "0"), "").values("content-length"))
                .containsExactly("0");
    }

    @Test
    @Tag("FCGI-129")
    void takesTheLengthOfAnEmptyPost() throws Exception {
        assertThat(seen(Pairs.post("/", 0), "").values("content-length")).containsExactly("0");
    }

    @Test
    @Tag("FCGI-135")
    void takesARedirectedAuthorizationOnlyIfSoConfigured() throws Exception {
        Pairs redirected = Pairs.get("/").and("REDIRECT_HTTP_AUTHORIZATION", "Basic eA==");
        assertThat(seen(redirected, "").values("authorization")).isEmpty();

        server.fcgi().setRedirectAuthorization(true);

        assertThat(seen(redirected, "").values("authorization")).containsExactly("Basic eA==");
        assertThat(seen(redirected.and("HTTP_AUTHORIZATION", "Basic eQ=="), "").values("authorization"))
                .containsExactly("Basic eQ==");
    }

    @Test
    @Tag("FCGI-40")
    @Tag("FCGI-130")
    void makesHeadersOfHttpVariablesOnly() throws Exception {
        SeenRequest request = seen(
                Pairs.get("/")
                        .and(
                                "HTTP_X_A",
                                "1",
                                "HTTP_ACCEPT_LANGUAGE",
                                "de",
                                "HTTP_X_A",
                                "2",
                                "HTTPX_B",
                                "3",
                                "X_C",
                                "4",
                                "HTTP",
                                "5",
                                "REDIRECT_HTTP_X_D",
                                "6",
                                "http_x_e",
                                "7"),
                "");

        assertThat(request.fields())
                .extracting(SeenRequest.Field::name, SeenRequest.Field::value)
                .containsExactlyInAnyOrder(
                        tuple("host", "app.example"),
                        tuple("x-a", "1"),
                        tuple("accept-language", "de"),
                        tuple("x-a", "2"));
    }

    @Test
    @Tag("FCGI-131")
    void letsHopByHopHeadersDecideNothing() throws Exception {
        start();
        Peer peer = server.connect();

        Pairs pairs = Pairs.post("/", 4)
                .and(
                        "HTTP_CONNECTION",
                        "close, X-A",
                        "HTTP_KEEP_ALIVE",
                        "timeout=1",
                        "HTTP_TRANSFER_ENCODING",
                        "chunked",
                        "HTTP_TE",
                        "trailers",
                        "HTTP_TRAILER",
                        "X-T",
                        "HTTP_UPGRADE",
                        "websocket",
                        "HTTP_PROXY_CONNECTION",
                        "close",
                        "HTTP_EXPECT",
                        "100-continue",
                        "HTTP_X_A",
                        "kept");
        for (int i = 0; i < 2; i++) {
            peer.request(1, KEEP_CONN, pairs, "body".getBytes());

            assertThat(peer.response(1)).hasStatus(200).hasBody("body").isComplete();
            assertThat(seen.get().values("transfer-encoding")).isEmpty();
            assertThat(seen.get().values("x-a")).containsExactly("kept");
        }
    }

    @Test
    @Tag("FCGI-131")
    @Tag("FCGI-69")
    void takesABodyWithATransferEncodingForWhatItIs() throws Exception {
        SeenRequest request =
                seen(Pairs.request("POST", "/").and("HTTP_TRANSFER_ENCODING", "chunked"), "4\r\nbody\r\n0\r\n\r\n");

        assertThat(request.values("transfer-encoding")).isEmpty();
        assertThat(request.contentLength()).isEqualTo(-1);
    }

    @Test
    @Tag("FCGI-132")
    void dropsTheProxyHeader() throws Exception {
        assertThat(seen(Pairs.get("/").and("HTTP_PROXY", "http://evil.example"), "")
                        .values("proxy"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP_",
                "HTTP__",
                "HTTP__X_A",
                "HTTP_X__A",
                "HTTP_X_A_",
                "HTTP_X-A",
                "HTTP_x_a",
                "HTTP_X_ä",
                "HTTP_X A",
                "HTTP_X:A",
                "HTTP_X\nA",
                "HTTP_X\rA"
            })
    @Tag("FCGI-133")
    void makesNoLookAlikeHeaders(String name) throws Exception {
        start();

        FcgiResponse response = server.connect()
                .request(1, KEEP_CONN, Pairs.get("/").and(name, "value"), new byte[0])
                .response(1);

        if (response.status() == 200) {
            assertThat(seen.get().values("x-a")).isEmpty();
            assertThat(seen.get().values("")).isEmpty();
        } else {
            assertThat(response).hasStatus(400);
        }
    }

    @Test
    @Tag("FCGI-134")
    void takesHeaderBytesAsTheHttpConnectorDoes() throws Exception {
        byte[] value = {'a', (byte) 0xE4, (byte) 0xC3, (byte) 0xA4, (byte) 0xFF, '\t', 'b'};

        SeenRequest request = seen(Pairs.get("/").and("HTTP_X_A".getBytes(), value), "");

        assertThat(request.values("x-a")).containsExactly("a\u00E4\u00C3\u00A4\u00FF\tb");
    }

    @Test
    @Tag("FCGI-134")
    void takesVariablesAsUtf8() throws Exception {
        assertThat(seen(Pairs.get("/").and("APP_NAME", "Zoë €"), "").params()).containsEntry("APP_NAME", "Zoë €");
    }

    @Test
    @Tag("FCGI-134")
    void takesVariablesInTheConfiguredCharset() throws Exception {
        server.fcgi().setParamsCharset(StandardCharsets.ISO_8859_1);
        byte[] zoe = {'Z', 'o', (byte) 0xEB};

        SeenRequest request = seen(Pairs.get("/").and("REMOTE_USER".getBytes(), zoe), "");

        assertThat(request.params()).containsEntry("REMOTE_USER", "Zo\u00EB");
    }

    @Test
    @Tag("FCGI-136")
    void makesAttributesOfAllowedVariablesOnly() throws Exception {
        server.fcgi().setAttributes(List.of("APP_*", "DEPLOYMENT"));

        seen(
                Pairs.get("/")
                        .and(
                                "APP_ONE",
                                "1",
                                "APP_TWO",
                                "2",
                                "DEPLOYMENT",
                                "blue",
                                "OTHER",
                                "3",
                                "APPLE",
                                "4",
                                "HTTP_APP_ONE",
                                "5",
                                "jakarta.servlet.error.status_code",
                                "6",
                                "org.eclipse.jetty.x",
                                "7",
                                "APP_.x",
                                "8",
                                "dev.gangway.request",
                                "9"),
                "");

        assertThat(attributes)
                .containsEntry("APP_ONE", "1")
                .containsEntry("APP_TWO", "2")
                .containsEntry("DEPLOYMENT", "blue")
                .doesNotContainKeys(
                        "OTHER",
                        "APPLE",
                        "HTTP_APP_ONE",
                        "jakarta.servlet.error.status_code",
                        "org.eclipse.jetty.x",
                        "APP_.x",
                        "REQUEST_METHOD")
                .doesNotContainEntry("dev.gangway.request", "9");
    }

    @Test
    @Tag("FCGI-136")
    void makesNoAttributesUnlessAsked() throws Exception {
        Pairs pairs = Pairs.get("/").and("APP_ONE", "1");
        seen(pairs, "");

        assertThat(attributes).containsKeys("dev.gangway.request", "dev.gangway.params");
        Pairs.decode(pairs.encode()).forEach(pair -> assertThat(attributes).doesNotContainKey(pair.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "HTTP_*", "HTTP_X", "jakarta.servlet.*", "a*b", "org.eclipse.jetty.*", "1X"})
    @Tag("FCGI-136")
    void refusesAPatternThatIsTooWide(String pattern) {
        assertThatThrownBy(() -> server.fcgi().setAttributes(List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + pattern + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Apache", "Apache/2.4.62 (Debian)", "Caddy/v2.6.2"})
    @Tag("FCGI-166")
    void takesCookiesApartThatTheWebServerHasJoinedByAComma(String software) throws Exception {
        Pairs pairs = Pairs.get("/").and("SERVER_SOFTWARE", software, "HTTP_COOKIE", "a=1, b=2; c=3");

        seen(pairs, "");

        assertThat(cookies)
                .extracting(HttpCookie::getName, HttpCookie::getValue)
                .containsExactly(tuple("a", "1"), tuple("b", "2"), tuple("c", "3"));
        seen(pairs.with("SERVER_PROTOCOL", "HTTP/2.0"), "");
        assertThat(cookies).extracting(HttpCookie::getName).doesNotContain("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nginx/1.22.1", "lighttpd/1.4.69", "HAProxy 2.6.12", "h2o/2.2.5", "Apache-Coyote/1.1"})
    @Tag("FCGI-166")
    void makesNoCookieOfAPartOfAValue(String software) throws Exception {
        for (String value : List.of("q=x,JSESSIONID=abc", "q=x, JSESSIONID=abc", "q=\"x, JSESSIONID=abc\"")) {
            seen(Pairs.get("/").and("SERVER_SOFTWARE", software, "HTTP_COOKIE", value + "; b=2"), "");

            assertThat(cookies).extracting(HttpCookie::getName).contains("b").doesNotContain("JSESSIONID");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=x,JSESSIONID=abc", "q=\"x, JSESSIONID=abc\"", "q=x, JSESSIONID"})
    @Tag("FCGI-166")
    void makesNoCookieOfACommaThatNoWebServerHasWritten(String value) throws Exception {
        seen(Pairs.get("/").and("SERVER_SOFTWARE", "Apache", "HTTP_COOKIE", value + ", b=2"), "");

        assertThat(cookies).extracting(HttpCookie::getName).contains("b").doesNotContain("JSESSIONID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=1", "a=\"x\"", "a=\"x", "a=x y", "a=x,y", "a=\"x,y\"", "a=x\u00e9", "a", "=x", "a=b=c", "$a=1"
            })
    @Tag("FCGI-166")
    void takesCookiesAsTheHttpConnectorDoes(String cookie) throws Exception {
        seen(Pairs.get("/").and("HTTP_COOKIE", cookie + "; b=2"), "");

        assertThat(cookies.stream().map(c -> c.getName() + "=" + c.getValue()).toList())
                .isEqualTo(HttpTwin.cookies(cookie + "; b=2"));
    }

    private void start() throws Exception {
        server.start((request, response, callback) -> {
            seen.set(SeenRequest.of(request));
            request.getAttributeNameSet().forEach(name -> attributes.put(name, request.getAttribute(name)));
            cookies = Request.getCookies(request);
            Apps.ECHO.handle(request, response, callback);
        });
    }

    private SeenRequest seen(Pairs pairs, String body) throws Exception {
        if (server.jetty() == null) {
            start();
        }
        FcgiResponse response =
                server.connect().request(1, KEEP_CONN, pairs, body.getBytes()).response(1);
        assertThat(response).hasStatus(200).hasBody(body).isComplete();
        return seen.get();
    }
}
