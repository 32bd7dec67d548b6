package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Installation;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One line and an exit status for each mistake, whoever notices it: script, runner or container. */
class MistakesIT {
    private static final String SAMPLE = Installation.built().sampleWar().toString();

    @Test
    void commandLine() {
        try (Command gangway = Command.gangway("run", SAMPLE, "--listen=nowhere")) {
            assertFails(gangway, 2, "gangway: Invalid value for option '--listen'");
        }
        try (Command gangway = Command.gangway("run", SAMPLE, "--listen=unix:app.sock", "--idle-exit=0")) {
            assertFails(gangway, 2, "gangway: idle-exit is 0, want at least 1");
        }
    }

    /** A variable that a script did not set. */
    @Test
    void emptyPlace() {
        try (Command gangway = Command.gangway("run", "", "--context-path=/", "--listen=unix:app.sock")) {
            assertFails(
                    gangway,
                    2,
                    "gangway: Invalid value for positional parameter at index 0..* (APP): '' names no file");
        }
        try (Command gangway = Command.gangway("serve", "", "--listen=unix:app.sock")) {
            assertFails(gangway, 2, "gangway: DIR is empty");
        }
    }

    @Test
    void wholeFileSystem() {
        for (String command : List.of("run", "serve")) {
            try (Command gangway = Command.gangway(command, "/", "--static", "--listen=unix:app.sock")) {
                assertFails(gangway, 1, "gangway: / is the whole file system, not ");
            }
        }
    }

