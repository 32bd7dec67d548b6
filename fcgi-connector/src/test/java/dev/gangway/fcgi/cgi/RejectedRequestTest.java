package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Pairs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RejectedRequestTest {
    @Test
    @Tag("FCGI-140")
    void tellsMethodTargetAndClient() {
        CgiRequest told = of(Pairs.of("REQUEST_METHOD", "HEAD", "REQUEST_URI", "/a?b", "REMOTE_ADDR", "192.0.2.7"));

        assertThat(told.method()).isEqualTo("HEAD");
        assertThat(told.uri().getPathQuery()).isEqualTo("/a?b");
        assertThat(told.remote().getHostString()).isEqualTo("192.0.2.7");
    }

    @Test
    void tellsWhatIsKnownByOtherNames() {
        CgiRequest told = of(Pairs.of("SCRIPT_NAME", "/app", "PATH_INFO", "/x"));

        assertThat(told.method()).isEqualTo("-");
        assertThat(told.uri().getPathQuery()).isEqualTo("/app/x");
        assertThat(told.remote().getHostString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/a b, /a%20b",
        "/caf\u00e9, /caf%C3%A9",
        "/a%zz, /a%25zz",
        "/%, /%25",
        "/a%C0%AF, /a%C0%AF",
        "/a;x/../b, /a;x/../b",
        "/../.., /%252E%252E/%252E%252E",
        "/%2e%2e/b, /%252e%252e/b",
        "no/path, /no/path",
        "http://h/x, /http://h/x",
        "*, /*",
        "//h/x, //h/x"
    })
    @Tag("FCGI-113")
    void showsAnyTargetInPrintableCharacters(String uri, String shown) {
        assertThat(of(Pairs.of("REQUEST_URI", uri)).uri().getPathQuery()).isEqualTo(shown);
    }

    @Test
    @Tag("FCGI-113")
    void neverShowsAnotherLineNorAllOfALongOne() {
        CgiRequest told = of(Pairs.of(
                "REQUEST_METHOD",
                "GET\r\nX",
                "REQUEST_URI",
                "/\r\n\u001b[1m\"\\" + "x".repeat(9000),
                "REMOTE_ADDR",
                "1\n2"));

        assertThat(told.method()).isEqualTo("GET%0D%0AX");
        assertThat(told.uri().toString()).matches("[!-~]{1000,1100}").endsWith("...");
        assertThat(told.remote().getHostString()).isEqualTo("1%0A2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST_URI", "REQUEST_METHOD", "REMOTE_ADDR", "SCRIPT_NAME"})
    @Tag("FCGI-113")
    void showsAnyByte(String name) {
        for (int b = 1; b < 256; b++) {
            for (String before : new String[] {"/a", "", "//", "/?", "/a/../..", "/%"}) {
                CgiRequest told = of(Pairs.of(name, before + (char) b + "X: y"));

                assertThat(told.method() + told.uri() + told.remote().getHostString())
                        .matches("[!-~]*");
            }
        }
    }

    private static CgiRequest of(Pairs pairs) {
        return RejectedRequest.of(Given.params(pairs));
    }
}
