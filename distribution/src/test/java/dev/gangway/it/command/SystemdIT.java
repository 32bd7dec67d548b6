package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit in the documents, as far as systemd can judge it without starting it. */
class SystemdIT {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");

    @Test
    void unitIsValid(@TempDir Path folder) throws Exception {
        assumeThat(ANALYZE).exists();
        String home = Installation.built().home().toString();
        Path unit = Files.writeString(
                folder.resolve("gangway.service"), Documents.block("ini").replace("/opt/gangway", home));

        Process process = new ProcessBuilder(ANALYZE.toString(), "verify", unit.toString())
                .redirectErrorStream(true)
                .start();

        // It may have something to say about other units.
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .doesNotContain(unit.getFileName().toString());
        assertThat(process.waitFor()).isZero();
    }
}
