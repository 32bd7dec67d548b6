package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.config.PortSource;
import dev.gangway.fcgi.config.TrustedProxies;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All but the path, which has a test of its own. */
class RequestReaderTest {
    private static final Pairs GET = Pairs.get("/path?query");

    private static void assertRefused(String reason, Pairs pairs) {
        assertThatThrownBy(() -> Given.request(pairs)).isInstanceOfSatisfying(BadRequest.class, refused -> {
            assertThat(refused.getCode()).isEqualTo(400);
            assertThat(refused.getReason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PROPFIND", "M-SEARCH", "get"})
    @Tag("FCGI-116")
    void takesAnyMethod(String method) {
        assertThat(Given.request(Pairs.request(method, "/")).method()).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"G ET", "GET/", "CONNECT"})
    @Tag("FCGI-116")
    void refusesAMethodThatIsNone(String method) {
        assertRefused("bad REQUEST_METHOD", Pairs.request(method, "/"));
    }

    @Test
    @Tag("FCGI-116")
    void refusesARequestWithoutMethod() {
        assertRefused("no REQUEST_METHOD", GET.without("REQUEST_METHOD"));
        assertRefused("no REQUEST_METHOD", GET.with("REQUEST_METHOD", ""));
    }

    @Test
    @Tag("FCGI-130")
    void makesHeadersOfHttpVariablesInOrder() {
        CgiRequest request = Given.request(GET.and("HTTP_X_A", "1", "HTTP_ACCEPT", "*/*", "HTTP_X_A", "2")
                .and("HTTPX_B", "3", "X_C", "4", "HTTP", "5", "HTTP__D", "6", "HTTP_CONNECTION", "close"));

        assertThat(request.fields())
                .extracting(HttpField::toString)
                .containsExactly("Host: app.example", "X-A: 1", "Accept: */*", "X-A: 2");
        assertThat(request.fields().getField("accept").getHeader()).isEqualTo(HttpHeader.ACCEPT);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"a,a", " \ta b\tc\t ,a b\tc", "  ,''", "'',''", "\t,''", "!~,!~", " \u00e9,\u00c3\u00a9"})
    @Tag("FCGI-134")
    void takesHeadersWithoutTheBlanksAround(String sent, String value) {
        assertThat(Given.request(GET.and("HTTP_X_A", sent, "HTTP_ACCEPT", sent)).fields())
                .extracting(HttpField::getValue)
                .containsExactly("app.example", value, value);
    }

    @Test
    @Tag("FCGI-134")
    void takesHeadersAsBytes() {
        byte[] latin = {(byte) 0x80, (byte) 0xE4, (byte) 0xA0, (byte) 0xFF};

        assertThat(Given.request(GET.and("HTTP_X_A".getBytes(), latin)).fields().get("X-A"))
                .isEqualTo("\u0080\u00e4\u00a0\u00ff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "a\u001f", "\u007fa", "a\r\nB: c", "a\n"})
    @Tag("FCGI-134")
    void refusesControlCharactersInHeaders(String value) {
        assertRefused("control character in HTTP_X_A", GET.and("HTTP_X_A", value));
        assertRefused("control character in HTTP_HOST", GET.with("HTTP_HOST", value));
        assertRefused("control character in CONTENT_TYPE", GET.and("CONTENT_TYPE", value));
    }

    @Test
    @Tag("FCGI-135")
    void takesARedirectedAuthorizationOnlyIfSoConfigured() {
        Pairs redirected = GET.and("REDIRECT_HTTP_AUTHORIZATION", " Basic eA==");

        assertThat(authorization(redirected, false)).isNull();
        assertThat(authorization(redirected, true)).isEqualTo("Basic eA==");
        assertThat(authorization(redirected.and("HTTP_AUTHORIZATION", "Basic eQ=="), true))
                .isEqualTo("Basic eQ==");
        assertThat(authorization(GET, true)).isNull();
        assertThat(authorization(GET.and("REDIRECT_HTTP_AUTHORIZATION", ""), true))
                .isNull();
    }

    private static String authorization(Pairs pairs, boolean redirected) {
        TargetRules rules = new TargetRules(PathSource.REQUEST_URI, "", 100);
        return new RequestReader(Given.params(pairs), rules, PortSource.HOST, redirected, TrustedProxies.NONE)
                .read()
                .fields()
                .get("Authorization");
    }

    @ParameterizedTest
    @CsvSource({
        "POST, 7, , 7, 7",
        "POST, 0, , 0, 0",
        "POST, 9223372036854775807, , 9223372036854775807, 9223372036854775807",
        "POST, 007, 7, 7, 7",
        "POST, '', 7, -1,",
        "POST, , 7, -1,",
        "POST, -1, , -1,",
        "PROPFIND, 0, , 0, 0",
        "GET, 7, , 7, 7",
        "GET, 0, 0, 0, 0",
        "GET, 0, , -1,",
        "HEAD, 0, , -1,",
        "DELETE, 0, , -1,",
        "OPTIONS, 0, , -1,",
        "TRACE, 0, , -1,"
    })
    @Tag("FCGI-129")
    void tellsTheLengthOfTheBody(String method, String length, String ofClient, long expected, String header) {
        Pairs pairs = Pairs.request(method, "/");
        pairs = length == null ? pairs : pairs.and("CONTENT_LENGTH", length);
        pairs = ofClient == null ? pairs : pairs.and("HTTP_CONTENT_LENGTH", ofClient);

        CgiRequest request = Given.request(pairs);

        assertThat(request.contentLength()).isEqualTo(expected);
        assertThat(request.fields().get("Content-Length")).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "+7", "7 ", "x", "0x10", "9223372036854775808", "7,7", "/", ":"})
    @Tag("FCGI-129")
    void refusesALengthThatIsNone(String length) {
        assertRefused("bad CONTENT_LENGTH", Pairs.request("POST", "/").and("CONTENT_LENGTH", length));
        assertRefused("bad CONTENT_LENGTH", Pairs.post("/", 7).and("HTTP_CONTENT_LENGTH", length));
    }

    @Test
    @Tag("FCGI-129")
    void refusesTwoLengths() {
        assertRefused(
                "CONTENT_LENGTH and HTTP_CONTENT_LENGTH differ",
                Pairs.post("/", 7).and("HTTP_CONTENT_LENGTH", "8"));
    }

    @Test
    @Tag("FCGI-129")
    void takesTheContentTypeOfItsOwnVariableOnly() {
        assertThat(contentType(GET.and("CONTENT_TYPE", " text/x ", "HTTP_CONTENT_TYPE", "x/y"))
                        .getValue())
                .isEqualTo("text/x");
        assertThat(contentType(GET.and("CONTENT_TYPE", "", "HTTP_CONTENT_TYPE", "x/y")))
                .isNull();
        assertThat(contentType(GET.and("HTTP_CONTENT_TYPE", "x/y"))).isNull();
    }

    @Test
    @Tag("FCGI-129")
    void takesAKnownContentTypeAsTheHttpParserDoes() {
        String type = "application/x-www-form-urlencoded";

        assertThat(contentType(GET.and("CONTENT_TYPE", type)))
                .isNotNull()
                .isSameAs(HttpParser.CACHE.get("Content-Type: " + type));
    }

    private static HttpField contentType(Pairs pairs) {
        return Given.request(pairs).fields().getField(HttpHeader.CONTENT_TYPE);
    }

    @ParameterizedTest
    @CsvSource({
        "on, , true",
        "ON, , true",
        "1, , true",
        "on, http, true",
        "off, , false",
        "OFF, https, false",
        "0, https, false",
        "'', https, true",
        ", https, true",
        ", HTTPS, true",
        ", http, false",
        ", , false"
    })
    @Tag("FCGI-124")
    void isSecureByHttpsElseByTheScheme(String https, String scheme, boolean secure) {
        Pairs pairs = GET;
        pairs = https == null ? pairs : pairs.and("HTTPS", https);
        pairs = scheme == null ? pairs : pairs.and("REQUEST_SCHEME", scheme);

        CgiRequest request = Given.request(pairs);

        assertThat(request.secure()).isEqualTo(secure);
        assertThat(request.uri().getScheme()).isEqualTo(secure ? "https" : "http");
    }

    @ParameterizedTest
    @CsvSource({
        "app.example:8080, srv.example, 99, http://app.example:8080/path?query",
        "app.example, srv.example, 99, http://app.example:99/path?query",
        "app.example, srv.example, 80, http://app.example/path?query",
        "app.example:80, srv.example, 99, http://app.example/path?query",
        "app.example:443, srv.example, 99, http://app.example:443/path?query",
        "app.example, srv.example, , http://app.example/path?query",
        "[2001:db8::1]:81, srv.example, 99, http://[2001:db8::1]:81/path?query",
        "'', srv.example, 81, http://srv.example:81/path?query",
        ", srv.example, 8081, http://srv.example:8081/path?query",
        ", srv.example, 1, http://srv.example:1/path?query",
        ", srv.example, 65535, http://srv.example:65535/path?query",
        ", srv.example, , http://srv.example/path?query",
        ", srv.example:82, , http://srv.example:82/path?query",
        ", srv.example:82, 83, http://srv.example:83/path?query",
        ", my_host, 80, http://my_host/path?query",
        ", 2001:db8::1, 81, http://[2001:db8::1]:81/path?query",
        ", , 81, http://192.0.2.1:81/path?query"
    })
    @Tag("FCGI-125")
    void tellsTheServer(String host, String name, String port, String uri) {
        Pairs pairs = GET.without("HTTP_HOST").with("SERVER_NAME", name == null ? "" : name);
        pairs = pairs.with("SERVER_PORT", port == null ? "" : port);
        pairs = host == null ? pairs : pairs.and("HTTP_HOST", host);

        CgiRequest request = Given.request(pairs);

        assertThat(request.uri().toString()).isEqualTo(uri);
        assertThat(request.local().getPort()).isEqualTo(port == null ? 0 : Integer.parseInt(port));
    }

    @Test
    @Tag("FCGI-125")
    void tellsTheServerAndItsPort() {
        CgiRequest request = Given.request(GET.with("HTTP_HOST", "app.example").with("SERVER_PORT", "8443"));
        CgiRequest unknown =
                Given.request(GET.without("HTTP_HOST").without("SERVER_NAME").without("SERVER_ADDR"));

        assertThat(request.server().getHost()).isEqualTo("app.example");
        assertThat(request.server().getPort()).isEqualTo(8443);
        assertThat(unknown.server().getHost()).isEqualTo("localhost");
        assertThat(unknown.server().getPort()).isEqualTo(80);
    }

    @Test
    @Tag("FCGI-125")
    void leavesTheDefaultPortOfHttpsOut() {
        Pairs https = GET.and("HTTPS", "on").with("SERVER_PORT", "443");

        assertThat(Given.request(https).uri().toString()).isEqualTo("https://app.example/path?query");
        assertThat(Given.request(https.with("SERVER_PORT", "80")).uri().toString())
                .isEqualTo("https://app.example:80/path?query");
    }

    @Test
    @Tag("FCGI-125")
    void takesThePortOfTheConfiguredSource() {
        TargetRules rules = new TargetRules(PathSource.REQUEST_URI, "", 100);
        Pairs pairs = GET.with("HTTP_HOST", "app.example:8443");

        assertThat(new RequestReader(Given.params(pairs), rules, PortSource.SERVER, false, TrustedProxies.NONE)
                        .read()
                        .server()
                        .getPort())
                .isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", ":80", "app.example:0x50", "app.example:65536", "a/b", "user@app.example"})
    @Tag("FCGI-125")
    void refusesABadHost(String host) {
        assertRefused("bad Host header", GET.with("HTTP_HOST", host));
    }

    @Test
    @Tag("FCGI-125")
    void letsTheLastHostCount() {
        Pairs twice = GET.and("HTTP_HOST", "app.example");

        assertThat(Given.request(twice).fields().getValuesList(HttpHeader.HOST)).containsExactly("app.example");
        assertThat(host(GET.with("HTTP_HOST", "a b").and("HTTP_HOST", "last.example:81")))
                .isEqualTo("last.example:81");
        assertThat(host(GET.and("HTTP_HOST", "last.example", "HTTP_HOST", " "))).isNull();
        assertThat(Given.request(GET.and("HTTP_HOST", "last.example")).uri().getAuthority())
                .isEqualTo("last.example");
        assertRefused("bad Host header", GET.and("HTTP_HOST", "a b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AUTHORIZATION",
                "USER_AGENT",
                "REFERER",
                "ORIGIN",
                "RANGE",
                "IF_MODIFIED_SINCE",
                "IF_UNMODIFIED_SINCE"
            })
    @Tag("FCGI-130")
    void letsTheLastOfAHeaderCountThatMayComeOnce(String name) {
        String header = name.replace('_', '-');
        Pairs overridden = GET.and("HTTP_" + name, "included", "HTTP_X_A", "1", "HTTP_" + name, "own");

        assertThat(Given.request(overridden).fields().getValuesList(header)).containsExactly("own");
        assertThat(Given.request(overridden.and("HTTP_" + name, "")).fields().getValuesList(header))
                .containsExactly("");
    }

    @Test
    @Tag("FCGI-129")
    void letsTheLastContentTypeAndLengthCount() {
        Pairs post = Pairs.post("/", 7).and("CONTENT_TYPE", "a/b", "HTTP_CONTENT_LENGTH", "9");

        CgiRequest request =
                Given.request(post.and("CONTENT_TYPE", "c/d", "CONTENT_LENGTH", "8", "HTTP_CONTENT_LENGTH", "8"));

        assertThat(request.fields().getValuesList("Content-Type")).containsExactly("c/d");
        assertThat(request.contentLength()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "app.example, 8443, app.example:8443",
        "app.example, 80, app.example",
        "app.example, 0, app.example",
        "app.example, '', app.example",
        "app.example:81, 8443, app.example:81",
        "app.example:80, 8443, app.example:80",
        "[2001:db8::1], 8443, [2001:db8::1]:8443"
    })
    @Tag("FCGI-125")
    void tellsTheHostWithThePortOfTheUri(String sent, String serverPort, String host) {
        CgiRequest request = Given.request(GET.with("HTTP_HOST", sent).with("SERVER_PORT", serverPort));

        assertThat(request.fields().getValuesList(HttpHeader.HOST)).containsExactly(host);
        assertThat(request.uri().getAuthority()).isEqualTo(host.replaceAll(":80$", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER, app.example:8443, 81, app.example:81",
        "SERVER, app.example:8443, 80, app.example",
        "SERVER, app.example:8443, 0, app.example",
        "HOST, app.example, 81, app.example",
        "HOST, app.example:8443, 81, app.example:8443"
    })
    @Tag("FCGI-125")
    void tellsTheHostWithThePortOfTheConfiguredSource(PortSource source, String sent, String serverPort, String host) {
        TargetRules rules = new TargetRules(PathSource.REQUEST_URI, "", 100);
        Pairs pairs = GET.with("HTTP_HOST", sent).with("SERVER_PORT", serverPort);

        CgiRequest request = new RequestReader(Given.params(pairs), rules, source, false, TrustedProxies.NONE).read();

        assertThat(request.fields().get(HttpHeader.HOST)).isEqualTo(host);
        assertThat(request.uri().getAuthority()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_", "~^(?<s>.+)\\.example$", "*.example", "b\u00fccher.example"})
    @Tag("FCGI-125")
    void takesAHostThatOnlyStandsForAnyForNone(String name) {
        CgiRequest request = Given.request(GET.with("HTTP_HOST", name).with("SERVER_NAME", name));

        assertThat(request.fields().contains(HttpHeader.HOST)).isFalse();
        assertThat(request.uri().getAuthority()).isEqualTo("192.0.2.1");
    }

    private static String host(Pairs pairs) {
        return Given.request(pairs).fields().get(HttpHeader.HOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~^(?<s>.+)\\.example$",
                "_",
                "*.example",
                "www.*",
                ".example",
                "b\u00fccher.example",
                "a b",
                "a/b",
                "srv.example:99999",
                "unix:",
                "[",
                "::::"
            })
    @Tag("FCGI-125")
    void takesTheAddressForAServerNameThatIsNone(String name) {
        Pairs pairs = GET.without("HTTP_HOST").with("SERVER_NAME", name);

        assertThat(Given.request(pairs).uri().getAuthority()).isEqualTo("192.0.2.1");
        assertThat(Given.request(pairs.with("SERVER_ADDR", "unix:/run/x.sock"))
                        .uri()
                        .getAuthority())
                .isEqualTo("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "http", "8o", "80 ", " 80", "+80", "000080", "99999999999", "/", ":"})
    @Tag("FCGI-125")
    @Tag("FCGI-126")
    void refusesABadPort(String port) {
        assertRefused("bad SERVER_PORT", GET.with("SERVER_PORT", port));
        assertRefused("bad REMOTE_PORT", GET.with("REMOTE_PORT", port));
    }

    @Test
    @Tag("FCGI-125")
    @Tag("FCGI-126")
    void takesPortZeroForOneThatIsNotKnown() {
        for (String zero : List.of("0", "00", "00000")) {
            CgiRequest request = Given.request(GET.with("REMOTE_PORT", zero).with("SERVER_PORT", zero));

            assertThat(request.remote().getPort()).isZero();
            assertThat(request.local().getPort()).isZero();
            assertThat(request.uri().getAuthority()).isEqualTo("app.example");
        }
        assertThat(Given.request(GET.without("HTTP_HOST").with("SERVER_PORT", "0"))
                        .uri()
                        .getAuthority())
                .isEqualTo("app.example");
    }

    @Test
    @Tag("FCGI-126")
    @Tag("FCGI-127")
    void tellsTheAddresses() {
        CgiRequest request = Given.request(GET);
        CgiRequest named = Given.request(GET.and("REMOTE_HOST", "client.example"));
        CgiRequest unknown = Given.request(GET.without("SERVER_ADDR")
                .without("REMOTE_ADDR")
                .without("REMOTE_PORT")
                .without("SERVER_PORT"));

        assertThat(request.remote().getHostString()).isEqualTo("192.0.2.7");
        assertThat(request.remote().getPort()).isEqualTo(4711);
        assertThat(request.local().getHostString()).isEqualTo("192.0.2.1");
        assertThat(request.local().getPort()).isEqualTo(80);
        assertThat(named.remote().getHostString()).isEqualTo("client.example");
        assertThat(named.remote().getAddress().getHostAddress()).isEqualTo("192.0.2.7");
        assertThat(unknown.remote().getHostString()).isEmpty();
        assertThat(unknown.remote().getPort()).isZero();
        assertThat(unknown.local().getHostString()).isEmpty();
        assertThat(unknown.local().getPort()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.0, HTTP/1.0",
        "INCLUDED, HTTP/1.0",
        "HTTP/1.1, HTTP/1.1",
        "HTTP/2, HTTP/2.0",
        "HTTP/2.0, HTTP/2.0",
        "HTTP/3, HTTP/3.0",
        "HTTP/3.0, HTTP/3.0",
        "SPDY/3, HTTP/1.1",
        "'', HTTP/1.1"
    })
    @Tag("FCGI-123")
    void tellsTheProtocol(String protocol, String version) {
        assertThat(Given.request(GET.with("SERVER_PROTOCOL", protocol))
                        .version()
                        .asString())
                .isEqualTo(version);
    }

    @Test
    void tellsTheRole() {
        assertThat(Given.request(GET).role()).isNull();
        assertThat(Given.request(GET.and("FCGI_ROLE", "AUTHORIZER")).role()).isEqualTo("AUTHORIZER");
    }

    @Test
    @Tag("FCGI-40")
    void letsTheLastOfRepeatedVariablesCount() {
        CgiRequest request =
                Given.request(GET.and("REQUEST_URI", "/last", "HTTPS", "on", "HTTPS", "", "SERVER_PROTOCOL", "HTTP/2"));

        assertThat(request.uri().getPath()).isEqualTo("/last");
        assertThat(request.secure()).isFalse();
        assertThat(request.version().asString()).isEqualTo("HTTP/2.0");
    }

    @Test
    @Tag("FCGI-122")
    void takesAQueryThatIsNotUtf8AsJettyDoes() {
        byte[] latin = "/caf%C3%A9?q=caf\u00e9&r=\u00e4\u00b8".getBytes(StandardCharsets.ISO_8859_1);
        Pairs pairs = GET.without("QUERY_STRING");

        assertThat(Given.request(pairs.and("REQUEST_URI".getBytes(), latin))
                        .uri()
                        .getQuery())
                .isEqualTo("q=caf\ufffd&r=\ufffd");
        byte[] query = "q=caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Given.request(pairs.with("REQUEST_URI", "/path").and("QUERY_STRING".getBytes(), query))
                        .uri()
                        .getQuery())
                .isEqualTo("q=caf\ufffd");
    }

    @Test
    @Tag("FCGI-121")
    void refusesABadUri() {
        byte[] latin = "/caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertRefused("REQUEST_URI is not UTF-8", GET.and("REQUEST_URI".getBytes(), latin));
        assertRefused("REQUEST_URI is not a path", GET.with("REQUEST_URI", "path"));
        assertRefused("bad REQUEST_URI", GET.with("REQUEST_URI", "/a%"));
        assertRefused("bad REQUEST_URI", GET.with("REQUEST_URI", "/%u12"));
    }
}
