package dev.gangway.it.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.TempFolder;
import java.util.List;
import java.util.Map;

/** A program of the system that has to succeed. */
final class Tool {
    private static final String LOG = "tool.log";

    private Tool() {}

    /** {@return what it has printed, in the folder in which it ran} */
    static String run(TempFolder folder, String... command) {
        Map<String, String> environment = Map.of("HOME", folder.path().toString(), "LC_ALL", "C.UTF-8", "TZ", "UTC");
        return run(folder, environment, command);
    }

    /** {@return what it has printed} */
    static String run(TempFolder folder, Map<String, String> environment, String... command) {
        try (ChildProcess process = ChildProcess.start(folder.resolve(LOG), environment, List.of(command))) {
            int status = process.join();
            assertThat(status)
                    .as(() -> String.join(" ", command) + "\n" + process.log())
                    .isZero();
            return process.log();
        }
    }
}
