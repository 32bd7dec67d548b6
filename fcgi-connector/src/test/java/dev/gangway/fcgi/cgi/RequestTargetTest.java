package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.PathSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
    private static String target(PathSource source, String prefix, Pairs pairs) {
        return RequestTarget.of(Given.variables(pairs), new TargetRules(source, prefix, 100));
    }

    private static String target(Pairs pairs) {
        return target(PathSource.REQUEST_URI, "", pairs);
    }

    private static void assertRefused(int status, String reason, Runnable action) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(BadRequest.class, refused -> {
            assertThat(refused.getCode()).isEqualTo(status);
            assertThat(refused.getReason()).isEqualTo(reason);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a%20b;x=1/..//c, /a%20b;x=1/..//c",
        "/caf\u00e9, /caf\u00e9",
        "*, *",
        "/?, /?",
        "/a?b?c=/d, /a?b?c=/d",
        "http://other.example:81/path?q, /path?q",
        "http://other.example, /",
        "http://other.example?q=/x, /?q=/x",
        "http://, /",
        "http:///, /",
        "h://x/y, /y",
        "a+b-c.1://x/y, /y",
        "/redirect?to=http://x/y, /redirect?to=http://x/y",
        "/http://x/y, /http://x/y"
    })
    @Tag("FCGI-117")
    void isTheReceivedOneWithoutAuthority(String uri, String target) {
        assertThat(target(Pairs.of("REQUEST_URI", uri, "SCRIPT_NAME", "/other")))
                .isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"path", "?q", "://x/y", "**", "1h://x/y", "x?to=http://y/z", "?to=http://y/z"})
    @Tag("FCGI-117")
    void isAPath(String uri) {
        assertRefused(400, "REQUEST_URI is not a path", () -> target(Pairs.of("REQUEST_URI", uri)));
    }

    @ParameterizedTest
    @CsvSource({"/a, b=c, /a?b=c", "/a?b, c, /a?b", "/a?, c, /a?", "/a, '', /a", "*, q, *?q"})
    @Tag("FCGI-122")
    void hasTheQueryOfItsOwnFirst(String uri, String query, String target) {
        assertThat(target(Pairs.of("REQUEST_URI", uri, "QUERY_STRING", query))).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\u0001", "/a\u001f", "/\u007f", "/?a b", "/a\r\nb"})
    @Tag("FCGI-121")
    void hasNoBlankNorControlCharacter(String uri) {
        String reason = "control character or blank in the request URI";
        String ofQuery = uri.contains(" ") ? reason : "control character in QUERY_STRING";

        assertRefused(400, reason, () -> target(Pairs.of("REQUEST_URI", uri)));
        assertRefused(400, ofQuery, () -> target(Pairs.of("REQUEST_URI", "/", "QUERY_STRING", uri)));
        assertRefused(400, ofQuery, () -> target(Pairs.of("SCRIPT_NAME", "/", "QUERY_STRING", uri)));
        assertRefused(
                400,
                reason,
                () -> target(PathSource.PATH_INFO, "", Pairs.of("PATH_INFO", "/", "REQUEST_URI", "?" + uri)));
        assertThat(target(Pairs.of("REQUEST_URI", "/!~"))).isEqualTo("/!~");
    }

    @ParameterizedTest
    @CsvSource({
        "REQUEST_URI, /raw%20path?q=uri",
        "SCRIPT_NAME_PATH_INFO, /script/info%20%C3%A9%3B?q=string",
        "PATH_INFO, /info%20%C3%A9%3B?q=string",
        "DOCUMENT_URI, /document%23?q=string"
    })
    @Tag("FCGI-118")
    @Tag("FCGI-119")
    void comesFromTheChosenVariables(PathSource source, String target) {
        Pairs all = Pairs.of("REQUEST_URI", "/raw%20path?q=uri", "QUERY_STRING", "q=string")
                .and("SCRIPT_NAME", "/script", "PATH_INFO", "/info \u00e9;", "DOCUMENT_URI", "/document#");

        assertThat(target(source, "", all)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"SCRIPT_NAME, /script, /script", "PATH_INFO, /info, /info", "DOCUMENT_URI, /document, /document"})
    @Tag("FCGI-119")
    void comesFromWhatElseIsThereWithoutRequestUri(String name, String value, String target) {
        assertThat(target(Pairs.of(name, value))).isEqualTo(target);
    }

    @Test
    @Tag("FCGI-119")
    void prefersScriptNameToDocumentUri() {
        assertThat(target(Pairs.of("SCRIPT_NAME", "/script", "DOCUMENT_URI", "/document")))
                .isEqualTo("/script");
    }

    @ParameterizedTest
    @EnumSource(PathSource.class)
    @Tag("FCGI-119")
    void isRefusedWithoutAPath(PathSource source) {
        String reason =
                "no path in the parameters for " + source.name().toLowerCase().replace('_', '-');

        assertRefused(400, reason, () -> target(source, "", Pairs.of("QUERY_STRING", "q")));
        assertRefused(
                400,
                reason,
                () -> target(source, "", Pairs.of("SCRIPT_NAME", "a", "PATH_INFO", "b", "DOCUMENT_URI", "c")));
    }

    @ParameterizedTest
    @CsvSource({"q=1, /path?q=1", "'', /path", "absent, /path?q=uri"})
    @Tag("FCGI-122")
    void hasTheQueryOfRequestUriOnlyWhereThereIsNoOther(String query, String target) {
        Pairs pairs = Pairs.of("REQUEST_URI", "/raw?q=uri", "PATH_INFO", "/path");
        Pairs sent = query.equals("absent") ? pairs : pairs.and("QUERY_STRING", query);

        assertThat(target(PathSource.PATH_INFO, "", sent)).isEqualTo(target);
    }

    @Test
    @Tag("FCGI-122")
    void hasNoQueryIfNoneIsSent() {
        assertThat(target(PathSource.PATH_INFO, "", Pairs.of("REQUEST_URI", "/raw", "PATH_INFO", "/path")))
                .isEqualTo("/path");
        assertThat(target(PathSource.PATH_INFO, "", Pairs.of("REQUEST_URI", "?q", "PATH_INFO", "/path")))
                .isEqualTo("/path?q");
    }

    @ParameterizedTest
    @CsvSource({
        "/shop/cart%20x;y=1?q=/shop, /cart%20x;y=1?q=/shop",
        "/shop/, /",
        "/shop, /",
        "/shop?q, /?q",
        "/shop/shop/, /shop/"
    })
    @Tag("FCGI-120")
    void losesThePrefix(String uri, String target) {
        assertThat(target(PathSource.REQUEST_URI, "/shop", Pairs.of("REQUEST_URI", uri)))
                .isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/shopping", "/shop;x", "/other/shop/", "/Shop/", "*"})
    @Tag("FCGI-120")
    void isNotFoundOutsideThePrefix(String uri) {
        assertRefused(
                404, "not below /shop", () -> target(PathSource.REQUEST_URI, "/shop", Pairs.of("REQUEST_URI", uri)));
    }

    @Test
    @Tag("FCGI-160")
    void hasAGreatestLength() {
        String hundred = "/" + "x".repeat(99);

        assertThat(target(Pairs.of("REQUEST_URI", hundred))).isEqualTo(hundred);
        assertRefused(
                414, "the URI has more than 100 characters", () -> target(Pairs.of("REQUEST_URI", hundred + "x")));
        assertRefused(
                414,
                "the URI has more than 100 characters",
                () -> target(Pairs.of("SCRIPT_NAME", hundred, "QUERY_STRING", "q")));
    }

    @ParameterizedTest
    @CsvSource({"REQUEST_URI, request-uri", "SCRIPT_NAME_PATH_INFO, script-name-path-info"})
    void writesTheSourceAsAnOption(PathSource source, String text) {
        assertThat(source).hasToString(text);
    }
}
