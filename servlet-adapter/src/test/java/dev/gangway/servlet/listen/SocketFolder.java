package dev.gangway.servlet.listen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A folder for the sockets of one test. Not JUnit's: its names leave hardly any of the 106 bytes. */
final class SocketFolder implements AfterEachCallback {
    private final Path folder;

    SocketFolder() {
        try {
            folder = Files.createTempDirectory("so").toRealPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    Path path() {
        return folder;
    }

    List<Path> content() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        for (Path left : content()) {
            Files.delete(left);
        }
        Files.delete(folder);
    }

    /** {@return its path} */
    @Override
    public String toString() {
        return folder.toString();
    }
}
