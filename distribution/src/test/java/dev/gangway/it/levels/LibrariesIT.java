package dev.gangway.it.levels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The levels are built apart from the core. */
class LibrariesIT {
    private static final Path CORE = Installation.built().home().resolve("lib/core");

    @ParameterizedTest
    @EnumSource
    void coreHasWhatTheLevelExpectsOfIt(Level level) throws IOException {
        List<String> expected = names(Path.of("../environments", level.toString(), "target/libraries/core"));

        assertThat(expected).isNotEmpty();
        assertThat(names(CORE)).containsAll(expected);
    }

    @ParameterizedTest
    @EnumSource
    void levelHasNothingThatIsInTheCore(Level level) throws IOException {
        assertThat(artifacts(level.libraries())).doesNotContainAnyElementsOf(artifacts(CORE));
    }

    private static List<String> artifacts(Path directory) throws IOException {
        return names(directory).stream()
                .map(name -> name.replaceFirst("-\\d.*", ""))
                .toList();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
