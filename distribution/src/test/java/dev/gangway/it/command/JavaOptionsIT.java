package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The start script's own options of the JVM, and those of the user, which come first. */
class JavaOptionsIT {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "any",
            value = {
                "'' | 24",
                "-Xmx512m -XX:+UseG1GC -Dlook=like | 24",
                "-Xmx1g | 24",
                "-Xmx16m | any",
                "-Xmx20480k | any",
                "-Xmx16777216 | any",
                "-XX:MaxHeapSize=16m | any",
                "-Xms64m | 64",
                "-XX:InitialHeapSize=64m | 64"
            })
    void heapBeginsSmall(String options, String mebibytes) throws IOException {
        try (Command gangway = Command.start(
                builder -> builder.environment().put("GANGWAY_JAVA_OPTS", "-XX:+PrintFlagsFinal " + options),
                List.of(Installation.built().command().toString(), "--version"))) {
            assertThat(gangway.await()).as(gangway.err()).isZero();
            if (mebibytes != null) {
                assertThat(gangway.out())
                        .containsPattern(" InitialHeapSize +:?= " + (Long.parseLong(mebibytes) << 20) + " ");
            }
        }
    }
}
