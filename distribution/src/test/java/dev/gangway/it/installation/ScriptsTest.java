package dev.gangway.it.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts are written for the shell that their first line names; those that are installed are for any POSIX shell. */
class ScriptsTest {
    /** Variables of an included file, a list of files that is no pattern, and a program of the name of a built-in. */
    private static final String EXCEPT = "--exclude=SC2154,SC2062,SC2065";

    private static final String INSTALLED = "distribution/src/main/dist/";

    @ParameterizedTest
    @ValueSource(
            strings = {
                INSTALLED + "bin/gangway",
                INSTALLED + "libexec/launch",
                INSTALLED + "libexec/start",
                INSTALLED + "libexec/run-directory",
                "gangway",
                "benchmark",
                "fuzz",
                "test",
                "packages/src/debian-sources",
                "packages/src/image/build",
                "packages/src/image/tidy",
                "packages/src/deb/control/postinst",
                "packages/src/deb/control/postrm",
                "packages/src/deb/control/prerm",
                "packages/src/test/resources/debian-system",
                ".ci/run"
            })
    void isGood(String script) throws IOException {
        Path file = Documents.ROOT.resolve(script).toAbsolutePath().normalize();
        boolean bash = Files.readString(file).startsWith("#!/usr/bin/env bash\n");
        assertThat(bash && script.startsWith(INSTALLED)).isFalse();

        try (TempFolder folder = TempFolder.create("scripts")) {
            Tool.run(folder, bash ? "bash" : "dash", "-n", file.toString());
            Tool.run(
                    folder,
                    "shellcheck",
                    "--severity=warning",
                    EXCEPT,
                    bash ? "--shell=bash" : "--shell=sh",
                    file.toString());
        }
    }
}
