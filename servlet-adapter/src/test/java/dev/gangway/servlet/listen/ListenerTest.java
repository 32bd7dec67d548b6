package dev.gangway.servlet.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    private static final SocketAccess ACCESS = SocketAccess.of(SocketAccess.DEFAULT_MODE, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]"})
    void portThatTheSystemChoseIsNamed(String host) throws Exception {
        try (Listener listener = open("tcp:" + host + ":0")) {
            int port = ((InetSocketAddress) listener.address()).getPort();

            assertThat(port).isPositive();
            assertThat(listener).hasToString("tcp:" + host + ":" + port);
        }
    }

    @Test
    void isOpenBeforeItStarts() throws Exception {
        try (Listener listener = open("tcp:127.0.0.1:0")) {
            InetSocketAddress address = (InetSocketAddress) listener.address();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    void closedListenerGivesItsPortBack() throws Exception {
        Listener listener = open("tcp:127.0.0.1:0");
        listener.close();

        open("tcp:127.0.0.1:" + ((InetSocketAddress) listener.address()).getPort())
                .close();
    }

    @Tag("FCGI-157")
    @ParameterizedTest
    @ValueSource(strings = {"tcp:0.0.0.0:0", "tcp:[::]:0", "tcp:192.0.2.1:9000"})
    void addressThatOtherMachinesReachIsRefused(String address) {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> open(address))
                .withMessageStartingWith(address)
                .withMessageContaining("use a loopback address or a Unix-domain socket");
    }

    @Test
    void busyPortIsNamed() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "tcp:127.0.0.1:" + busy.getLocalPort();

            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> open(address))
                    .withMessage("cannot listen on " + address + ": Address already in use");
        }
    }

    @Test
    void unknownHostIsNamed() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> open("tcp:no-such-host.invalid:9000"))
                .withMessageContaining("unknown host 'no-such-host.invalid'");
    }

    @Tag("FCGI-3")
    @Test
    void descriptorZeroThatDoesNotListenIsRefused() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> open("fd:0"))
                .withMessageContaining("descriptor 0 is not a listening socket");
    }

    private static Listener open(String address) throws StartFailure {
        return Listener.open(new Server(), ListenAddress.parse(address), ACCESS, false, new HttpConnectionFactory());
    }
}
