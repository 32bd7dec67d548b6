package dev.gangway.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that every user may use, since web servers give up root when they start. */
public record TempFolder(Path path) implements AutoCloseable {
    private static final Path LOGS = Path.of("target", "it-logs");

    public static TempFolder create(String name) {
        try {
            return new TempFolder(openToAll(Files.createTempDirectory("gangway-" + name + "-")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    public Path write(String name, String text) {
        try {
            return Files.writeString(path.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the logs to where a developer finds them after the run. */
    public void keepLogs() {
        try (Stream<Path> entries = Files.list(path)) {
            Path kept = Files.createDirectories(LOGS.resolve(path.getFileName()));
            for (Path log :
                    entries.filter(entry -> entry.toString().endsWith(".log")).toList()) {
                Files.copy(log, kept.resolve(log.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : leavesFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path openToAll(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
}
