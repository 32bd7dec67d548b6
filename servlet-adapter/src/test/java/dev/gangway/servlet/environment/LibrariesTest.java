package dev.gangway.servlet.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibrariesTest {
    @TempDir
    private Path folder;

    private Path environments;
    private Path own;
    private Path drivers;

    @BeforeEach
    void write() throws IOException {
        environments = folder.resolve("lib");
        own = jar("lib/ee10/servlet.jar");
        drivers = jar("drivers/b.jar").getParent();
        jar("drivers/a.jar");
    }

    @Test
    void addedOnesAreBehindThoseOfTheEnvironment() throws Exception {
        Path single = jar("one.jar");

        assertThat(new Libraries(environments, List.of(drivers, single)).classPath(ServletEnvironment.EE10))
                .containsExactly(
                        own.toUri().toURL(),
                        drivers.resolve("a.jar").toUri().toURL(),
                        drivers.resolve("b.jar").toUri().toURL(),
                        single.toUri().toURL());
    }

    @Test
    void environmentWithoutLibrariesIsMissing() {
        assertFailure(
                List.of(drivers),
                ServletEnvironment.EE11,
                "this installation has no ee11 libraries in " + environments.resolve("ee11"));
    }

    @Test
    void whatIsNoLibraryIsNamed() throws IOException {
        Path missing = folder.resolve("missing.jar");
        Path text = Files.writeString(folder.resolve("text.jar"), "text");
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertFailure(List.of(missing), ServletEnvironment.EE10, "there is no library " + missing);
        assertFailure(List.of(text), ServletEnvironment.EE10, text + " is not a library: ");
        assertFailure(List.of(empty), ServletEnvironment.EE10, "there is no jar in the directory " + empty);
    }

    private void assertFailure(List<Path> added, ServletEnvironment environment, String message) {
        Libraries libraries = new Libraries(environments, added);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> libraries.classPath(environment))
                .withMessageStartingWith(message);
    }

    private Path jar(String name) throws IOException {
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        return new War().file("x", "x").pack(jar);
    }
}
