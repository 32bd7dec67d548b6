package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpException;
import org.junit.jupiter.api.Test;

class HeadLimitTest {
    @Test
    void takesWhatFits() {
        assertThat(new HeadLimit(100).excess(100)).isNull();
    }

    @Test
    void answersWhatDoesNotAsOverHttp() {
        assertThat(new HeadLimit(100).excess(101))
                .hasMessageContaining("response headers of 101 bytes, want at most 100")
                .satisfies(
                        excess -> assertThat(((HttpException) excess).getCode()).isEqualTo(500));
    }

    @Test
    void isNoLongerThanARecord() {
        assertThat(new HeadLimit(1 << 20).bytes()).isEqualTo(0xFFFF & ~7);
    }
}
