package dev.gangway.servlet.process;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.util.IO;

/**
 * A directory for this process alone: extracted WARs, compiled JSPs, uploads. It is removed at the end of the process.
 *
 * <p>The start script makes it, since Java cannot lock a directory: the lock keeps programs that remove old files away
 * from it, and tells the next start whether it was left behind by a process that was killed.
 */
public record ScratchDirectory(Path path) implements AutoCloseable {
    /** Set by the start script: the directory, or nothing if it could not make and lock one. */
    private static final String PROPERTY = "gangway.scratch";

    /** Set by the start script: where such directories are. */
    private static final String PARENT_PROPERTY = "gangway.work";

    static ScratchDirectory create() throws StartFailure {
        String made = System.getProperty(PROPERTY, "");
        Path parent = Path.of(System.getProperty(PARENT_PROPERTY, System.getProperty("java.io.tmpdir")));
        try {
            // Mode 0700, as the JDK gives to every temporary directory. The real path, so that aliases do not confuse
            // Jetty.
            Path path = made.isEmpty() ? Files.createTempDirectory(parent, "gangway-") : Path.of(made);
            return new ScratchDirectory(path.toRealPath());
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot make a directory for extracted applications in " + parent
                            + "; choose another one with GANGWAY_WORK_DIR",
                    e);
        }
    }

    /** Removes the directory at the end of the process, even if nothing was served. */
    public static void removeAtExit() {
        String made = System.getProperty(PROPERTY, "");
        if (!made.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(new ScratchDirectory(Path.of(made))::close));
        }
    }

    @Override
    public void close() {
        IO.delete(path);
    }
}
