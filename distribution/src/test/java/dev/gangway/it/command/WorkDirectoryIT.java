package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who says where extracted applications are. */
class WorkDirectoryIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--work @work@",
                "--work=@work@",
                "--config=@plain@",
                "--config @plain@",
                "--config @reference@",
                "--config=@reference@ --work=@work@"
            })
    void optionNamesIt(String options) throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        Path plain = Files.writeString(folder.resolve("plain.properties"), "# work = nowhere\nwork = " + work + " \n");
        Path reference = Files.writeString(folder.resolve("reference.properties"), "work=${env:WORK}\n");
        List<String> words = List.of(options.replace("@work@", work.toString())
                .replace("@plain@", plain.toString())
                .replace("@reference@", reference.toString())
                .split(" "));

        assertExtractsTo(work, Map.of("WORK", work.toString(), "GANGWAY_WORK_DIR", folder.toString()), words);
    }

    /** systemd sets them, and separates several by colons. */
    @ParameterizedTest
    @CsvSource({"CACHE_DIRECTORY, RUNTIME_DIRECTORY", "RUNTIME_DIRECTORY, GANGWAY_RUN_DIR"})
    void serviceManagerNamesIt(String name, String weaker) throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        Path other = Files.createDirectory(folder.resolve("other"));

        assertExtractsTo(work, Map.of(name, work + ":" + other, weaker, other.toString()), List.of());
    }

    @Test
    void optionThatNamesNoDirectoryIsAnError() {
        Path missing = folder.resolve("missing");
        try (Command gangway = start(Map.of(), List.of("--work=" + missing))) {
            assertThat(gangway.await()).isEqualTo(1);
            assertThat(gangway.err())
                    .isEqualTo("gangway: cannot make a directory for extracted applications in " + missing
                            + "; choose another one with --work\n");
        }
    }

    private static void assertExtractsTo(Path work, Map<String, String> environment, List<String> options)
            throws IOException {
        try (Command gangway = start(environment, options)) {
            gangway.awaitReady();
            try (Stream<Path> files = Files.list(work)) {
                assertThat(files).singleElement().asString().contains("/gangway-");
            }
            gangway.stop();
        }
        assertThat(work).isEmptyDirectory();
    }

    private static Command start(Map<String, String> environment, List<String> options) {
        List<String> words = Command.withGangway(
                List.of(), "run", Installation.built().sampleWar().toString(), "--listen=unix:app.sock");
        words.addAll(options);
        return Command.start(
                builder -> {
                    builder.environment().remove("GANGWAY_JAVA_OPTS");
                    builder.environment().putAll(environment);
                },
                words);
    }
}
