package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.example:8080",
                "a-b_c.example",
                "192.0.2.1",
                "[::1]",
                "[::1]:80",
                "::1",
                "::ffff:1.2.3.4"
            })
    @Tag("FCGI-125")
    void isANameOrAnAddress(String text) {
        assertThat(ServerName.is(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_", "~^(.+)$", "a b", "a.example:", "[::1", "-a", "a/b"})
    @Tag("FCGI-125")
    void isNothingElse(String text) {
        assertThat(ServerName.is(text)).isFalse();
    }

    /** HAProxy has the client's Host header for it. */
    @ParameterizedTest
    @ValueSource(strings = {"f", ":", ".", "a", "-", "["})
    @Tag("FCGI-125")
    void isFoundOutInTimeHoweverLong(String filler) {
        for (String end : new String[] {"!", ":g", "]"}) {
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> ServerName.is(filler.repeat(100_000) + end));
        }
    }
}
