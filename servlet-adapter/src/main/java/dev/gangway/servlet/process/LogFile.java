package dev.gangway.servlet.process;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.util.thread.AutoLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file to which a log is appended, by any thread, and which is opened anew after somebody has renamed it, such as
 * logrotate.
 */
public final class LogFile extends OutputStream {
    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);

    /** A signal concerns the process, and so all that it has open. */
    private static final Set<LogFile> OPEN = ConcurrentHashMap.newKeySet();

    private final AutoLock lock = new AutoLock();
    private final Path path;
    private OutputStream stream;

    private LogFile(Path path) throws IOException {
        this.path = path.toAbsolutePath();
        stream = append();
    }

    /** {@return a file that is open until it is closed} */
    public static LogFile open(Path path) throws IOException {
        LogFile file = new LogFile(path);
        OPEN.add(file);
        return file;
    }

    /** Sends the log, and whatever applications print, to a file. Call it before anything logs. */
    public static void replaceStandardStreams(Path path) throws StartFailure {
        try {
            PrintStream stream = new PrintStream(open(path), true, StandardCharsets.UTF_8);
            System.setOut(stream);
            System.setErr(stream);
        } catch (IOException e) {
            throw new StartFailure("cannot write the log: " + e.getMessage(), e);
        }
    }

    /**
     * Checks whether a log can be opened, without opening it.
     *
     * @param what it is: "the log"
     */
    public static void check(Path file, String what) throws StartFailure {
        if (Files.isDirectory(file)) {
            throw new StartFailure("cannot write " + what + " " + file + ": it is a directory");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            throw new StartFailure("cannot write " + what + " " + file + ": " + FileProblem.PERMISSION_DENIED);
        }
        if (!Files.exists(file) && !Files.isWritable(file.toAbsolutePath().getParent())) {
            throw new StartFailure(
                    "cannot write " + what + " " + file + ": its directory is missing or may not be written to");
        }
    }

    /** {@return whether there are any log files; they have been opened anew} */
    static boolean reopenAll() {
        OPEN.forEach(LogFile::reopen);
        return !OPEN.isEmpty();
    }

    private void reopen() {
        try {
            OutputStream next = append();
            try (OutputStream former = replace(next)) {
                former.flush();
            }
        } catch (IOException e) {
            LOG.error("Cannot open {} anew, so the log goes on in the file that is open: {}", path, e.getMessage());
        }
    }

    private OutputStream replace(OutputStream next) {
        try (AutoLock ignored = lock.lock()) {
            OutputStream former = stream;
            stream = next;
            return former;
        }
    }

    private OutputStream append() throws IOException {
        return new FileOutputStream(path.toFile(), true);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try (AutoLock ignored = lock.lock()) {
            stream.write(bytes, offset, length);
        }
    }

    @Override
    public void close() throws IOException {
        OPEN.remove(this);
        try (AutoLock ignored = lock.lock()) {
            stream.close();
        }
    }
}
