package dev.gangway.servlet.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("FCGI-121")
class SuspiciousPathTest {
    private static boolean isAllowed(String path, Set<SuspiciousPath> allowed) {
        HttpURI uri = HttpURI.from("http://app.example" + path);
        return SuspiciousPath.compliance(allowed).getAllowed().containsAll(uri.getViolations());
    }

    @ParameterizedTest
    @CsvSource({"/a%2Fb, ENCODED_SLASH", "/a//b, EMPTY_SEGMENT", "/a%25b, ENCODED_PERCENT", "/a%5cb, ENCODED_BACKSLASH"
    })
    void isAllowedByItsNameOnly(String path, SuspiciousPath name) {
        assertThat(isAllowed(path, Set.of())).isFalse();
        assertThat(isAllowed(path, EnumSet.of(name))).isTrue();
        assertThat(isAllowed(path, EnumSet.complementOf(EnumSet.of(name)))).isFalse();
    }

    @Test
    void allowsWhatJettyDoesUnlessAnythingIsNamed() {
        assertThat(SuspiciousPath.compliance(Set.of())).isSameAs(UriCompliance.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%2F..%2Fb",
                "/a%2F.",
                "/..%5Cb",
                "/a//../b",
                "/a%252F%252e%252e",
                "/%25252e%25252e%25252fb",
                "/a%2F..;x/b",
                "/a%2F..%3Bx/b",
                "/%5C%7F"
            })
    void isNeverADotSegmentNorAControlCharacter(String path) {
        assertThat(SuspiciousPath.isNeverAllowed(HttpURI.from("http://app.example" + path)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%2Fb", "/a//b", "/100%25", "/a%5C...", "/a..%2F..b", "/.a%2F", "/a%2Fb;..", "/%25zz"})
    void isElseWhateverItIs(String path) {
        assertThat(SuspiciousPath.isNeverAllowed(HttpURI.from("http://app.example" + path)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "//a///b, /a/b",
        "/a%2fb%5Cc, /a/b/c",
        "/a%252Fb, /a/b",
        "/%C3%A9, /\u00e9",
        "/100%, /100%",
        "/%zz%4, /%zz%4",
        "/%25%36%31, /a",
        "/%%36%31, /a",
        "/%4%331, /C1",
        "/%6%31, /a",
        "/%252525zz, /%zz",
        "/%25C3%A9, /\u00e9"
    })
    void hasAPlainForm(String path, String plain) {
        assertThat(SuspiciousPath.plain(path)).isEqualTo(plain);
    }

    /** Each layer ends where the next begins: who takes off one after the other needs a million times a million steps. */
    @Test
    void hasAPlainFormThatIsFoundInOnePass() {
        int layers = 1_000_000;
        String wrapped = "/%" + "25".repeat(layers) + "2e./";
        String many = "/" + "%25".repeat(layers) + "2e";

        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            assertThat(SuspiciousPath.plain(wrapped)).isEqualTo("/../");
            assertThat(SuspiciousPath.plain(many)).isEqualTo("/" + "%".repeat(layers - 1) + ".");
        });
    }

    @Test
    void isNamedAsAnOption() {
        assertThat(SuspiciousPath.parse(List.of("encoded-slash", "Empty-Segment")))
                .containsExactly(SuspiciousPath.ENCODED_SLASH, SuspiciousPath.EMPTY_SEGMENT);
        assertThat(SuspiciousPath.parse(List.of())).isEmpty();
        assertThatThrownBy(() -> SuspiciousPath.parse(List.of("dots")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'dots'")
                .hasMessageContaining("encoded-slash, empty-segment, encoded-percent, encoded-backslash");
    }
}
