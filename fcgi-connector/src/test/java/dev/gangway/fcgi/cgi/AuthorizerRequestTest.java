package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.record.Pairs;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.jetty.http.HttpField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerRequestTest {
    private static CgiRequest ask(Pairs pairs, String path, boolean keepMethod) {
        return AuthorizerRequest.of(Given.request(pairs), Given.params(pairs), path, keepMethod);
    }

    private static String authorization(Pairs pairs) {
        return ask(pairs, null, false).fields().get("Authorization");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, GET, GET",
        "POST, POST, POST",
        "PROPFIND, PROPFIND, PROPFIND",
        "HEAD, GET, HEAD",
        "OPTIONS, GET, OPTIONS",
        "TRACE, GET, TRACE"
    })
    @Tag("FCGI-80")
    void hasAMethodWhoseAnswerIsClear(String method, String asked, String kept) {
        assertThat(ask(Pairs.request(method, "/"), null, false).method()).isEqualTo(asked);
        assertThat(ask(Pairs.request(method, "/"), null, true).method()).isEqualTo(kept);
    }

    @Test
    @Tag("FCGI-74")
    @Tag("FCGI-80")
    void hasNeitherBodyNorConditions() {
        Pairs pairs = Pairs.post("/", 7)
                .and("CONTENT_TYPE", "text/plain", "HTTP_CONTENT_ENCODING", "gzip", "HTTP_ACCEPT", "*/*")
                .and("HTTP_RANGE", "bytes=0-1", "HTTP_IF_RANGE", "x", "HTTP_IF_MATCH", "x", "HTTP_IF_NONE_MATCH", "x")
                .and("HTTP_IF_MODIFIED_SINCE", "x", "HTTP_IF_UNMODIFIED_SINCE", "x");

        CgiRequest asked = ask(pairs, null, false);

        assertThat(asked.contentLength()).isZero();
        assertThat(asked.fields())
                .extracting(HttpField::toString)
                .containsExactlyInAnyOrder("Host: app.example", "Accept: */*");
    }

    @Test
    void comesFromTheSameClient() {
        Pairs pairs = Pairs.get("/a?b").and("HTTPS", "on", "FCGI_ROLE", "AUTHORIZER");
        CgiRequest request = Given.request(pairs);

        CgiRequest asked = AuthorizerRequest.of(request, Given.params(pairs), null, false);

        assertThat(asked.uri().toString()).isEqualTo("https://app.example:80/a?b");
        assertThat(asked.secure()).isTrue();
        assertThat(asked.version()).isEqualTo(request.version());
        assertThat(asked.server()).isSameAs(request.server());
        assertThat(asked.local()).isSameAs(request.local());
        assertThat(asked.remote()).isSameAs(request.remote());
        assertThat(asked.role()).isEqualTo("AUTHORIZER");
    }

    @Test
    void mayAskAnotherPath() {
        assertThat(ask(Pairs.get("/a?b"), "/shop/check%20x", false).uri().toString())
                .isEqualTo("http://app.example/shop/check%20x?b");
    }

    @Test
    @Tag("FCGI-81")
    void hasThePasswordThatTheWebServerTook() {
        Pairs pairs = Pairs.get("/").and("REMOTE_USER", "j\u00f6rg", "REMOTE_PASSWD", "s3cr\u00e9t:");
        byte[] pair = "j\u00f6rg:s3cr\u00e9t:".getBytes(StandardCharsets.UTF_8);

        assertThat(authorization(pairs))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(pair));
        assertThat(authorization(pairs.and("HTTP_AUTHORIZATION", "Basic eA==")))
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    @Test
    @Tag("FCGI-81")
    void hasThePasswordWhereverItComesInTheParams() {
        assertThat(authorization(Pairs.of("REMOTE_USER", "a", "REMOTE_PASSWD", "b")
                        .and("REQUEST_METHOD", "GET", "REQUEST_URI", "/")))
                .isEqualTo("Basic YTpi");
        assertThat(authorization(Pairs.of("REMOTE_PASSWD", "b", "REMOTE_USER", "a")
                        .and("REQUEST_METHOD", "GET", "REQUEST_URI", "/")))
                .isEqualTo("Basic YTpi");
    }

    @Test
    @Tag("FCGI-81")
    void hasNoPasswordWithoutUserNorUserWithoutPassword() {
        assertThat(authorization(Pairs.get("/").and("REMOTE_USER", "a"))).isNull();
        assertThat(authorization(Pairs.get("/").and("REMOTE_PASSWD", "b"))).isNull();
        assertThat(authorization(Pairs.get("/").and("HTTP_AUTHORIZATION", "Basic eA==", "REMOTE_USER", "a")))
                .isEqualTo("Basic eA==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../b",
                "/a/..",
                "/a/./b",
                "/a/.",
                "/a/%2e%2E/b",
                "/a/.%2e/b",
                "/a/..;/b",
                "/a/.;x/b",
                "/a;/../b",
                "/a;x=y/../b",
                "/a;/..",
                "/a;/.",
                "//a",
                "/a//b",
                "/a/;/b",
                "/a/;x/../b"
            })
    @Tag("FCGI-80")
    void isNotAskedAboutAPathThatServersReadDifferently(String path) {
        for (String servlet : new String[] {null, "/auth"}) {
            assertThatThrownBy(() -> ask(Pairs.get(path), servlet, true))
                    .isInstanceOfSatisfying(
                            BadRequest.class, e -> assertThat(e.getCode()).isIn(400, 403));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a;", "/a;x", "/a;x/b", "/a;x=y;jsessionid=1", "/a;jsessionid=1/b", "/a;JSESSIONID=1"})
    @Tag("FCGI-80")
    void isNotDecidedWithoutItsParameters(String path) {
        assertThatThrownBy(() -> ask(Pairs.get(path), null, true)).isInstanceOf(BadRequest.class);
        assertThat(ask(Pairs.get(path), "/auth", true).uri().getCanonicalPath()).isEqualTo("/auth");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a/",
                "/a.b/c",
                "/.a/..b/c../...",
                "/%2ea/b",
                "/a;jsessionid=1",
                "/a/;jsessionid=1?x;y/..//",
                "/a?/../;x"
            })
    @Tag("FCGI-80")
    void isAskedAboutEveryOtherPath(String path) {
        assertThat(ask(Pairs.get(path), null, true).uri().getPathQuery()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb", "/a//b", "/a%25b", "/a%5Cb"})
    @Tag("FCGI-121")
    void leadsNoSuspiciousPathToItsServlet(String path) {
        assertThatThrownBy(() -> ask(Pairs.get(path), null, false))
                .isInstanceOfSatisfying(
                        BadRequest.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }
}
