package dev.gangway.servlet.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.servlet.process.ExitStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gangway check}: what a command would run with, and whether it could. */
class CheckTest {
    private static final String BUSY =
            " is in use; the process that has it has to be stopped first.\nAfter that it would start.\n";

    @TempDir
    private Path folder;

    @Test
    void printsEverySettingWithItsSource() {
        Execution check = check("run --listen tcp:127.0.0.1:9000 --context-path /shop --static .");

        assertThat(check.status()).isEqualTo(ExitStatus.WANTED);
        assertThat(check.err()).isEmpty();
        assertThat(check.out().lines())
                .contains(
                        "app = /shop=.   (command line)",
                        "context-path = /shop   (command line)",
                        "listen = tcp:127.0.0.1:9000   (command line)",
                        "http = (none)   (default)",
                        "half-close = abort   (default)",
                        "stop-timeout = 30   (default)")
                .allMatch(line ->
                        line.matches("[a-z-]+ = .*   \\((default|command line)\\)") || line.equals("It would start."));
    }

    @Test
    void directoryIsNotLookedInto() {
        Execution check = check("serve " + folder + " --http 0 --scan 5");

        assertThat(check.status()).isEqualTo(ExitStatus.WANTED);
        assertThat(check.out().lines()).contains("dir = " + folder + "   (command line)", "scan = 5   (command line)");
    }

    @Test
    void changesNothing() throws IOException {
        Path socket = folder.resolve("app.sock");
        Path log = folder.resolve("log");

        Execution check = check("run --static . --listen unix:" + socket + " --log " + log + " --access-log " + log);

        assertThat(check.status()).isEqualTo(ExitStatus.WANTED);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void runningServerWouldBeTakenOver() throws IOException {
        Path socket = folder.resolve("app.sock");
        try (ServerSocketChannel running = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            running.bind(UnixDomainSocketAddress.of(socket));

            Execution check = check("run --static . --takeover --listen unix:" + socket);

            assertThat(check.status()).isEqualTo(ExitStatus.WANTED);
            assertThat(check.out())
                    .contains("takeover = true   (command line)\n")
                    .endsWith("unix:" + socket + " is in use, and would be taken over.\nIt would start.\n");
            assertThat(folder).isDirectoryContaining("glob:**/app.sock");
        }
    }

    @Test
    void runningServerIsNoObstacle() throws IOException {
        Path socket = folder.resolve("app.sock");
        try (ServerSocketChannel running = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            running.bind(UnixDomainSocketAddress.of(socket));

            Execution check = check("run --static . --listen unix:" + socket);

            assertThat(check.status()).isEqualTo(ExitStatus.WANTED);
            assertThat(check.out()).endsWith("unix:" + socket + BUSY);
        }
        try (ServerSocket running = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "tcp:127.0.0.1:" + running.getLocalPort();

            assertThat(check("run --static . --listen " + address).out()).endsWith(address + BUSY);
            assertThat(check("run --static . --http 127.0.0.1:" + running.getLocalPort())
                            .out())
                    .endsWith(address + BUSY);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "run no.war --http 0 | there is no no.war",
                "serve no/such --http 0 | there is no directory",
                "serve /dev/null --http 0 | /dev/null is not a directory",
                "run /dev/null --http 0 | /dev/null is not a web application",
                "serve / --http 0 | / is the whole file system",
                "run . --http 0 | . has no WEB-INF, so it is not a web application; if all files in it may be public",
                "run --static / --http 0 | / is the whole file system",
                "run --static . --http 0 --lib no.jar | there is no library no.jar",
                "run --static . --http 0 --lib pom.xml | pom.xml is not a library: ",
                "run --static . --http 0 --lib src | there is no jar in the directory src",
                "run --static . --listen fd:0 | descriptor 0 is not a listening socket",
                "run --static . --listen tcp:0.0.0.0:9000 | reachable from other machines",
                "run --static . --listen tcp:no.such.host.invalid:9000 | unknown host 'no.such.host.invalid'",
                "run --static . --http no.such.host.invalid:80 | unknown host 'no.such.host.invalid'",
                "run --static . --listen unix:/no/such/directory/s | cannot make a socket in /no/such/directory: no such directory",
                "run --static . --http 0 --status-listen tcp:0.0.0.0:9000 | --status-listen tcp:0.0.0.0:9000 is reachable from",
                "run --static . --http 0 --status-listen tcp:no.such.host.invalid:9000 | unknown host 'no.such.host.invalid'",
                "run --static . --listen unix:/tmp/s --takeover --status-listen tcp:127.0.0.1:0 | with --takeover, use unix:PATH",
                "run --static . --http 0 --status-listen unix:/dev/null | exists and is not a socket",
                "run --static . --listen unix:/dev/null | exists and is not a socket",
                "run --static . --listen unix:/tmp/s --socket-owner no-such-user | this system has no such user",
                "run --static . --listen unix:/tmp/s --socket-group no-such-group | this system has no such group",
                "run --static . --http 0 --log /no/such/log | cannot write the log /no/such/log: its directory is missing",
                "run --static . --http 0 --log /tmp | cannot write the log /tmp: it is a directory",
                "run --static . --http 0 --access-log /no/such/log | cannot write the access log /no/such/log: its directory"
            })
    void obstacleIsOneLineAndStatusOne(String arguments, String text) {
        Execution check = check(arguments);

        assertThat(check.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(check.err()).startsWith("gangway: ").contains(text).hasLineCount(1);
        assertThat(check.out()).contains("listen = ", "threads = 200").endsWith("It would not start.\n");
    }

    @Test
    void namesEveryObstacle() {
        assertThat(check("run --static no.war . --listen unix:/no/such/directory/s --log /tmp")
                        .err())
                .hasLineCount(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' | Missing required subcommand", "demo | 'demo'", "run | Missing required parameter: 'APP'"})
    void mistakeIsOneLineAndStatusTwo(String arguments, String text) {
        Execution check = check(arguments);

        assertThat(check.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(check.err()).startsWith("gangway: ").contains(text).hasLineCount(1);
        assertThat(check.out()).isEmpty();
    }

    private Execution check(String arguments) {
        return Execution.of(folder, "check " + arguments);
    }
}
