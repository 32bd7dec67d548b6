package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jetty.http.HttpURI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPathTest {
    private static final String UNCLEAR = "not every server takes this path for the same";

    private static HttpURI uri(String target) {
        return ClientPath.uri("GET", target).asImmutable();
    }

    private static void assertRefused(int status, String reason, ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(BadRequest.class, refused -> {
            assertThat(refused.getCode()).isEqualTo(status);
            assertThat(refused.getReason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//other.example/a, //other.example/a",
        "/http://other.example/a, /http://other.example/a",
        "*, *",
        "http://other.example, /",
        "HTTPS://user@other.example:81/a;x/../b?q=://c/d, /a;x/../b?q=://c/d",
        "http://other.example?q=/x, /?q=/x",
        "http:////a, //a",
        "a1+b-c.://x/y, /y"
    })
    @Tag("FCGI-117")
    void losesSchemeAndAuthority(String target, String originForm) {
        assertThat(ClientPath.originForm(target)).isEqualTo(originForm);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "?q", "**", "*/a", "other.example:443", "http:/a", "://x/y", "1h://x/y", "?a://b/c"})
    @Tag("FCGI-117")
    void isRefusedIfThereIsNone(String target) {
        assertRefused(400, "REQUEST_URI is not a path", () -> ClientPath.originForm(target));
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a%20b;x=1?q, /a%20b",
        "/a/../b/./c, /b/c",
        "/a/b;x=y/c, /a/b/c",
        "/a/..b;x/c..;y, /a/..b/c..",
        "/a/../b;x?/../, /b",
        "/a;x/.../%2e%2ex, /a/.../..x",
        "*, *"
    })
    @Tag("FCGI-117")
    void choosesTheServletByItsCanonicalForm(String target, String canonical) {
        HttpURI uri = uri(target);

        assertThat(uri.getPathQuery()).isEqualTo(target);
        assertThat(uri.getCanonicalPath()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a;/.",
                "/a;/..",
                "/a;x/./b",
                "/a;x=y/../b?q",
                "/a;x/b/..",
                "/a/..;x/b;y/..;z",
                "/a;x/%2e",
                "/a;x/.%2E/b",
                "/a;x/%2E%2e;y",
                "/;/.."
            })
    @Tag("FCGI-121")
    void hasNoDotSegmentAfterAParameter(String target) {
        assertRefused(400, "dot segment after a path parameter", () -> uri(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%", "/a%4", "/a%zz", "*/a"})
    @Tag("FCGI-121")
    void isRefusedIfItCannotBeParsed(String target) {
        assertRefused(400, "bad REQUEST_URI", () -> uri(target));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "//a", "/a//b", "/a;x//b", "/;x/b", "/.", "/a/..", "/%2e/a", "/a/.%2E;x"})
    @Tag("FCGI-80")
    void isNeverAskedAboutWithADotOrEmptySegment(String target) {
        assertRefused(403, UNCLEAR, () -> ClientPath.requireClear(uri(target), true));
        assertRefused(403, UNCLEAR, () -> ClientPath.requireClear(uri(target), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a;",
                "/a;x",
                "/a;x;jsessionid=1",
                "/a;jsessionid=1;x",
                "/a;jsessionid=1/b",
                "/a;JSESSIONID=1",
                "/a;jsessionid",
                "/a%2Fb",
                "/a%25b",
                "/a%5Cb"
            })
    @Tag("FCGI-80")
    @Tag("FCGI-121")
    void isNotAskedAboutWithAParameterOrSuspiciouslyIfItDecides(String target) {
        assertRefused(403, UNCLEAR, () -> ClientPath.requireClear(uri(target), true));
        assertThatCode(() -> ClientPath.requireClear(uri(target), false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/", "/a.b/.c/..d/...", "/%2ea", "/a;jsessionid=1", "/a/;jsessionid=", "/a?;x/..//"})
    @Tag("FCGI-80")
    void isAskedAboutOtherwise(String target) {
        assertThatCode(() -> ClientPath.requireClear(uri(target), true)).doesNotThrowAnyException();
    }
}
