package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.fcgi.config.PortSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortSourceTest {
    @ParameterizedTest
    @CsvSource({
        "HOST_OR_SERVER, 8443, 80, 8443",
        "HOST_OR_SERVER, 1, 80, 1",
        "HOST_OR_SERVER, 0, 80, 80",
        "HOST_OR_SERVER, -1, 80, 80",
        "HOST, 8443, 80, 8443",
        "HOST, 0, 80, 0",
        "SERVER, 8443, 80, 80",
        "SERVER, 8443, 0, 0"
    })
    @Tag("FCGI-125")
    void choosesAPort(PortSource source, int ofHost, int ofServer, int chosen) {
        assertThat(source.port(ofHost, ofServer)).isEqualTo(chosen);
    }

    @ParameterizedTest
    @CsvSource({"HOST_OR_SERVER, host-or-server", "HOST, host", "SERVER, server"})
    void isWrittenAsAnOption(PortSource source, String text) {
        assertThat(source).hasToString(text);
    }
}
