package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HiddenParamsTest {
    private static final String VALUE = "0123456789abcdef";

    private static Secret secret() {
        FcgiConfiguration configuration = new FcgiConfiguration();
        configuration.setSecret(VALUE.getBytes(StandardCharsets.US_ASCII));
        return configuration.secret();
    }

    @ParameterizedTest
    @CsvSource({
        "GANGWAY_SECRET, x, true",
        "REDIRECT_GANGWAY_SECRET, x, true",
        "REDIRECT_REDIRECT_GANGWAY_SECRET, x, true",
        "XREDIRECT_GANGWAY_SECRET, x, false",
        "REMOTE_PASSWD, x, true",
        "ANYTHING, " + VALUE + ", true",
        "ANYTHING, " + VALUE + "x, false",
        "REMOTE_USER, alice, false"
    })
    void hidesTheSecretByItsNameAndByItsValue(String name, String value, boolean hidden) {
        RequestParams params = Given.params(Pairs.of("A", "b", name, value));

        assertThat(HiddenParams.isHidden(params, 0, secret())).isFalse();
        assertThat(HiddenParams.isHidden(params, 1, secret())).isEqualTo(hidden);
    }
}
