package dev.gangway.servlet.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServerOptionsTest {
    @Test
    void redirectsAreRelativeUnlessAskedFor() {
        assertThat(relativeRedirects()).isTrue();
        assertThat(relativeRedirects("--redirects=relative")).isTrue();
        assertThat(relativeRedirects("--redirects=absolute")).isFalse();
    }

    @Test
    void headersOfAResponseMayBeAsLargeAsARecord() {
        assertThat(parse().getMaxResponseHeaderSize()).isEqualTo(16_384);
        assertThat(parse("--max-response-header-bytes=60k").getMaxResponseHeaderSize())
                .isEqualTo(61_440);
        assertThat(parse("--max-response-header-bytes=4k").getResponseHeaderSize())
                .isEqualTo(4096);
        for (String wrong : List.of("1023", "65529")) {
            assertThatThrownBy(() -> parse("--max-response-header-bytes=" + wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("max-response-header-bytes is " + wrong + ", want 1024 to 65528");
        }
    }

    private static boolean relativeRedirects(String... arguments) {
        return parse(arguments).isRelativeRedirectAllowed();
    }

    private static HttpConfiguration parse(String... arguments) {
        ServerOptions options = new ServerOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return options.httpConfiguration();
    }
}
