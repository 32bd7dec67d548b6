package dev.gangway.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaptersTest {
    @TempDir
    private Path directory;

    private Path page;
    private Chapters chapters;

    @BeforeEach
    void name() {
        page = directory.resolve("page.md");
        chapters = new Chapters(page);
    }

    @Test
    void eachIsReplacedAlone() throws IOException {
        chapters.put("# One\n\ntext\n\n## Part\n\nmore\n");
        chapters.put("# Two\n\ntext\n");

        chapters.put("# One\n\nanother text\n");

        assertThat(page).hasContent("# One\n\nanother text\n\n# Two\n\ntext\n");
    }

    @Test
    void theLastIsReplacedAlone() throws IOException {
        chapters.put("# One\n\ntext\n");
        chapters.put("# Two\n\ntext\n");

        chapters.put("# Two\n\nanother text");

        assertThat(Files.readString(page)).isEqualTo("# One\n\ntext\n\n# Two\n\nanother text\n");
    }
}
