package dev.gangway.it.roles;

import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The files of a web server, of which some are guarded. */
record Files(TempFolder folder) implements AutoCloseable {
    static final String SECRET = "for your eyes only";

    private static final String NAME = "file.txt";

    static Files create() {
        return new Files(TempFolder.create("files"));
    }

    /** Puts a file into the folder of each guard, and one in the place of the page of the next handler. */
    Files guarded(String folder) {
        for (Guard guard : Guard.values()) {
            Path file = this.folder.resolve("." + folder + guard.folder() + NAME);
            try {
                java.nio.file.Files.createDirectories(file.getParent());
                java.nio.file.Files.writeString(file, SECRET);
                java.nio.file.Files.writeString(file.resolveSibling("next"), "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** The placeholders of a site. */
    Map<String, String> placeholders(String app, String guarded) {
        return Map.of("docroot", folder.path().toString(), "app", app, "guarded", guarded, "realm", "house");
    }

    @Override
    public void close() {
        folder.close();
    }
}
