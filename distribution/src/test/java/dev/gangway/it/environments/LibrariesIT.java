package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is installed: the core, without what only tests use, and the environments, which are built apart from it. */
class LibrariesIT {
    private static final Path CORE = Installation.built().home().resolve("lib/core");

    @ParameterizedTest
    @EnumSource
    void coreHasWhatTheEnvironmentExpectsOfIt(Environment environment) throws IOException {
        List<String> expected = names(Path.of("../environments", environment.toString(), "target/libraries/core"));

        assertThat(expected).isNotEmpty();
        assertThat(names(CORE)).containsAll(expected);
    }

    /** The client of the tests among them would be a second FastCGI client that nobody needs there. */
    @Test
    void coreHasNothingThatOnlyTestsUse() throws IOException {
        assertThat(artifacts(CORE))
                .filteredOn(name -> name.startsWith("gangway"))
                .containsExactlyInAnyOrder(
                        "gangway-api", "gangway-conformance", "gangway-fcgi-connector", "gangway-servlet-adapter");
        assertThat(artifacts(CORE)).noneMatch(name -> name.matches("(junit|assertj|mockito|opentest4j|jazzer).*"));
        assertThat(names(CORE)).noneMatch(name -> name.endsWith("-tests.jar"));
        assertThat(packages("gangway-conformance"))
                .containsExactlyInAnyOrder("dev/gangway/conformance", "dev/gangway/conformance/record");
    }

    @ParameterizedTest
    @EnumSource
    void environmentHasNothingThatIsInTheCore(Environment environment) throws IOException {
        assertThat(artifacts(environment.libraries())).doesNotContainAnyElementsOf(artifacts(CORE));
    }

    private static Set<String> packages(String artifact) throws IOException {
        String name = names(CORE).stream()
                .filter(jar -> jar.startsWith(artifact + "-"))
                .findFirst()
                .orElseThrow();
        try (JarFile jar = new JarFile(CORE.resolve(name).toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(entry -> entry.endsWith(".class"))
                    .map(entry -> entry.substring(0, entry.lastIndexOf('/')))
                    .collect(Collectors.toSet());
        }
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
