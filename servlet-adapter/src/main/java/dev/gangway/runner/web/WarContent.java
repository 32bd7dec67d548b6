package dev.gangway.runner.web;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of a web application, whether it is packed or not.
 *
 * @param root where {@code WEB-INF} is
 * @param archive null for a directory
 */
record WarContent(Path root, FileSystem archive) implements Closeable {
    static WarContent open(Path location) throws IOException {
        if (Files.isDirectory(location)) {
            return new WarContent(location, null);
        }
        FileSystem archive = FileSystems.newFileSystem(location);
        return new WarContent(archive.getPath("/"), archive);
    }

    /** {@return a file of {@code WEB-INF}, there or not} */
    Path webInf(String name) {
        return root.resolve("WEB-INF").resolve(name);
    }

    @Override
    public void close() throws IOException {
        if (archive != null) {
            archive.close();
        }
    }
}
