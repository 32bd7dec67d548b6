package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.util.URIUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathEncoderTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/a/B/9, /a/B/9",
        "'/-._~!$&''()*+,=:@', '/-._~!$&''()*+,=:@'",
        "/a b, /a%20b",
        "/a;b, /a%3Bb",
        "/50%, /50%25",
        "/a?b#c, /a%3Fb%23c",
        "/a\\b, /a%5Cb",
        "/[x], /%5Bx%5D",
        "/caf\u00e9, /caf%C3%A9",
        "/\u20ac, /%E2%82%AC",
        "/\u0001\u007f, /%01%7F"
    })
    @Tag("FCGI-118")
    void encodesWhatIsNotPlain(String path, String encoded) {
        assertThat(PathEncoder.encode(path)).isEqualTo(encoded);
    }

    @Test
    @Tag("FCGI-118")
    void isUndoneByDecodingOnce() {
        StringBuilder all = new StringBuilder("/");
        for (char c = 1; c < 0x300; c++) {
            all.append(c);
        }

        assertThat(URIUtil.decodePath(PathEncoder.encode(all.toString()))).isEqualTo(all.toString());
    }
}
