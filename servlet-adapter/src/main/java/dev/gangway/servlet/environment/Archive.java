package dev.gangway.servlet.environment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a WAR or of a library in it, packed or not.
 *
 * @param root the directory with all of them
 * @param packed null if they are in a directory
 */
record Archive(Path root, FileSystem packed) implements Closeable {
    static Archive open(Path location) throws IOException {
        if (Files.isDirectory(location)) {
            return new Archive(location, null);
        }
        FileSystem packed = FileSystems.newFileSystem(location);
        return new Archive(packed.getPath("/"), packed);
    }

    /** {@return a file, which need not exist} */
    Path file(String name) {
        return root.resolve(name);
    }

    /** {@return the files in a directory and below whose names end so; none if there is no such directory} */
    List<Path> files(String directory, String suffix) throws IOException {
        Path start = root.resolve(directory);
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        // The real path, since a walk does not follow links.
        try (Stream<Path> tree = Files.walk(start.toRealPath())) {
            return tree.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @Override
    public void close() throws IOException {
        if (packed != null) {
            packed.close();
        }
    }
}
