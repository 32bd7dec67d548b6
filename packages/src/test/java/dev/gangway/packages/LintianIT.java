package dev.gangway.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Debian's own check of packages finds neither errors nor warnings, apart from those that the package explains. */
class LintianIT {
    @Test
    void hasNothingToSay() throws IOException {
        try (TempFolder folder = TempFolder.create("lintian");
                ChildProcess lintian = ChildProcess.start(
                        folder.resolve("lintian.log"),
                        Map.of("LC_ALL", "C.UTF-8"),
                        List.of(
                                "lintian",
                                "--allow-root",
                                "--display-level=>=warning",
                                "--fail-on=error,warning",
                                DebianIT.built().toString()))) {
            int status = lintian.join();

            assertThat(lintian.log()).isEmpty();
            assertThat(status).isZero();
        }
    }
}
