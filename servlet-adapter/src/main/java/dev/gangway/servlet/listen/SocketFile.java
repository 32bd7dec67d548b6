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
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
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
 */
final class SocketFile implements ListeningSocket {
    /** The system accepts one byte more, but Java, which has to check whether a socket is in use, does not. */
    private static final int MAX_PATH_BYTES = 106;

    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private static final String NO_DIRECTORY = "no such directory";

    private final Path path;
    private final ServerSocketChannel channel;
    private final Object fileKey;

    private SocketFile(Path path, ServerSocketChannel channel, Object fileKey) {
        this.path = path;
        this.channel = channel;
        this.fileKey = fileKey;
    }

    /**
     * {@return a listening socket at the given path}
     *
     * @throws StartFailure if the path is taken, unusable or too long, or its owner cannot be set
     */
    static synchronized SocketFile bind(Path path, SocketAccess access) throws StartFailure {
        checkLength(path);
        try (SocketLock lock = SocketLock.beside(path)) {
            removeStale(path);
            return open(path, access);
        } catch (IOException e) {
            throw new StartFailure("cannot make a socket in " + path.getParent() + ": " + reason(e), e);
        }
    }

    /**
     * Checks whether a socket can be made at a path, even if another process has it at the moment.
     *
     * @throws StartFailure if not
     */
    static void check(Path path, SocketAccess access) throws StartFailure {
        checkLength(path);
        if (!Files.isWritable(path.getParent())) {
            throw new StartFailure("cannot make a socket in " + path.getParent() + ": "
                    + (Files.isDirectory(path.getParent()) ? FileProblem.PERMISSION_DENIED : NO_DIRECTORY));
        }
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            requireSocket(path);
        }
        UserPrincipalLookupService principals = path.getFileSystem().getUserPrincipalLookupService();
        try {
            if (access.owner() != null) {
                user(principals, access.owner());
            }
            if (access.group() != null) {
                group(principals, access.group());
            }
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

    private static SocketFile open(Path path, SocketAccess access) throws StartFailure {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            if (areForOwnerOnly()) {
                bind(channel, path, access);
            } else {
                bindHidden(channel, path, access);
            }
            return new SocketFile(path, channel, fileKey(path));
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
            grant(path, access);
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

    private static void checkLength(Path path) throws StartFailure {
        // The name in the private directory has to fit too; it is at least this long.
        int bytes = Math.max(
                path.toString().getBytes().length,
                path.getParent().toString().getBytes().length + "/.g0000/s".length());
        if (bytes > MAX_PATH_BYTES) {
            throw new StartFailure("unix:" + path + " takes " + bytes + " bytes, but the path of a socket may have "
                    + MAX_PATH_BYTES + "; choose a shorter one");
        }
    }

    private static void removeStale(Path path) throws StartFailure {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        requireSocket(path);
        if (isAlive(path)) {
            throw new StartFailure("unix:" + path + " is in use by a running process; stop it or choose another path");
        }
        try {
            Files.deleteIfExists(path);
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

    private static void grant(Path hidden, SocketAccess access) throws IOException, StartFailure {
        PosixFileAttributeView view = Files.getFileAttributeView(hidden, PosixFileAttributeView.class);
        UserPrincipalLookupService principals = hidden.getFileSystem().getUserPrincipalLookupService();
        if (access.owner() != null) {
            setOwner(view, user(principals, access.owner()));
        }
        if (access.group() != null) {
            setGroup(view, group(principals, access.group()));
        }
        view.setPermissions(access.permissions());
    }

    private static void setOwner(PosixFileAttributeView view, UserPrincipal owner) throws IOException, StartFailure {
        try {
            view.setOwner(owner);
        } catch (FileSystemException e) {
            throw new StartFailure(
                    "cannot give the socket to user " + owner.getName() + ": " + reason(e)
                            + ". Only root can; give it to a group of yours with --socket-group",
                    e);
        }
    }

    private static void setGroup(PosixFileAttributeView view, GroupPrincipal group) throws IOException, StartFailure {
        try {
            view.setGroup(group);
        } catch (FileSystemException e) {
            throw new StartFailure(
                    "cannot give the socket to group " + group.getName() + ": " + reason(e)
                            + ". Only root or a member can; add user " + System.getProperty("user.name")
                            + " to the group",
                    e);
        }
    }

    private static UserPrincipal user(UserPrincipalLookupService principals, String name)
            throws IOException, StartFailure {
        try {
            return principals.lookupPrincipalByName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new StartFailure("--socket-owner " + name + ": this system has no such user", e);
        }
    }

    private static GroupPrincipal group(UserPrincipalLookupService principals, String name)
            throws IOException, StartFailure {
        try {
            return principals.lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException e) {
            throw new StartFailure("--socket-group " + name + ": this system has no such group", e);
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

    @Override
    public ServerSocketChannel channel() {
        return channel;
    }

    /** Removes the file, if it is still the one that was made, and closes the socket. */
    @Override
    public synchronized void release() {
        if (!channel.isOpen()) {
            return;
        }
        // As long as the socket is open the system cannot give its inode to a successor's file.
        try {
            if (fileKey.equals(fileKey(path))) {
                Files.delete(path);
            }
        } catch (IOException e) {
            // Gone already, or not ours to remove any more.
        }
        closeQuietly(channel);
    }
}
