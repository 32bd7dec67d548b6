package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinedCookiesTest {
    @ParameterizedTest
    @CsvSource({
        "Apache/2.4.57 (Debian), HTTP/1.1, true",
        "Caddy/v2.6.2, HTTP/1.0, true",
        "Apache/2.4.57, HTTP/2.0, false",
        "Apache, HTTP/1.1, true",
        "ApacheLike/1, HTTP/1.1, false",
        "Apache\u00e9, HTTP/1.1, true",
        "Apache-Coyote/1.1, HTTP/1.1, false",
        "nginx/1.22.1, HTTP/1.1, false",
        ", HTTP/1.1, false",
        "Apache, , false"
    })
    void areJoinedBySomeWebServers(String software, String protocol, boolean joined) {
        assertThat(JoinedCookies.isJoining(software, protocol)).isEqualTo(joined);
    }

    @Test
    void arePartedWhereOneHeaderHasEnded() {
        assertThat(JoinedCookies.apart("a=1, b=2; c=3")).isEqualTo("a=1; b=2; c=3");
        assertThat(JoinedCookies.apart("a=1, 2")).isEqualTo("a=1, 2");
        assertThat(JoinedCookies.apart("a=\"$x, b=2\", c=3")).isEqualTo("a=\"$x, b=2\"; c=3");
    }
}
