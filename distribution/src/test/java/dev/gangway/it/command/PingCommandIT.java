package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gangway ping}: whether a server answers, for those who have no web server to ask. */
class PingCommandIT {
    @Test
    void succeedsWhileTheServerAnswers() {
        try (GangwayProcess gangway = GangwayProcess.start("--ping=/ping")) {
            String unix = "unix:" + gangway.unix().getPath();
            String tcp = "tcp:localhost:" + gangway.tcp().getPort();
            assertSucceeds(unix);
            assertSucceeds(tcp);
            assertSucceeds(unix, "/");
            assertSucceeds(tcp, "/probe/echo?x=1");
            assertFails(unix + " answers 404 to /nowhere", unix, "/nowhere");

            assertThat(gangway.stop()).isZero();

            assertFails(unix + " cannot be reached: No such file or directory", unix);
            assertFails(tcp + " cannot be reached: Connection refused", tcp);
        }
    }

    @Test
    void saysWhyTheServerIsNotReady() {
        try (TempFolder folder = TempFolder.create("ping")) {
            String address = "unix:" + folder.resolve("app.sock");
            try (Command gangway =
                    Command.gangway("serve", folder.path().toString(), "--listen=" + address, "--ping=/ping")) {
                gangway.awaitReady();

                assertFails(address + " answers 503 to /ping: no application", address);
            }
        }
    }

    @Test
    void tellsTheSecret() {
        try (TempFolder folder = TempFolder.create("ping")) {
            Path secret = folder.write("secret", "0123456789abcdef0123456789abcdef\n");
            secret.toFile().setReadable(false, false);
            secret.toFile().setReadable(true, true);
            try (GangwayProcess gangway = GangwayProcess.start("--ping=/ping", "--secret-file=" + secret)) {
                String address = "unix:" + gangway.unix().getPath();
                assertFails(address + " answers 403 to /ping", address);

                try (Command ping = Command.start(
                        builder -> builder.environment().put("GANGWAY_SECRET", "0123456789abcdef0123456789abcdef"),
                        Command.withGangway(List.of(), "ping", address))) {
                    assertThat(ping.await()).as(ping.err()).isZero();
                }
            }
        }
    }

    @Test
    void doesNotWaitForEver() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "tcp:127.0.0.1:" + silent.getLocalPort();

            assertFails(address + " does not answer within 5 s", address);
        }
    }

    /** A server that does not want to hear us, or no FastCGI at all. */
    @Test
    void doesNotTakeTheEndForAnAnswer() throws IOException {
        try (ServerSocket hasty = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "tcp:127.0.0.1:" + hasty.getLocalPort();
            Thread server = new Thread(() -> {
                try (Socket client = hasty.accept()) {
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            server.start();

            assertFails(address + " ends the connection without an answer", address);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ping | name an address, and at most one path",
                "ping unix:/x /a /b | name an address, and at most one path",
                "ping /run/app.sock | the address is '/run/app.sock', want unix:PATH or tcp:HOST:PORT",
                "ping fd:0 | the address is 'fd:0', want unix:PATH or tcp:HOST:PORT",
                "ping unix:/x ping | the path is 'ping', want one that begins with /"
            })
    void mistakesAreTold(String command, String mistake) {
        try (Command ping = Command.gangway(command.split(" "))) {
            assertThat(ping.await()).isEqualTo(2);
            assertThat(ping.err()).isEqualTo("gangway: " + mistake + " (see gangway ping --help)\n");
        }
    }

    @Test
    void needsNoJava() {
        List<String> words = Command.withGangway(List.of("env", "JAVA_HOME=/nowhere"), "ping", "--help");
        try (Command help = Command.start(builder -> {}, words)) {
            assertThat(help.await()).isZero();
            assertThat(help.out()).startsWith("Usage: gangway ping ADDRESS [/PATH]\n");
        }
        words = Command.withGangway(List.of("env", "JAVA_HOME=/nowhere"), "ping", "tcp:127.0.0.1:" + FreePort.find());
        try (Command ping = Command.start(builder -> {}, words)) {
            assertThat(ping.await()).isEqualTo(1);
            assertThat(ping.err()).endsWith("cannot be reached: Connection refused\n");
        }
    }

    private static void assertSucceeds(String... words) {
        try (Command ping = ping(words)) {
            assertThat(ping.await()).as(ping.err()).isZero();
            assertThat(ping.out()).isEqualTo("200\n");
        }
    }

    private static void assertFails(String message, String... words) {
        try (Command ping = ping(words)) {
            assertThat(ping.await()).isEqualTo(1);
            assertThat(ping.err()).isEqualTo("gangway: " + message + "\n");
            assertThat(ping.out()).isEmpty();
        }
    }

    private static Command ping(String... words) {
        return Command.gangway(
                Stream.concat(Stream.of("ping"), Stream.of(words)).toArray(String[]::new));
    }
}
