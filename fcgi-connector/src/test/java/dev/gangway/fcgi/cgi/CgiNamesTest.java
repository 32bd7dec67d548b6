package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.record.Params;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgiNamesTest {
    private static CgiNames.KnownName find(String name) {
        Params params = Given.decoded(Pairs.of("BEFORE", "x", name, "value"));
        return CgiNames.find(params, 1);
    }

    @ParameterizedTest
    @EnumSource(CgiVariable.class)
    void knowsEachVariable(CgiVariable variable) {
        assertThat(find(variable.name()).variable()).isEqualTo(variable);
        assertThat(find(variable.name()).header()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_HOST, HOST",
        "HTTP_ACCEPT, ACCEPT",
        "HTTP_ACCEPT_LANGUAGE, ACCEPT_LANGUAGE",
        "HTTP_AUTHORIZATION, AUTHORIZATION",
        "HTTP_COOKIE, COOKIE",
        "HTTP_IF_NONE_MATCH, IF_NONE_MATCH",
        "HTTP_USER_AGENT, USER_AGENT"
    })
    @Tag("FCGI-130")
    void knowsCommonHeaders(String name, HttpHeader header) {
        assertThat(find(name).header()).isEqualTo(header);
        assertThat(find(name).variable()).isNull();
    }

    @Test
    @Tag("FCGI-130")
    void knowsEveryHeaderThatJettyKnows() {
        for (HttpHeader header : HttpHeader.values()) {
            if (!header.asString().startsWith(":")) {
                String name =
                        "HTTP_" + header.asString().toUpperCase(Locale.ROOT).replace('-', '_');
                assertThat(find(name)).as(name).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP_CONNECTION",
                "HTTP_KEEP_ALIVE",
                "HTTP_PROXY_CONNECTION",
                "HTTP_TRANSFER_ENCODING",
                "HTTP_TE",
                "HTTP_TRAILER",
                "HTTP_UPGRADE",
                "HTTP_EXPECT",
                "HTTP_CONTENT_TYPE",
                "HTTP_PROXY"
            })
    @Tag("FCGI-131")
    @Tag("FCGI-132")
    void knowsHeadersToDrop(String name) {
        assertThat(find(name).header()).isNull();
        assertThat(find(name).variable()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP_",
                "HTTP_HOS",
                "HTTP_HOSTS",
                "http_host",
                "HTTP_:METHOD",
                "HTTP_X_FOO",
                "HTTPS_",
                "https"
            })
    @Tag("FCGI-41")
    void knowsNoOtherName(String name) {
        assertThat(find(name)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_X, true",
        "HTTP_, true",
        "HTTP, false",
        "HTTPS, false",
        "'', false",
        "XHTTP_X, false",
        "http_x, false"
    })
    @Tag("FCGI-130")
    void tellsHeadersByTheirBeginning(String name, boolean header) {
        assertThat(CgiNames.isHeader(name)).isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_X, X",
        "HTTP_X_FORWARDED_FOR, X-Forwarded-For",
        "HTTP_AZ09, Az09",
        "HTTP_0_9_A_Z, 0-9-A-Z",
        "HTTP_ETAG2, Etag2",
        "'HTTP_A!#$%&''*+.^`|~Z', 'A!#$%&''*+.^`|~z'"
    })
    @Tag("FCGI-130")
    void writesHeadersAsUsual(String name, String header) {
        assertThat(CgiNames.headerName(name)).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP_",
                "HTTP__",
                "HTTP__X",
                "HTTP_X__Y",
                "HTTP_X_",
                "HTTP_X-Y",
                "HTTP_x",
                "HTTP_X/",
                "HTTP_X:",
                "HTTP_X@",
                "HTTP_X[",
                "HTTP_X Y",
                "HTTP_X\nY",
                "HTTP_X\u00c4"
            })
    @Tag("FCGI-133")
    void makesNoLookAlikes(String name) {
        assertThat(CgiNames.headerName(name)).isNull();
    }

    /** The headers that are in the table for speed alone have the names that they would have without it. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP_SEC_FETCH_DEST", "HTTP_UPGRADE_INSECURE_REQUESTS", "HTTP_PRIORITY", "HTTP_DNT"})
    @Tag("FCGI-130")
    void knowsWhatBrowsersSend(String name) {
        assertThat(find(name).header()).isNull();
        assertThat(find(name).field()).isEqualTo(CgiNames.headerName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET", "GE", "GETS", "gzip, deflate, br", "443", "444", "u=0, i", "\u00e4"})
    void takesKnownValuesForWhatTheyAre(String value) {
        byte[] bytes = ("x" + value + "x").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(KnownValues.text(bytes, 1, bytes.length - 1)).isEqualTo(value);
    }
}
