package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory a GET takes, with what Jetty and the test's small harness take: exact numbers. */
class AllocationTest {
    private static final int MAX_OBJECTS = 155;
    private static final int MAX_BYTES = 13_000;

    @Test
    @Tag("FCGI-163")
    void aGetMakesFewObjects() throws Exception {
        List<String> made = run(GetMain.class, List.of("-Xint", "-XX:+UseSerialGC", "-Xmn200m"));

        int bytes = number(made.get(0));
        int objects = made.stream().skip(1).mapToInt(AllocationTest::number).sum();
        assertThat(objects)
                .as("%d objects:%n%s", objects, String.join("\n", made))
                .isBetween(100, MAX_OBJECTS);
        assertThat(bytes).isBetween(50 * objects, MAX_BYTES);
    }

    /** A browser's request on a kept connection whose thread stays, or that is left to the selector each time. */
    @ParameterizedTest
    @CsvSource({"10, 4700", "0, 4700"})
    @Tag("FCGI-163")
    void aGreetingTakesFewBytes(String connectionThreads, int maxBytes) throws Exception {
        List<String> taken = run(HelloMain.class, List.of("-XX:TieredStopAtLevel=1"), connectionThreads);

        assertThat(number(taken.get(0))).isBetween(maxBytes / 2, maxBytes);
    }

    private static List<String> run(Class<?> main, List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();

        List<String> printed =
                new String(process.getInputStream().readAllBytes()).lines().toList();

        assertThat(process.waitFor()).isZero();
        return printed;
    }

    private static int number(String line) {
        return Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }
}
