package dev.gangway.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.util.IO;

/** A directory for this process alone: extracted WARs, compiled JSPs, uploads. It goes with the process. */
record ScratchDirectory(Path path) implements AutoCloseable {
    static ScratchDirectory create() throws StartFailure {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            // Mode 0700, as the JDK gives to every temporary directory. Real, so that aliases do not confuse Jetty.
            return new ScratchDirectory(
                    Files.createTempDirectory(parent, "gangway-").toRealPath());
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot make a temporary directory in " + parent
                            + "; give another one with GANGWAY_JAVA_OPTS=-Djava.io.tmpdir=PATH",
                    e);
        }
    }

    @Override
    public void close() {
        IO.delete(path);
    }
}
