package dev.gangway.servlet.listen;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.util.NanoTime;

/**
 * Lets one process at a time make a socket at a path: a socket that looks stale to one process may be one that another
 * is just making.
 *
 * <p>It is a lock on a file beside the path, which the system releases however the process ends. Only one thread of a
 * process may use it at a time.
 */
final class SocketLock implements AutoCloseable {
    /** Making a socket takes milliseconds. */
    private static final long LIMIT_SECONDS = 10;

    private static final long PAUSE_MILLIS = 10;

    private static final Set<OpenOption> OPENING = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final Path file;
    private final FileChannel channel;

    private SocketLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Waits for others that make a socket at the same path. */
    static SocketLock beside(Path socket) throws IOException, StartFailure {
        Path file = socket.resolveSibling("." + socket.getFileName() + ".lock");
        long end = NanoTime.now() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (NanoTime.isBefore(NanoTime.now(), end)) {
            SocketLock lock = attempt(file);
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        throw new StartFailure("another process has been making unix:" + socket + " for " + LIMIT_SECONDS
                + " s; end it, or remove " + file);
    }

    private static SocketLock attempt(Path file) throws IOException {
        create(file);
        FileChannel channel = null;
        try {
            Object key = fileKey(file);
            channel = FileChannel.open(file, OPENING);
            // If the previous holder has removed the file, this is a lock on nothing.
            if (channel.tryLock() != null && key.equals(fileKey(file))) {
                return new SocketLock(file, channel);
            }
        } catch (NoSuchFileException e) {
            // Removed just now.
        }
        if (channel != null) {
            channel.close();
        }
        return null;
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // Another process is making its socket, or was killed while it did.
        }
    }

    private static Object fileKey(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
