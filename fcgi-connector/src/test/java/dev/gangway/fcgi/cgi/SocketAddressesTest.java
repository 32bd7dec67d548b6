package dev.gangway.fcgi.cgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("FCGI-126")
class SocketAddressesTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "2001:db8::7, 2001:db8::7",
        "[2001:db8::7], 2001:db8::7",
        "[2001:db8::7, [2001:db8::7",
        "2001:db8::7], 2001:db8::7]",
        "unix:/run/x, unix:/run/x",
        "'', ''",
        ", ''"
    })
    void keepsTheTextWithoutBrackets(String address, String host) {
        InetSocketAddress made = SocketAddresses.of(address, null, 4711);

        assertThat(made.isUnresolved()).isTrue();
        assertThat(made.getHostString()).isEqualTo(host);
        assertThat(made.getPort()).isEqualTo(4711);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "255.249.199.0, 255.249.199.0",
        "::1, 0:0:0:0:0:0:0:1",
        "[2001:db8::7], 2001:db8:0:0:0:0:0:7",
        "::ffff:192.0.2.7, 192.0.2.7"
    })
    void takesTheNameThatTheWebServerHasFound(String address, String ip) {
        InetSocketAddress made = SocketAddresses.of(address, "client.example", 4711);

        assertThat(made.getHostString()).isEqualTo("client.example");
        assertThat(made.getAddress().getHostAddress()).isEqualTo(ip);
        assertThat(made.getPort()).isEqualTo(4711);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 192.0.2.7", "[::1], [::1]"})
    void takesNoAddressForAName(String address, String name) {
        assertThat(SocketAddresses.of(address, name, 1).isUnresolved()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "256.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "fe80",
                "face",
                ":",
                "1:2:3",
                "unix:",
                "::1%lo",
                "192.0.2.7 "
            })
    void asksNoNameServerForWhatIsNoAddress(String address) {
        InetSocketAddress made = SocketAddresses.of(address, "client.example", 4711);

        assertThat(made.isUnresolved()).isTrue();
        assertThat(made.getHostString()).isEqualTo(address);
        assertThat(made.getPort()).isEqualTo(4711);
    }
}
