package dev.gangway.it.command;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Started with a listening socket on descriptor 0, by {@code spawn-fcgi}, which becomes the process itself. */
@Tag("FCGI-1")
@Tag("FCGI-2")
@Tag("FCGI-5")
class DescriptorZeroIT {
    private static final String SAMPLE = Installation.built().sampleWar().toString();

    @Tag("FCGI-7")
    @Tag("FCGI-8")
    @Test
    void unixSocketIsLeftAsItWasFound() throws Exception {
        try (Command gangway = spawn(List.of(), List.of("-s", "app.sock", "-M", "0640"), Map.of())) {
            Path socket = gangway.file("app.sock");
            assertServes(UnixDomainSocketAddress.of(socket));

            assertThat(gangway.stop()).isZero();

            assertThat(socket).exists();
            assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
            assertThat(gangway.err())
                    .containsSubsequence("started on Java", "running requests have 8000 ms to finish", "Stopped");
        }
    }

    @Tag("FCGI-7")
    @Tag("FCGI-111")
    @Test
    void unixSocketIsLeftAloneAfterSoManyRequestsToo() throws Exception {
        List<String> options = List.of("--max-requests=1");
        try (Command gangway = spawn(List.of(), List.of("-s", "app.sock"), Map.of(), options)) {
            assertServes(UnixDomainSocketAddress.of(gangway.file("app.sock")));

            assertThat(gangway.await()).isZero();

            assertThat(gangway.file("app.sock")).exists();
            assertThat(gangway.err()).containsSubsequence("Ending: served 1 requests", "Stopped");
        }
    }

    /** Those who connect later wait for the next process at that socket. */
    @Tag("FCGI-109")
    @Test
    void requestOnAConnectionFromBeforeTheStopIsServed() throws Exception {
        try (Command gangway = spawn(List.of(), List.of("-s", "app.sock"), Map.of(), List.of("--stop-timeout=100"))) {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(gangway.file("app.sock"));
            awaitListening(address);
            try (Peer peer = Peer.connect(address)) {
                assertThat(peer.get(1, KEEP_CONN, "/sample/probe/headers").response(1))
                        .hasStatus(200);

                gangway.signal("TERM");
                Await.until("it is stopping", () -> gangway.err().contains("Stopping"));

                assertThat(peer.get(2, KEEP_CONN, "/sample/probe/headers").response(2))
                        .hasStatus(200)
                        .isComplete();
            }
            assertThat(gangway.await()).isZero();
        }
    }

    /** As systemd does for the command of a reload; the mode is that of all who share the socket. */
    @Tag("FCGI-7")
    @Test
    void anotherProcessMayMakeTheSocketBlocking() throws Exception {
        String program = "use Fcntl; while (getppid() == $ARGV[0]) {"
                + "fcntl STDIN, F_SETFL, fcntl(STDIN, F_GETFL, 0) & ~O_NONBLOCK; select undef, undef, undef, 0.01; }";
        List<String> launcher =
                List.of("/bin/sh", "-c", "perl -e '" + program + "' $$ <&0 >&- 2>&- & exec \"$@\"", "sh");
        try (Command gangway = spawn(launcher, List.of("-s", "app.sock"), Map.of())) {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(gangway.file("app.sock"));
            for (int i = 0; i < 50; i++) {
                assertServes(address);
            }

            assertThat(gangway.stop()).isZero();
            assertThat(gangway.err()).contains("Stopped");
        }
    }

    @Tag("FCGI-6")
    @Test
    void environmentMayBeCleared() throws Exception {
        String path = System.getProperty("java.home") + "/bin:/usr/bin:/bin";
        try (Command gangway =
                spawn(List.of("/usr/bin/env", "-i", "PATH=" + path), List.of("-s", "app.sock"), Map.of())) {
            assertServes(UnixDomainSocketAddress.of(gangway.file("app.sock")));
        }
    }

