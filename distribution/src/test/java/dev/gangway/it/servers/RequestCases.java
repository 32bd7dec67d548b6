package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request line and headers reach the servlet as the client sent them. */
interface RequestCases {
    Site site();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"})
    @Tag("FCGI-116")
    default void methodArrives(String method) throws IOException {
        RawRequest request = RawRequest.of(method, "/probe/echo").header("Content-Length", "0");

        assertThat(site().echo(request).text("method")).isEqualTo(method);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/probe/echo/a%20b",
                "/probe/echo/a+b&c=d",
                "/probe/echo/z%C3%BCrich/%e2%82%ac",
                "/probe/echo/a;b=c/d",
                "/probe/echo;jsessionid=abc/d",
                "/probe/echo/a.b/..c/.d",
                "/probe/echo/~a'(b)*c!$,@:",
                "/probe/x/../echo/y",
                "/probe/./echo/y"
            })
    @Tag("FCGI-117")
    default void pathArrivesAsSent(String path) throws IOException {
        Echo echo = site().echo(RawRequest.get(path));

        assertThat(echo.text("requestURI")).isEqualTo(path);
        assertThat(echo.text("servletPath")).isEqualTo("/probe/echo");
    }

    @Test
    @Tag("FCGI-118")
    default void pathIsDecodedOnce() throws IOException {
        Echo echo = site().echo(RawRequest.get("/probe/echo/z%C3%BCrich%20+;p=1"));

        assertThat(echo.text("pathInfo")).isEqualTo("/zürich +");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/probe//echo", "/probe/..;/probe/echo", "/probe/%2e%2e/probe/echo", "/probe/echo/%2541"})
    @Tag("FCGI-121")
    default void ambiguousPathIsRefused(String path) throws IOException {
        site().exchange(RawRequest.get(path), response -> assertThat(response.status())
                .isEqualTo(400));
    }

    @Test
    @Tag("FCGI-121")
    default void encodedSlashIsRefused() throws IOException {
        int refusal = site().has(Limit.ENCODED_SLASH_NOT_FOUND) ? 404 : 400;

        site().exchange(RawRequest.get("/probe/echo/a%2Fb"), response -> assertThat(response.status())
                .isEqualTo(refusal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1&b=%20+&c=%C3%BC&d=e=f&a=2", "a", "%2F%3f/?:@-._~!$'()*,;="})
    @Tag("FCGI-122")
    default void queryArrivesAsSent(String query) throws IOException {
        Echo echo = site().echo(RawRequest.get("/probe/echo?" + query));

        assertThat(echo.text("queryString")).isEqualTo(query);
    }

    @Test
    @Tag("FCGI-122")
    default void noQueryIsNull() throws IOException {
        assertThat(site().echo(RawRequest.get("/probe/echo")).text("queryString"))
                .isNull();
    }

    @Test
    @Tag("FCGI-125")
    @Tag("FCGI-126")
    default void endpointsAreThoseOfTheClient() throws IOException {
        try (RawHttp http = site().connect()) {
            Echo echo = Echo.of(http.exchange(RawRequest.get("/probe/echo")));

            assertThat(echo.text("serverName")).isEqualTo(RawRequest.HOST);
            assertThat(echo.text("remoteAddr")).isEqualTo("127.0.0.1");
            assertThat(echo.number("remotePort")).isEqualTo(http.localPort());
            assertThat(echo.text("scheme")).isEqualTo("http");
            assertThat(echo.flag("secure")).isFalse();
            assertThat(echo.text("protocol")).isEqualTo("HTTP/1.1");
        }
    }

    @Test
    @Tag("FCGI-130")
    default void repeatedHeaderArrivesWhole() throws IOException {
        RawRequest request =
                RawRequest.get("/probe/echo").header("X-Twice", "1").header("X-Twice", "2");

        assertThat(site().echo(request).header("X-Twice")).isEqualTo("1, 2");
    }

    @Test
    @Tag("FCGI-134")
    default void headerValueArrivesByteForByte() throws IOException {
        String value = "\"a\"=b; c,d\\e:f \u00e4\u00ff";
        RawRequest request = RawRequest.get("/probe/echo").header("X-Odd", value);

        assertThat(site().echo(request).header("X-Odd")).isEqualTo(value);
    }

    @Test
    @Tag("FCGI-130")
    default void emptyHeaderArrives() throws IOException {
        RawRequest request = RawRequest.get("/probe/echo").header("X-Empty", "");

        assertThat(site().echo(request).hasHeader("X-Empty")).isNotEqualTo(site().has(Limit.EMPTY_HEADER_DROPPED));
    }

    @Test
    @Tag("FCGI-130")
    default void underscoreInHeaderNameBecomesHyphen() throws IOException {
        RawRequest request = RawRequest.get("/probe/echo").header("X_Under", "1");

        String expected = site().has(Limit.UNDERSCORE_DROPPED) ? "" : "1";
        assertThat(site().echo(request).header("X-Under")).isEqualTo(expected);
    }

    @Test
    @Tag("FCGI-132")
    default void proxyHeaderIsDropped() throws IOException {
        RawRequest request = RawRequest.get("/probe/echo").header("Proxy", "http://evil.example/");

        assertThat(site().echo(request).hasHeader("Proxy")).isFalse();
    }

    @Test
    @Tag("FCGI-135")
    default void authorizationArrives() throws IOException {
        RawRequest request = RawRequest.get("/probe/echo").header("Authorization", "Bearer abc");

        assertThat(site().echo(request).header("Authorization")).isEqualTo("Bearer abc");
    }

    @Test
    default void largeHeaderArrives() throws IOException {
        String value = "x".repeat(6000);
        RawRequest request = RawRequest.get("/probe/echo").header("X-Large", value);

        assertThat(site().echo(request).header("X-Large")).isEqualTo(value);
    }

    @Test
    @Tag("FCGI-166")
    default void bothCookieHeadersAreSeen() throws IOException {
        RawRequest request =
                RawRequest.get("/probe/echo").header("Cookie", "a=1").header("Cookie", "b=2");

        assertThat(site().echo(request).cookies()).containsExactly("a=1", "b=2");
    }

    @Test
    @Tag("FCGI-129")
    default void formBecomesParameters() throws IOException {
        byte[] form = "name=z%C3%BCrich&n=1&n=2".getBytes(StandardCharsets.US_ASCII);
        RawRequest request = RawRequest.post("/probe/echo?n=0", Body.of(form))
                .header("Content-Type", "application/x-www-form-urlencoded");

        Echo echo = site().echo(request);

        assertThat(echo.parameter("name")).containsExactly("zürich");
        assertThat(echo.parameter("n")).containsExactly("0", "1", "2");
    }

    @Test
    @Tag("FCGI-151")
    default void upgradeRequestIsAnOrdinaryOne() throws IOException {
        RawRequest request = RawRequest.get("/probe/echo")
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");

        assertThat(site().echo(request).text("method")).isEqualTo("GET");
    }
}
