package dev.gangway.servlet.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.fcgi.config.AttributePatterns;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.FcgiLimits;
import dev.gangway.fcgi.config.PathSource;
import dev.gangway.fcgi.config.PortSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FcgiOptionsTest {
    @Test
    void defaultsAreThoseOfTheConnector() {
        assertThat(parse()).usingRecursiveComparison().isEqualTo(new FcgiConfiguration());
    }

    @Test
    void everyOptionReachesTheConnector() {
        FcgiConfiguration expected = new FcgiConfiguration();
        expected.setMaxConnections(1);
        expected.setMaxRequests(2);
        expected.setMultiplexing(false);
        expected.setMaxParams(3);
        expected.setMaxParamsBytes(4096);
        expected.setMaxBufferedStdinBytes(5);
        expected.setParamsTimeout(Duration.ofSeconds(6));
        expected.setRequestIdleTimeout(Duration.ofSeconds(7));
        expected.setRequestReadTimeout(Duration.ofSeconds(15));
        expected.setRequestWriteTimeout(Duration.ofSeconds(16));
        expected.setConnectionIdleTimeout(Duration.ofSeconds(8));
        expected.setStallTimeout(Duration.ofSeconds(9));
        expected.setMaxRequestsPerConnection(10);
        expected.setMaxUriLength(11);
        expected.setMaxBodyBytes(12_000_000_000L);
        expected.setMinBodyRate(13);
        expected.setBodyRateGrace(Duration.ofSeconds(14));
        expected.setPathSource(PathSource.SCRIPT_NAME_PATH_INFO);
        expected.setPortSource(PortSource.HOST);
        expected.setStripPrefix("/shop");
        expected.setParamsCharset(StandardCharsets.ISO_8859_1);
        expected.setEarlyHints(true);
        expected.setRedirectAuthorization(true);
        expected.setHalfClose(FcgiConfiguration.HalfClose.TOLERATE);
        expected.setMaxBufferedInputBytes(15);
        expected.setConnectionThreads(17);

        FcgiConfiguration actual = parse(
                "--max-connections=1",
                "--max-requests-at-once=2",
                "--connection-threads=17",
                "--no-multiplexing",
                "--max-params=3",
                "--max-params-bytes=4096",
                "--max-buffered-stdin-bytes=5",
                "--params-timeout=6",
                "--request-idle-timeout=7",
                "--read-timeout=15",
                "--write-timeout=16",
                "--connection-idle-timeout=8",
                "--stall-timeout=9",
                "--max-requests-per-connection=10",
                "--max-uri-length=11",
                "--max-body-bytes=12000000000",
                "--min-body-rate=13",
                "--body-rate-grace=14",
                "--path-from=script-name-path-info",
                "--port-from=host",
                "--strip-prefix=/shop",
                "--params-charset=latin1",
                "--early-hints",
                "--redirect-authorization",
                "--half-close=tolerate",
                "--max-buffered-input-bytes=15");

        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void oneTimeoutIsThatOfReadsAndWritesUnlessTheyHaveTheirOwn() {
        FcgiConfiguration both = parse("--request-idle-timeout=7");
        FcgiConfiguration apart = parse("--request-idle-timeout=7", "--write-timeout=300");

        assertThat(both.getRequestReadTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(both.getRequestWriteTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(apart.getRequestReadTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(apart.getRequestWriteTimeout()).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void connectionThreadsHaveWordsForTheirExtremes() {
        assertThat(parse("--connection-threads=off").getConnectionThreads()).isZero();
        assertThat(parse("--connection-threads=Auto").getConnectionThreads()).isEqualTo(FcgiLimits.AUTO);
        assertThatThrownBy(() -> parse("--connection-threads=-1"))
                .hasMessage("Invalid value for option '--connection-threads': '-1' is not auto, off or a whole number");
        assertThatThrownBy(() -> parse("--connection-threads=many"))
                .hasMessageContaining("'many' is not auto, off or a whole number");
    }

    @Test
    void multiplexingMayBeAskedFor() {
        assertThat(parse("--multiplexing").isMultiplexing()).isTrue();
    }

    @Test
    void attributePatternsAreSeparatedByCommas() {
        assertThat(parse("--attributes=SSL_*,REMOTE_IDENT", "--attributes", "GEO_*")
                        .getAttributes())
                .usingRecursiveComparison()
                .isEqualTo(AttributePatterns.of(List.of("SSL_*", "REMOTE_IDENT", "GEO_*")));
    }

    private static FcgiConfiguration parse(String... arguments) {
        FcgiOptions options = new FcgiOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return options.configuration();
    }
}
