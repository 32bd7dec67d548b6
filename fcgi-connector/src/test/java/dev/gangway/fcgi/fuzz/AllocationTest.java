package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many objects a GET makes, those of Jetty and of the test's small harness among them: an exact number. */
class AllocationTest {
    private static final int MAX_OBJECTS = 215;

    @Test
    @Tag("FCGI-163")
    void aGetMakesFewObjects() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xint",
                        "-XX:+UseSerialGC",
                        "-Xmn200m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GetMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        List<String> made =
                new String(process.getInputStream().readAllBytes()).lines().toList();

        assertThat(process.waitFor()).isZero();
        int objects = made.stream()
                .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
        assertThat(objects)
                .as("%d objects:%n%s", objects, String.join("\n", made))
                .isBetween(100, MAX_OBJECTS);
    }
}