    @Tag("FCGI-7")
    @Tag("FCGI-8")
    @Test
    void tcpSocketWorksLikewise() throws Exception {
        int port = FreePort.find();
        try (Command gangway = spawn(List.of(), List.of("-a", "127.0.0.1", "-p", Integer.toString(port)), Map.of())) {
            assertServes(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

            assertThat(gangway.stop()).isZero();
            assertThat(gangway.err()).containsSubsequence("started on Java", "Stopping", "Stopped");
        }
    }

    @Tag("FCGI-157")
    @Test
    void tcpSocketThatOtherMachinesReachIsRefused() {
        int port = FreePort.find();
        try (Command gangway = spawn(List.of(), List.of("-a", "0.0.0.0", "-p", Integer.toString(port)), Map.of())) {
            assertThat(gangway.await()).isEqualTo(1);
            assertThat(gangway.err()).contains("gangway: fd:0 (tcp:0.0.0.0:" + port + ") is reachable");
        }
    }

    @Tag("FCGI-4")
    @Tag("FCGI-8")
    @Test
    void descriptorsOneAndTwoMayBeClosed() throws Exception {
        List<String> closing = List.of("/bin/sh", "-c", "exec \"$@\" 1>&- 2>&-", "sh");
        List<String> options = List.of("--log=gangway.log", "--access-log=access.log");
        try (Command gangway = spawn(closing, List.of("-s", "app.sock"), Map.of(), options)) {
            Path socket = gangway.file("app.sock");
            awaitListening(UnixDomainSocketAddress.of(socket));
            try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(socket))) {
                for (int i = 0; i < 100; i++) {
                    assertThat(peer.get(1, KEEP_CONN, "/sample/probe/headers").response(1))
                            .hasStatus(200)
                            .isComplete();
                }
            }

            assertThat(gangway.stop()).isZero();

            assertThat(gangway.out()).isEmpty();
            assertThat(gangway.err()).isEmpty();
            assertThat(gangway.text("gangway.log")).containsSubsequence("started on Java", "Stopping", "Stopped");
            assertThat(gangway.text("access.log")).hasLineCount(100);
            for (String line : gangway.text("access.log").split("\n")) {
                assertThat(line).contains("\"GET /sample/probe/headers HTTP/1.1\" 200");
            }
        }
    }

    @Tag("FCGI-6")
    @Test
    void environmentOfTheProcessIsNotThatOfRequests() throws Exception {
        Map<String, String> environment = Map.of("REMOTE_USER", "mallory", "HTTP_X_MALLORY", "1", "HTTPS", "on");
        try (Command gangway = spawn(List.of(), List.of("-s", "app.sock"), environment)) {
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(gangway.file("app.sock"));
            awaitListening(address);
            try (Peer peer = Peer.connect(address)) {
                String page = peer.get(1, 0, "/sample/probe/echo/x").response(1).text();

                assertThat(page)
                        .contains("/sample/probe/echo/x")
                        .doesNotContainIgnoringCase("mallory")
                        .doesNotContain("https");
            }
        }
    }

    private static Command spawn(List<String> launcher, List<String> socket, Map<String, String> environment) {
        return spawn(launcher, socket, environment, List.of());
    }

    private static Command spawn(
            List<String> launcher, List<String> socket, Map<String, String> environment, List<String> options) {
        List<String> words = new ArrayList<>(List.of("/usr/bin/spawn-fcgi", "-n"));
        words.addAll(socket);
        words.add("--");
        words.addAll(launcher);
        List<String> arguments = new ArrayList<>(List.of("run", SAMPLE));
        arguments.addAll(options);
        return Command.start(
                builder -> builder.environment().putAll(environment),
                Command.withGangway(words, arguments.toArray(String[]::new)));
    }

    private static void assertServes(SocketAddress address) throws IOException {
        awaitListening(address);
        try (Peer peer = Peer.connect(address)) {
            assertThat(peer.get(1, 0, "/sample/probe/headers").response(1))
                    .hasStatus(200)
                    .isComplete();
        }
    }

    private static void awaitListening(SocketAddress address) {
        Await.until("somebody listens on " + address, () -> {
            try (SocketChannel channel = SocketChannel.open(address)) {
                return channel.isConnected();
            } catch (IOException e) {
                return false;
            }
        });
    }
}
