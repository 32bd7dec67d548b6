package dev.gangway.servlet.process;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.eclipse.jetty.util.IO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for this process alone: extracted WARs, compiled JSPs, uploads. It is removed at the end of the process.
 *
 * <p>The start script makes it, since Java cannot lock a directory: the lock keeps programs that remove old files away
 * from it, and tells the next start whether it was left behind by a process that was killed.
 */
public record ScratchDirectory(Path path) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScratchDirectory.class);

    /** Set by the start script: the directory, or nothing if it could not make and lock one. */
    private static final String PROPERTY = "gangway.scratch";

    /** Set by the start script: where such directories are. */
    private static final String PARENT_PROPERTY = "gangway.work";

    /**
     * {@return the directory, which exists}
     *
     * @param wanted where it has to be, or null for where the start script has made it
     */
    static ScratchDirectory create(Path wanted) throws StartFailure {
        String made = System.getProperty(PROPERTY, "");
        Path known = Path.of(System.getProperty(PARENT_PROPERTY, System.getProperty("java.io.tmpdir")));
        Path parent = wanted == null ? known : wanted;
        try {
            // Mode 0700, as the JDK gives to every temporary directory. The real path, so that aliases do not confuse
            // Jetty.
            Path path = made.isEmpty() || !Files.isSameFile(parent, known)
                    ? Files.createTempDirectory(parent, "gangway-")
                    : Path.of(made);
            return new ScratchDirectory(path.toRealPath());
        } catch (IOException e) {
            throw new StartFailure(
                    "cannot make a directory for extracted applications in " + parent + "; choose another one with "
                            + (wanted == null ? "GANGWAY_WORK_DIR" : "--work"),
                    e);
        }
    }

    /**
     * Marks all files as used just now, for programs that do not care for locks and remove what nobody has used for
     * days. Their times of modification stay, since browsers ask for them.
     */
    void keepYoung() {
        FileTime now = FileTime.from(Instant.now());
        try (Stream<Path> files = Files.walk(path)) {
            files.forEach(file -> use(file, now));
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("", e);
        }
    }

    private static void use(Path file, FileTime now) {
        try {
            Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(null, now, null);
        } catch (IOException e) {
            // The application has removed it meanwhile.
            LOG.debug("", e);
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
