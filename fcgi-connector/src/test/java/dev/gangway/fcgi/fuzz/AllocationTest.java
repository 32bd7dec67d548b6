package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much memory a GET takes, with what Jetty and the test's small harness take: exact numbers. */
class AllocationTest {
    private static final int MAX_OBJECTS = 207;
    private static final int MAX_BYTES = 15_000;

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
        int bytes = number(made.get(0));
        int objects = made.stream().skip(1).mapToInt(AllocationTest::number).sum();
        assertThat(objects)
                .as("%d objects:%n%s", objects, String.join("\n", made))
                .isBetween(100, MAX_OBJECTS);
        assertThat(bytes).isBetween(50 * objects, MAX_BYTES);
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }
}
