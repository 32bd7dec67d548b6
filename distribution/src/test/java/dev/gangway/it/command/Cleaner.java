package dev.gangway.it.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What removes from the system's temporary directories what nobody has used for days: {@code systemd-tmpfiles}. */
final class Cleaner {
    private Cleaner() {}

    /** Removes all below a directory that is not in use, however young it is. */
    static void clean(Path directory) throws IOException, InterruptedException {
        Path rules = Files.createTempFile("tmpfiles", ".conf");
        try {
            Files.writeString(rules, "e " + directory + " - - - 0\n");
            Process process = new ProcessBuilder("systemd-tmpfiles", "--clean", rules.toString())
                    .inheritIO()
                    .start();
            if (process.waitFor() != 0) {
                throw new AssertionError("systemd-tmpfiles --clean: " + process.exitValue());
            }
        } finally {
            Files.delete(rules);
        }
    }
}