    @Test
    void directoryThatIsNoApplication(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("id_rsa"), "secret");
        try (Command gangway = Command.gangway("run", "/=" + folder, "--listen=unix:app.sock")) {
            assertFails(gangway, 1, "gangway: " + folder + " has no WEB-INF, so it is not a web application;");
        }
        try (Command gangway = Command.gangway("run", "/=" + folder, "--static", "--listen=unix:app.sock")) {
            gangway.awaitReady();
            try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock")))) {
                assertThat(peer.get(1, 0, "/id_rsa").response(1).text()).isEqualTo("secret");
            }
        }
    }

    @Test
    void variableThatIsNotSet(@TempDir Path folder) throws Exception {
        Path configuration = Files.writeString(
                folder.resolve("gangway.properties"),
                "listen = unix:app.sock\nsecret-file = ${env:NO_SUCH_VARIABLE}\n");
        try (Command gangway = Command.gangway("run", SAMPLE, "--config=" + configuration)) {
            assertFails(
                    gangway,
                    2,
                    "gangway: " + configuration + ":2: 'secret-file': there is no value for ${env:NO_SUCH_VARIABLE};");
        }
    }

    @Test
    void configurationOfACgiProgram() {
        try (Command usage = Command.gangway("config")) {
            assertThat(usage.await()).isEqualTo(2);
            assertThat(usage.err()).startsWith("Usage: gangway fcgid APP...");
        }
        try (Command unknown = Command.gangway("config", "nginx")) {
            assertFails(unknown, 2, "gangway: there is no 'config nginx', want config cgi");
        }
        try (Command missing = Command.gangway("config", "cgi", "missing.war")) {
            assertThat(missing.await()).isZero();
            assertThat(missing.err()).isEqualTo("gangway: there is no missing.war\n");
            assertThat(missing.out()).contains("exec ", " cgi 'missing.war'");
        }
        try (Command mistyped = Command.gangway("config", "cgi", SAMPLE, "--usres=x")) {
            assertFails(mistyped, 2, "gangway: Unknown option: '--usres=x', did you mean '--users'?");
        }
    }

    /** As by MemoryDenyWriteExecute=yes in a unit of systemd. Kernels before 6.3 cannot. */
    @Test
    void javaMayNotWriteAndExecute() {
        List<String> denied = List.of("perl", "-e", "syscall(157, 65, 1, 0, 0, 0) == 0 or exit 77; exec @ARGV");
        try (Command gangway =
                Command.start(builder -> {}, Command.withGangway(denied, "run", SAMPLE, "--listen=unix:app.sock"))) {
            int status = gangway.await();

            assumeThat(status).as("the kernel denies nothing").isNotEqualTo(77);
            assertThat(status).isEqualTo(1);
            // Java says so on standard output.
            assertThat(gangway.out()).contains("Failed to mark memory page as executable");
        }
    }

    @Test
    void helpAndVersionAreCommandsToo() {
        for (String command : List.of("help", "version")) {
            try (Command gangway = Command.gangway(command)) {
                assertThat(gangway.await()).isZero();
                assertThat(gangway.out()).contains("Gangway");
            }
        }
    }

    @Tag("FCGI-111")
    @Test
    void missingApplication() {
        try (Command gangway = Command.gangway("run", "missing.war", "--listen=unix:app.sock")) {
            assertFails(gangway, 1, "gangway: there is no missing.war\n");
        }
    }

    @Test
    void wrongEnvironment() {
        try (Command gangway = Command.gangway("run", SAMPLE, "--ee=ee8", "--listen=unix:app.sock")) {
            assertFails(
                    gangway,
                    1,
                    "gangway: " + SAMPLE + " needs jakarta.servlet, which ee8 does not have;"
                            + " start it with --ee ee11\n");
        }
    }

    @Tag("FCGI-158")
    @Test
    void socketInUse() {
        try (Command first = Command.gangway("run", SAMPLE, "--listen=unix:app.sock")) {
            first.awaitReady();
            Path socket = first.file("app.sock");

            try (Command second = Command.gangway("run", SAMPLE, "--listen=unix:" + socket)) {
                assertFails(second, 1, "gangway: unix:" + socket + " is in use by a running process");
            }
            assertThat(socket).exists();
        }
    }

    @Tag("FCGI-3")
    @Test
    void descriptorZeroThatIsNoListeningSocket() {
        try (Command devNull = Command.gangway("run", SAMPLE, "--listen=fd:0")) {
            assertFails(devNull, 1, "gangway: descriptor 0 is not a listening socket;");
        }
        List<String> words = Command.withGangway(List.of(), "run", SAMPLE);
        try (Command pipe = Command.start(builder -> builder.redirectInput(ProcessBuilder.Redirect.PIPE), words)) {
            assertFails(pipe, 2, "gangway: nowhere to listen: give --listen ADDRESS");
        }
        words = Command.withGangway(List.of("/bin/sh", "-c", "exec \"$@\" 0<&-", "sh"), "run", SAMPLE);
        try (Command closed = Command.start(builder -> {}, words)) {
            assertFails(closed, 2, "gangway: nowhere to listen: give --listen ADDRESS");
        }
    }

    @Test
    void applicationThatFailsToStart(@TempDir Path folder) throws Exception {
        Path descriptor =
                Files.createDirectories(folder.resolve("broken/WEB-INF")).resolve("web.xml");
        Files.writeString(
                descriptor,
                """
                <web-app version="6.1">
                  <listener><listener-class>no.such.Listener</listener-class></listener>
                </web-app>
                """);
        Path broken = folder.resolve("broken");
        try (Command gangway = Command.gangway("run", broken.toString(), "--listen=unix:app.sock")) {
            assertThat(gangway.await()).isEqualTo(1);
            assertThat(gangway.err())
                    .contains("no.such.Listener")
                    .contains("\ngangway: " + broken + " failed to start at /broken: ")
                    .endsWith("; the log says more\n");
            assertThat(gangway.files()).containsExactly(gangway.file("err.log"), gangway.file("out.log"));
        }
    }

    @Test
    void noJava(@TempDir Path folder) {
        try (Command wrong = withJavaHome(folder)) {
            assertFails(wrong, 1, "gangway: JAVA_HOME is " + folder + ", but there is no bin/java in it\n");
        }
    }

    @Test
    void oldJava(@TempDir Path folder) throws Exception {
        for (String version : List.of("1.8.0_392", "11.0.21")) {
            Path java = Files.createDirectories(folder.resolve(version).resolve("bin"))
                    .resolve("java");
            Files.createFile(java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            Files.writeString(folder.resolve(version).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");

            String feature = version.startsWith("1.") ? "8" : "11";
            try (Command old = withJavaHome(folder.resolve(version))) {
                assertFails(old, 1, "gangway: " + java + " is Java " + feature + "; install Java 17 or later");
            }
        }
    }

    private static Command withJavaHome(Path home) {
        return Command.start(
                builder -> builder.environment().put("JAVA_HOME", home.toString()),
                Command.withGangway(List.of(), "--version"));
    }

    private static void assertFails(Command gangway, int status, String line) {
        assertThat(gangway.await()).isEqualTo(status);
        assertThat(gangway.err()).startsWith(line).hasLineCount(1);
        assertThat(gangway.out()).isEmpty();
        assertThat(gangway.file("app.sock")).doesNotExist();
    }
}
