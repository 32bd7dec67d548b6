package dev.gangway.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.Suite;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gangway conformance}: against Gangway itself, and against what cannot be examined. */
class ConformanceIT {
    private static final String CHECKS = Suite.checks().size() + " checks: ";

    /** Gangway is never silent, so this only decides how long a failing test takes. */
    private static final String PATIENTLY = "--timeout=60";

    private static GangwayProcess gangway;

    private record Execution(int status, String output) {
        static Execution of(String... arguments) {
            try (TempFolder folder = TempFolder.create("conformance")) {
                List<String> command =
                        new ArrayList<>(List.of(Installation.built().command().toString(), "conformance"));
                command.addAll(List.of(arguments));
                Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
                try (ChildProcess process =
                        ChildProcess.start(folder.resolve("conformance.log"), environment, command)) {
                    return new Execution(process.join(), process.log());
                }
            }
        }

        List<String> rowsThatDoNotPass() {
            return output.lines()
                    .filter(line -> line.startsWith("FCGI-"))
                    .filter(line -> !line.matches(".* {2}pass( .*)?"))
                    .map(line -> line.split(" {2,}")[1])
                    .toList();
        }
    }

    @BeforeAll
    static void start() {
        gangway = GangwayProcess.start("--authorizer=/authorize", "--filter");
    }

    @AfterAll
    static void stop() {
        gangway.close();
    }

    @Test
    void gangwayPassesOverTcp() {
        Execution execution = Execution.of("127.0.0.1:" + gangway.tcp().getPort(), "--uri=/probe/headers", PATIENTLY);

        assertThat(execution.status()).as(execution.output()).isZero();
        assertThat(execution.output()).contains("\n" + CHECKS).contains("status 200");
        assertThat(execution.rowsThatDoNotPass()).isEmpty();
    }

    @Test
    void gangwayPassesOverAUnixSocket() {
        Execution execution = Execution.of("unix:" + gangway.unix().getPath(), "--uri=/no/such/page", PATIENTLY);

        assertThat(execution.status()).as(execution.output()).isZero();
        assertThat(execution.output()).contains("\n" + CHECKS).contains("pass            status 404");
        assertThat(execution.rowsThatDoNotPass()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorizer", "filter"})
    void gangwayPassesInOtherRoles(String role) {
        Execution execution = Execution.of(
                "unix:" + gangway.unix().getPath(),
                "--role=" + role,
                "--uri=/probe/headers",
                "--format=markdown",
                PATIENTLY);

        assertThat(execution.status()).as(execution.output()).isZero();
        assertThat(execution.output()).contains("| FCGI-71 | ").contains("\n" + CHECKS);
    }

    @Test
    void parametersReachTheApplication() {
        Execution execution = Execution.of(
                "unix:" + gangway.unix().getPath(), "--param=REQUEST_METHOD=not a token", "--script=/x", PATIENTLY);

        assertThat(execution.output()).contains("pass            status 400");
    }

    @Test
    void closedPortIsOneLine() {
        int port = FreePort.find();

        assertThat(Execution.of("tcp:127.0.0.1:" + port))
                .isEqualTo(new Execution(
                        2, "gangway: nobody listens at tcp:127.0.0.1:" + port + ": Connection refused\n"));
        assertThat(Execution.of("unix:/no/such.sock"))
                .isEqualTo(
                        new Execution(2, "gangway: nobody listens at unix:/no/such.sock: No such file or directory\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "fd:0, 'gangway: ''fd:0'' cannot be connected to, want unix:PATH, tcp:HOST:PORT or HOST:PORT'",
        "9000, 'gangway: ''9000'' lacks a host or a port, want HOST:PORT'",
        "no.such.host.invalid:1, gangway: unknown host 'no.such.host.invalid'",
        "localhost:1 --timeout=0, gangway: Invalid value for option '--timeout': '0.0' is out of range"
    })
    void mistakeIsOneLine(String arguments, String line) {
        Execution execution = Execution.of(arguments.split(" "));

        assertThat(execution.status()).isEqualTo(2);
        assertThat(execution.output()).startsWith(line).hasLineCount(1);
    }
}
