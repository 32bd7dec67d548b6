package dev.gangway.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ServerOptionsTest {
    @Test
    void redirectsAreRelativeUnlessAskedFor() {
        assertThat(relativeRedirects()).isTrue();
        assertThat(relativeRedirects("--redirects=relative")).isTrue();
        assertThat(relativeRedirects("--redirects=absolute")).isFalse();
    }

    private static boolean relativeRedirects(String... arguments) {
        ServerOptions options = new ServerOptions();
        new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return options.httpConfiguration().isRelativeRedirectAllowed();
    }
}
