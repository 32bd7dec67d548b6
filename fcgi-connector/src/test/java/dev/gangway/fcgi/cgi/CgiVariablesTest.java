package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.conformance.record.Pairs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CgiVariablesTest {
    private final CgiVariables variables = Given.variables(Pairs.of("SERVER_NAME", "caf\u00e9", "HTTPS", ""));

    @Test
    void tellWhatWasSent() {
        assertThat(variables.isSent(CgiVariable.SERVER_NAME)).isTrue();
        assertThat(variables.has(CgiVariable.SERVER_NAME)).isTrue();
        assertThat(variables.pair(CgiVariable.SERVER_NAME).name()).isEqualTo("SERVER_NAME");
        assertThat(variables.get(CgiVariable.SERVER_NAME)).isEqualTo("caf\u00e9");
        assertThat(variables.strictly(CgiVariable.SERVER_NAME)).isEqualTo("caf\u00e9");
    }

    @Test
    @Tag("FCGI-40")
    void takeAnEmptyOneForNone() {
        assertThat(variables.isSent(CgiVariable.HTTPS)).isTrue();
        assertThat(variables.has(CgiVariable.HTTPS)).isFalse();
        assertThat(variables.get(CgiVariable.HTTPS)).isNull();
        assertThat(variables.strictly(CgiVariable.HTTPS)).isEmpty();
    }

    @Test
    void lackTheOthers() {
        assertThat(variables.isSent(CgiVariable.REQUEST_URI)).isFalse();
        assertThat(variables.has(CgiVariable.REQUEST_URI)).isFalse();
        assertThat(variables.get(CgiVariable.REQUEST_URI)).isNull();
        assertThat(variables.strictly(CgiVariable.REQUEST_URI)).isEmpty();
    }

    @Test
    @Tag("FCGI-121")
    void refuseWhatIsNotUtf8WhereItMatters() {
        byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        CgiVariables bad = Given.variables(Pairs.of().and("PATH_INFO".getBytes(), latin));

        assertThat(bad.get(CgiVariable.PATH_INFO)).isEqualTo("caf\uFFFD");
        assertThatThrownBy(() -> bad.strictly(CgiVariable.PATH_INFO))
                .isInstanceOf(BadRequest.class)
                .hasMessage("400: PATH_INFO is not UTF-8");
    }
}
