package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A servlet of any environment reads the body and the file of a Filter. */
@ParameterizedClass
@EnumSource
@Tag("FCGI-82")
class FilterIT {
    @RegisterExtension
    static final Trusting TRUSTING = new Trusting();

    private final Environment environment;

    FilterIT(Environment environment) {
        this.environment = environment;
    }

    private FcgiResponse filter(String body, String file, long announced) {
        Pairs pairs = Pairs.post(ProtectedApplication.OPEN.path(environment) + "/combine", body.length())
                .and("FCGI_DATA_LENGTH", Long.toString(announced), "FCGI_DATA_LAST_MOD", "1000000000");
        try (Peer peer = Peer.connect(TRUSTING.gangway().tcp())) {
            return peer.begin(1, FILTER, CLOSE)
                    .params(1, pairs)
                    .paramsEnd(1)
                    .stdin(1, body)
                    .stdinEnd(1)
                    .data(1, file.getBytes(StandardCharsets.US_ASCII))
                    .dataEnd(1)
                    .response(1);
        }
    }

    @Test
    @Tag("FCGI-84")
    void servletReadsBothStreams() {
        String body = "body ".repeat(20_000);
        String file = "file ".repeat(200_000);

        FcgiResponse response = filter(body, file, file.length());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header().one("X-Announced")).isEqualTo("1000000 bytes of 2001-09-09T01:46:40Z");
        assertThat(response.header().all("X-Failure")).isEmpty();
        assertThat(response.text()).isEqualTo(body + "|" + file);
    }

    @Test
    @Tag("FCGI-86")
    void servletSeesThatTheFileIsCut() {
        FcgiResponse response = filter("body", "fil", 4);

        assertThat(response.header().one("X-Failure")).isEqualTo("DATA ended after 3 of 4 bytes");
        assertThat(response.text()).isEqualTo("body|fil");
    }

    @Test
    @Tag("FCGI-85")
    @Tag("FCGI-86")
    void servletSeesThatTheFileIsTooLong() {
        FcgiResponse response = filter("body", "files", 4);

        assertThat(response.header().one("X-Failure")).isEqualTo("DATA is longer than the 4 bytes announced");
        assertThat(response.text()).isEqualTo("body|file");
    }
}
