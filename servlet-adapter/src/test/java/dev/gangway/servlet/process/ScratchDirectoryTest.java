package dev.gangway.servlet.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void filesAreKeptYoungWithTheirTimesOfModification() throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(100)));
        Path file =
                Files.createFile(Files.createDirectory(folder.resolve("webapp")).resolve("index.html"));
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(old, old, old);
        Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("missing"));

        new ScratchDirectory(folder).keepYoung();

        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        assertThat(now.lastModifiedTime()).isEqualTo(old);
        assertThat(now.lastAccessTime().toInstant()).isAfter(Instant.now().minus(Duration.ofDays(1)));
    }
}
