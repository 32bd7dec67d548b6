package dev.gangway.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
    @TempDir
    private Path directory;

    @Test
    void changesOneFigure() throws IOException {
        Path file = Files.writeString(
                directory.resolve("a.md"), "| size, small | 1 | x |\n| size, big, in MiB | 2 | y |\n");

        new Readme(file).put("size, big", "3; another $4");

        assertThat(file).hasContent("| size, small | 1 | x |\n| size, big, in MiB | 3; another $4 | y |\n");
        assertThatThrownBy(() -> new Readme(file).put("weight", "5"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no row on 'weight'");
    }
}
