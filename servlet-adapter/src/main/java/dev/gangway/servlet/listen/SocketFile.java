package dev.gangway.servlet.listen;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A Unix-domain socket and its file, from creation to removal (FCGI-158).
 *
 * <p>The file must never exist with wider permissions than were asked for, and Java has no umask. On Linux the file
 * that {@code bind} makes has no more permissions than the socket had before, so the socket is bound at its path with
 * permissions for its owner alone, and gets its owner, group and mode then. (It has to be bound at its final path: the
 * system lists sockets by the path at which they were bound, and {@code systemd-tmpfiles} removes those that are not
 * listed.) On other systems it is bound inside a private directory beside its path, and is moved to its path when it
 * has its owner, group and mode.
 *
 * <p>The socket of a process that takes over from another one waits beside the path, under a name that is always the
 * same, so that there is only one such process at a time. It replaces the other's file by renaming: a client that
 * connects finds one socket or the other. The system goes on listing it by its first name; so the file is kept young.
 */
final class SocketFile implements ListeningSocket {
    /** The system accepts one byte more, but Java, which has to check whether a socket is in use, does not. */
    private static final int MAX_PATH_BYTES = 106;

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private static final String NO_DIRECTORY = "no such directory";

    private final Path path;
    private final Path bound;
    private final ServerSocketChannel channel;
    private final Object fileKey;
    private volatile Path place;

    private SocketFile(Path path, Path bound, ServerSocketChannel channel, Object fileKey) {
        this.path = path;
        this.bound = bound;
        this.channel = channel;
        this.fileKey = fileKey;
        this.place = bound;
    }

    /**
     * {@return a listening socket at the given path, or beside it if it is to take over from a running process}
     *
     * @param takeover whether the path may be in use
     * @throws StartFailure if the path is taken, unusable or too long, or its owner cannot be set
     */
    static SocketFile bind(Path path, SocketAccess access, boolean takeover) throws StartFailure {
        checkLength(path, takeover);
        synchronized (SocketFile.class) {
            try (SocketLock lock = SocketLock.beside(path)) {
                // A start that was killed may have left its socket.
                boolean first = isFree(successor(path));
                if (isFree(path)) {
                    return open(path, path, access);
                }
                if (!takeover) {
                    throw new StartFailure("unix:" + path + " is in use by a running process; stop it, choose another"
                            + " path, or take over from it with --takeover");
                }
                if (!first) {
                    throw new StartFailure("unix:" + path + " is just being taken over by another process; wait until"
                            + " it is ready, or end it");
                }
                return open(path, successor(path), access);
            } catch (IOException e) {
                throw new StartFailure("cannot make a socket in " + path.getParent() + ": " + reason(e), e);
            }
        }
    }

    /** {@return where a socket waits that is to replace the one at a path} */
    private static Path successor(Path path) {
        return path.resolveSibling("." + path.getFileName() + ".next");
    }

    /**
     * Checks whether a socket can be made at a path, even if another process has it at the moment.
     *
     * @throws StartFailure if not
     */
    static void check(Path path, SocketAccess access, boolean takeover) throws StartFailure {
        checkLength(path, takeover);
        if (!Files.isWritable(path.getParent())) {
            throw new StartFailure("cannot make a socket in " + path.getParent() + ": "
                    + (Files.isDirectory(path.getParent()) ? FileProblem.PERMISSION_DENIED : NO_DIRECTORY));
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            requireSocket(path);
        }
        try {
            access.check(path);
        } catch (IOException e) {
            throw new StartFailure("cannot look up the owner or group of unix:" + path + ": " + reason(e), e);
        }
    }

    /** {@return whether a process listens there} */
    static boolean isInUse(Path path) {
        try {
            return Files.exists(path) && isSocket(path) && isAlive(path);
        } catch (IOException | StartFailure e) {
            return false;
        }
    }

