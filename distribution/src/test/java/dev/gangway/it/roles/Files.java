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

    /** Puts a file into a folder, and one in the place of the page of the next handler. */
    void put(String path) {
        Path file = folder.resolve("." + path + NAME);
        try {
            java.nio.file.Files.createDirectories(file.getParent());
            java.nio.file.Files.writeString(file, SECRET);
            java.nio.file.Files.writeString(file.resolveSibling("next"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where an application may write its log. */
    Path log() {
        return folder.resolve("application.log");
    }

    /** Where a web server may put the sockets of what it starts. */
    Path sockets() {
        return folder.resolve("sockets");
    }

    /** The placeholders of a site, whose web server knows some passwords itself. */
    Map<String, String> placeholders(String app, String guarded) {
        return Map.of(
                "docroot",
                folder.path().toString(),
                "app",
                app,
                "guarded",
                guarded,
                "staff",
                guarded + "authz/",
                "realm",
                "house",
                "passwords",
                Passwords.write(folder).toString());
    }

    @Override
    public void close() {
        folder.close();
    }
}
