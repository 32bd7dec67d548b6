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
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe for logrotate in the documents. */
class LogRotationIT {
    @Test
    void logsAreRotatedWhileItServes(@TempDir Path folder) throws Exception {
        // It refuses directories in which others may write.
        Path logs = Files.createDirectory(
                folder.resolve("logs"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path log = logs.resolve("gangway.log");
        Path accessLog = logs.resolve("access.log");
        try (Command gangway = Command.gangway(
                "run",
                Installation.built().sampleWar().toString(),
                "--listen=unix:app.sock",
                "--log=" + log,
                "--access-log=" + accessLog)) {
            gangway.awaitReady();
            get(gangway, "first");
            awaitText(accessLog, "body=first");

            rotate(folder, logs);

            get(gangway, "second");
            awaitText(accessLog, "body=second");
            assertThat(accessLog).content().doesNotContain("body=first", "\0");
            assertThat(logs.resolve("access.log.1")).content().contains("body=first");
            assertThat(logs.resolve("gangway.log.1")).content().contains("started on Java");
            assertThat(gangway.stop()).isZero();
            assertThat(log).content().contains("Stopped").doesNotContain("started on Java", "\0");
        }
    }

    private static void rotate(Path folder, Path logs) throws IOException, InterruptedException {
        Path recipe = Files.writeString(
                folder.resolve("recipe"), Documents.block("logrotate").replace("/var/log/gangway/", logs + "/"));
        Process process = new ProcessBuilder(
                        "/usr/sbin/logrotate", "--force", "--state", folder + "/state", recipe.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
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
                return Files.readString(file).contains(text);
            } catch (IOException e) {
                return false;
            }
        });
    }
}