    private static SocketFile open(Path path, Path place, SocketAccess access) throws StartFailure {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            if (areForOwnerOnly()) {
                bind(channel, place, access);
            } else {
                bindHidden(channel, place, access);
            }
            return new SocketFile(path, place, channel, fileKey(place));
        } catch (StartFailure e) {
            closeQuietly(channel);
            throw e;
        } catch (IOException e) {
            closeQuietly(channel);
            throw new StartFailure("cannot make unix:" + path + ": " + reason(e), e);
        }
    }

    /**
     * {@return whether the sockets of this process now have permissions for their owner alone, which the files inherit
     * that they are bound to}
     *
     * <p>All sockets are changed, since Java does not tell which descriptor a socket has. For those that are bound
     * already it changes nothing.
     */
    private static boolean areForOwnerOnly() {
        boolean changed = false;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    if (isSocket(descriptor)) {
                        Files.setPosixFilePermissions(descriptor, PosixFilePermissions.fromString("rw-------"));
                        changed = true;
                    }
                } catch (FileSystemException e) {
                    // Closed by now, or inherited from a parent process of another user.
                }
            }
            return changed;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // Not Linux.
        }
    }

    private static void bind(ServerSocketChannel channel, Path path, SocketAccess access)
            throws IOException, StartFailure {
        channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
        try {
            access.grant(path);
        } catch (IOException | StartFailure e) {
            deleteQuietly(path);
            throw e;
        }
    }

    private static void bindHidden(ServerSocketChannel channel, Path path, SocketAccess access)
            throws IOException, StartFailure {
        Path directory = newPrivateDirectory(path);
        Path hidden = directory.resolve("s");
        try {
            bind(channel, hidden, access);
            Files.move(hidden, path, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteQuietly(hidden);
            deleteQuietly(directory);
        }
    }

    private static void checkLength(Path path, boolean takeover) throws StartFailure {
        Path longest = takeover ? successor(path) : path;
        // The name in the private directory has to fit too; it is at least this long.
        int bytes = Math.max(
                longest.toString().getBytes().length,
                path.getParent().toString().getBytes().length + "/.g0000/s".length());
        if (bytes > MAX_PATH_BYTES) {
            throw new StartFailure("unix:" + path + " takes " + bytes + " bytes"
                    + (takeover ? " with what --takeover adds" : "") + ", but the path of a socket may have "
                    + MAX_PATH_BYTES + "; choose a shorter one");
        }
    }

    /** {@return whether no process listens at a path; a file that another one has left there is removed} */
    private static boolean isFree(Path path) throws StartFailure {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        requireSocket(path);
        if (isAlive(path)) {
            return false;
        }
        try {
            Files.deleteIfExists(path);
            return true;
        } catch (IOException e) {
            throw new StartFailure("cannot replace unix:" + path + ", which nobody listens on: " + reason(e), e);
        }
    }

    private static void requireSocket(Path path) throws StartFailure {
        try {
            if (!isSocket(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new StartFailure("unix:" + path + " exists and is not a socket; choose another path");
            }
        } catch (IOException e) {
            throw new StartFailure("cannot look at unix:" + path + ": " + reason(e), e);
        }
    }

    private static boolean isSocket(Path path, LinkOption... options) throws IOException {
        int mode = (Integer) Files.getAttribute(path, "unix:mode", options);
        return (mode & FILE_TYPE) == SOCKET;
    }

    private static boolean isAlive(Path path) throws StartFailure {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // A server whose backlog is full would make a blocking probe wait.
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            if (Files.isWritable(path)) {
                // Somebody listens, but not to this: the backlog is full (EAGAIN), or it is a socket of another type.
                return true;
            }
            throw new StartFailure("cannot tell whether unix:" + path + " is in use: " + reason(e), e);
        }
    }

    private static Path newPrivateDirectory(Path path) throws StartFailure {
        while (true) {
            int number = ThreadLocalRandom.current().nextInt(0x10000);
            Path directory = path.resolveSibling(String.format(".g%04x", number));
            try {
                return Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                // Another process is just making its socket here, or was killed while it did.
            } catch (IOException e) {
                throw new StartFailure("cannot make a socket in " + path.getParent() + ": " + reason(e), e);
            }
        }
    }

    private static Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static String reason(IOException e) {
        // The socket itself is to be made, so what is missing is its directory.
        return e instanceof NoSuchFileException ? NO_DIRECTORY : FileProblem.reason(e);
    }

    private static void deleteQuietly(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The file may stay: the outcome that matters is reported already.
        }
    }

    private static void closeQuietly(ServerSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // The socket was not needed any more.
        }
    }

    Path path() {
        return path;
    }

    /** {@return whether it waits for {@link #takeOver}} */
    boolean isWaiting() {
        return !place.equals(path);
    }

    /**
     * Moves the file to its path, over that of the process that is there. Without effect if it is there already.
     *
     * @throws StartFailure if it cannot; then the other process keeps the path
     */
    void takeOver() throws StartFailure {
        synchronized (SocketFile.class) {
            if (!isWaiting()) {
                return;
            }
            try (SocketLock lock = SocketLock.beside(path)) {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    requireSocket(path);
                }
                Files.move(place, path, StandardCopyOption.ATOMIC_MOVE);
                place = path;
            } catch (IOException e) {
                throw new StartFailure("cannot take over unix:" + path + ": " + FileProblem.reason(e), e);
            }
        }
    }

    /** {@return whether another process has its socket at the path now} */
    boolean isTakenOver() {
        try {
            return channel.isOpen()
                    && !isWaiting()
                    && !fileKey.equals(fileKey(path))
                    && isSocket(path, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return false; // Nobody is there, or nobody may look.
        }
    }

    /** To be called now and then: {@code systemd-tmpfiles} removes old files of sockets that are listed by another name. */
    void keepYoung() {
        if (isWaiting() || bound.equals(path)) {
            return;
        }
        try {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // It may not be in danger at all: few directories are tidied up.
        }
    }

    @Override
    public ServerSocketChannel channel() {
        return channel;
    }

    /** Removes the file, if it is still the one that was made, and closes the socket. */
    @Override
    public void release() {
        synchronized (SocketFile.class) {
            if (!channel.isOpen()) {
                return;
            }
            removeOwn();
            closeQuietly(channel);
        }
    }

    /** Under the lock, lest another process takes over between the look and the removal. */
    private void removeOwn() {
        try (SocketLock lock = SocketLock.beside(path)) {
            // As long as the socket is open the system cannot give its inode to a successor's file.
            if (fileKey.equals(fileKey(place))) {
                Files.delete(place);
            }
        } catch (IOException | StartFailure e) {
            // Gone already, or not ours to remove any more.
        }
    }
}
