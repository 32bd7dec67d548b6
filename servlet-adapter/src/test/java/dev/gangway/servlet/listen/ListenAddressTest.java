package dev.gangway.servlet.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
    @Test
    void unixPath() {
        assertThat(ListenAddress.parse("unix:/run/app.sock"))
                .isEqualTo(new ListenAddress.Unix(Path.of("/run/app.sock")))
                .hasToString("unix:/run/app.sock");
    }

    @Test
    void relativeUnixPathIsMadeAbsolute() {
        assertThat(ListenAddress.parse("unix:app.sock"))
                .isEqualTo(new ListenAddress.Unix(Path.of("app.sock").toAbsolutePath()));
    }

    @ParameterizedTest
    @CsvSource({"tcp:127.0.0.1:9000, 127.0.0.1, 9000", "tcp:localhost:0, localhost, 0", "tcp:[::1]:65535, ::1, 65535"})
    void tcpHostAndPort(String text, String host, int port) {
        ListenAddress address = ListenAddress.parse(text);

        assertThat(address)
                .isEqualTo(new ListenAddress.Tcp(new HostPort(host, port)))
                .hasToString(text);
    }

    @Test
    void descriptorZero() {
        assertThat(ListenAddress.parse("fd:0"))
                .isEqualTo(new ListenAddress.Inherited())
                .hasToString("fd:0");
    }

    @ParameterizedTest
    @CsvSource({
        "/run/app.sock, want unix:PATH",
        "unix:, names no socket",
        "unix:/run/, names no socket",
        "tcp:9000, want HOST:PORT",
        "tcp::9000, want HOST:PORT",
        "tcp:::1:9000, want [::1]",
        "tcp:localhost:http, want 0 to 65535",
        "tcp:localhost:65536, want 0 to 65535",
        "tcp:localhost:-1, want 0 to 65535",
        "fd:3, want fd:0"
    })
    void malformedAddressSaysWhatIsWanted(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenAddress.parse(text))
                .withMessageContaining(message);
    }
}
