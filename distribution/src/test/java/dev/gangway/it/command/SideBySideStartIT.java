package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications that start only if they start at the same time: each of them waits for the other. */
@Timeout(300)
class SideBySideStartIT {
    @TempDir
    private Path folder;

    @Test
    void applicationsOfRunStartSideBySide() throws IOException {
        pair(folder);
        try (Command gangway = Command.gangway(
                "run",
                folder.resolve("a.war").toString(),
                folder.resolve("b.war").toString(),
                "--listen=unix:app.sock")) {
            gangway.awaitReady();

            assertThat(gangway.err()).containsSubsequence("/a serves ", "/b serves ");
        }
    }

    @Test
    void eachFailureIsNamedAndTheFirstOnTheCommandLineEndsTheStart() throws IOException {
        Webapp.broken().pack(folder.resolve("a.war"));
        Webapp.broken().pack(folder.resolve("b.war"));
        try (Command gangway = Command.gangway(
                "run",
                folder.resolve("a.war").toString(),
                folder.resolve("b.war").toString(),
                "--listen=unix:app.sock")) {
            assertThat(gangway.await()).isEqualTo(1);
            assertThat(gangway.err()).containsPattern("gangway: \\S+/[ab]\\.war failed to start at /[ab]: ");
        }
    }

    private void pair(Path apps) throws IOException {
        Webapp.startingWith(folder.resolve("a"), folder.resolve("b")).pack(apps.resolve("a.war"));
        Webapp.startingWith(folder.resolve("b"), folder.resolve("a")).pack(apps.resolve("b.war"));
    }
}
