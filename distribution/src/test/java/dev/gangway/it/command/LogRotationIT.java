package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe for logrotate that is installed, and the signal that it has systemd send. */
class LogRotationIT {
    private static final Path EXAMPLES = Installation.built().home().resolve("examples");
    private static final Path RECIPE = EXAMPLES.resolve("logrotate/gangway");

    @Test
    void logsAreRotatedWhileItServes(@TempDir Path folder) throws Exception {
        Path logs = logs(folder);
        try (Command gangway = gangway(logs)) {
            gangway.awaitReady();
            get(gangway, "first");
            awaitText(logs.resolve("access.log"), "body=first");

            rotate(folder, logs, gangway.pid());

            awaitText(logs.resolve("gangway.log"), "Opened the log files anew");
            get(gangway, "second");
            awaitText(logs.resolve("access.log"), "body=second");
            assertThat(logs.resolve("access.log")).content().doesNotContain("body=first");
            assertThat(logs.resolve("access.log.1"))
                    .content()
                    .contains("body=first")
                    .doesNotContain("body=second");
            assertThat(logs.resolve("gangway.log.1")).content().contains("started on Java");
            assertThat(gangway.stop()).isZero();
            assertThat(logs.resolve("gangway.log"))
                    .content()
                    .contains("Stopped")
                    .doesNotContain("started on Java");
        }
    }

    @Test
    void logsGoOnInTheOldFilesIfNewOnesAreImpossible(@TempDir Path folder) throws Exception {
        Path logs = logs(folder);
        try (Command gangway = gangway(logs)) {
            gangway.awaitReady();
            Path moved = Files.move(logs, folder.resolve("moved"));

            gangway.signal("HUP");

            awaitText(moved.resolve("gangway.log"), "Cannot open " + logs.resolve("access.log") + " anew");
            get(gangway, "first");
            awaitText(moved.resolve("access.log"), "body=first");
            assertThat(gangway.stop()).isZero();
        }
    }

    @Test
    void documentsShowIt() throws IOException {
        assertThat(RECIPE).hasContent(Documents.block("logrotate"));
    }

    /** logrotate refuses directories in which others may write. */
    private static Path logs(Path folder) throws IOException {
        return Files.createDirectory(
                folder.resolve("logs"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    private static Command gangway(Path logs) {
        return Command.gangway(
                "run",
                Installation.built().sampleWar().toString(),
                "--listen=unix:app.sock",
                "--log=" + logs.resolve("gangway.log"),
                "--access-log=" + logs.resolve("access.log"));
    }

    private static void rotate(Path folder, Path logs, long pid) throws IOException, InterruptedException {
        PosixFileAttributes mine = Files.readAttributes(logs, PosixFileAttributes.class);
        String recipe = Files.readString(RECIPE)
                .replace("/var/log/gangway/", logs + "/")
                .replace(
                        "su gangway gangway",
                        "su " + mine.owner().getName() + " " + mine.group().getName());
        Path commands = systemctl(Files.createDirectory(folder.resolve("bin")), pid);
        ProcessBuilder builder = new ProcessBuilder(
                        "/usr/sbin/logrotate",
                        "--force",
                        "--state",
                        folder + "/state",
                        Files.writeString(folder.resolve("recipe"), recipe).toString())
                .inheritIO();
        Map<String, String> environment = builder.environment();
        environment.merge("PATH", commands.toString(), (path, directory) -> directory + ":" + path);
        assertThat(builder.start().waitFor()).isZero();
    }

    /** A systemctl that knows one service, and does what its unit says. */
    private static Path systemctl(Path directory, long pid) throws IOException {
        String reload = Files.readAllLines(EXAMPLES.resolve("systemd/gangway.service")).stream()
                .filter(line -> line.startsWith("ExecReload="))
                .findFirst()
                .orElseThrow()
                .replace("ExecReload=", "")
                .replace("$$", "$");
        Path command = Files.writeString(
                directory.resolve("systemctl"),
                "#!/bin/sh\nset -e\n[ \"$*\" = 'reload gangway*.service' ]\nexport MAINPID=" + pid + "\n" + reload
                        + "\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    private static void get(Command gangway, String body) {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock")))) {
            assertThat(peer.get(1, 0, "/sample/probe/status?body=" + body).response(1))
                    .hasBody(body);
        }
    }

    private static void awaitText(Path file, String text) {
        Await.until(text + " is in the log", () -> {
            try {
                return Files.exists(file) && Files.readString(file).contains(text);
            } catch (IOException e) {
                return false;
            }
        });
    }
}
