package dev.gangway.it.installation;

import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The archives that the build made: the same content in two forms. */
final class Archives {
    /** The path of both, without what tells them apart. */
    private static final Path BASE = Path.of(System.getProperty("gangway.archive"));

    private Archives() {}

    static Path tar() {
        return BASE.resolveSibling(top() + ".tar.gz");
    }

    static Path zip() {
        return BASE.resolveSibling(top() + ".zip");
    }

    /** {@return the only directory at the top} */
    static String top() {
        return BASE.getFileName().toString();
    }

    /** Unpacks one into a folder, as an administrator does. */
    static Path unpackTar(TempFolder folder) {
        Tool.run(folder, "tar", "-xzf", tar().toString());
        return folder.resolve(top());
    }

    /** {@return the paths of all files and directories below another one} */
    static List<String> list(Path root) {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.skip(1)
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
