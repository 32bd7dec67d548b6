package dev.gangway.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gangway.benchmark.load.Drive;
import dev.gangway.benchmark.load.Load;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Measures nothing: the benchmark shall still run when somebody wants to. */
class ContenderTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @FieldSource("dev.gangway.benchmark.measure.Contender#ALL")
    void givesTheRightAnswers(Contender contender) throws Exception {
        try (BackEnd backEnd = BackEnd.start(contender, JAVA, directory)) {
            assumeThat(backEnd).as("installed").isNotNull();
            for (String workload : new String[] {"hello", "16k", "1m", "upload"}) {
                for (String way : new String[] {"/unix/1", "/tcp/1/new"}) {
                    Drive drive = Drive.parse(workload + way);

                    assertThatCode(() -> Load.once(backEnd.target(drive.transport()), drive))
                            .as(drive.toString())
                            .doesNotThrowAnyException();
                }
            }
        }
    }
}
