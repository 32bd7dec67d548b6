package dev.gangway.servlet.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("FCGI-158")
class SocketFileTest {
    private static final SocketAccess DEFAULT = SocketAccess.of(SocketAccess.DEFAULT_MODE, null, null);

    @RegisterExtension
    private final SocketFolder folder = new SocketFolder();

    private final Path path = folder.resolve("app.sock");

    @Test
    void accepts() throws Exception {
        SocketFile file = bind(path, DEFAULT);
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                SocketChannel accepted = file.channel().accept()) {
            assertThat(accepted.isConnected()).isTrue();
            assertThat(client.isConnected()).isTrue();
        } finally {
            file.release();
        }
    }

    @Test
    void nothingElseIsLeftBesideIt() throws Exception {
        SocketFile file = bind(path, DEFAULT);
        assertThat(folder.content()).containsExactly(path);

        file.release();
        assertThat(folder.content()).isEmpty();
    }

    @Test
    void hasItsModeFromTheMomentItExists() throws Exception {
        SocketAccess access = SocketAccess.of("0600", null, null);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Set<Set<PosixFilePermission>>> seen = CompletableFuture.supplyAsync(() -> modesSeen(done));

        for (int i = 0; i < 300; i++) {
            bind(path, access).release();
        }
        SocketFile last = bind(path, access);
        done.set(true);

        assertThat(seen.get()).containsExactly(PosixFilePermissions.fromString("rw-------"));
        last.release();
    }

    private Set<Set<PosixFilePermission>> modesSeen(AtomicBoolean done) {
        Set<Set<PosixFilePermission>> seen = ConcurrentHashMap.newKeySet();
        boolean last = false;
        while (!last) {
            last = done.get();
            try {
                seen.add(Files.getPosixFilePermissions(path));
            } catch (NoSuchFileException e) {
                // Between two of them.
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return seen;
    }

    @Test
    void getsItsGroup() throws Exception {
        String group = Files.readAttributes(folder.path(), PosixFileAttributes.class)
                .group()
                .getName();
        SocketFile file = bind(path, SocketAccess.of("0620", null, group));

        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw--w----"));
        assertThat(Files.getAttribute(path, "posix:group")).hasToString(group);
        file.release();
    }

    @Test
    void staleFileIsReplaced() throws Exception {
        ServerSocketChannel dead = bindElsewhere();
        dead.close();

        SocketFile file = bind(path, DEFAULT);

        SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        file.release();
    }

    @Test
    void socketThatCannotTakeAnyMoreIsRespected() throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            full.bind(UnixDomainSocketAddress.of(path), 1);
            boolean isFull = false;
            while (!isFull) {
                SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                clients.add(client);
                client.configureBlocking(false);
                isFull = !isConnected(client);
            }

            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> bind(path, DEFAULT))
                    .withMessageContaining("unix:" + path + " is in use");
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    private boolean isConnected(SocketChannel client) {
        try {
            return client.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void liveSocketIsRespected() throws Exception {
        try (ServerSocketChannel alive = bindElsewhere()) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> bind(path, DEFAULT))
                    .withMessageContaining("unix:" + path + " is in use");

            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
            assertThat(alive.accept()).isNotNull();
        }
    }

    @Test
    void fileThatIsNoSocketIsRespected() throws Exception {
        Files.writeString(path, "precious");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(path, DEFAULT))
                .withMessageContaining("not a socket");

        assertThat(path).hasContent("precious");
    }

    @Test
    void successorsFileIsNotRemoved() throws Exception {
        SocketFile first = bind(path, DEFAULT);
        Files.delete(path);
        SocketFile second = bind(path, DEFAULT);

        first.release();

        SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        second.release();
        assertThat(path).doesNotExist();
    }

    @Test
    void releaseTwiceHasNoFurtherEffect() throws Exception {
        SocketFile file = bind(path, DEFAULT);
        file.release();
        Files.writeString(path, "another's");

        file.release();

        assertThat(path).hasContent("another's");
    }

    @Test
    void pathThatIsTooLongIsRefused() {
        Path longPath = folder.resolve("x".repeat(107 - folder.toString().length() - 1));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(longPath, DEFAULT))
                .withMessageContaining("takes 107 bytes, but the path of a socket may have 106");
    }

    @Test
    void longestPathWorks() throws Exception {
        Path longPath = folder.resolve("x".repeat(106 - folder.toString().length() - 1));
        SocketFile file = bind(longPath, DEFAULT);

        SocketChannel.open(UnixDomainSocketAddress.of(longPath)).close();

        file.release();
    }

    @Test
    void missingDirectoryIsNamed() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(folder.resolve("no/app.sock"), DEFAULT))
                .withMessage("cannot make a socket in " + folder.resolve("no") + ": no such directory");
    }

    @Test
    void unknownGroupIsNamedAndLeavesNothing() throws Exception {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(path, SocketAccess.of("0660", null, "no-such-group")))
                .withMessage("--socket-group no-such-group: this system has no such group");

        assertThat(folder.content()).isEmpty();
    }

    @Test
    void unknownOwnerIsNamedAndLeavesNothing() throws Exception {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(path, SocketAccess.of("0660", "no-such-user", null)))
                .withMessage("--socket-owner no-such-user: this system has no such user");

        assertThat(folder.content()).isEmpty();
    }

    @Test
    void systemListsItByItsPath() throws Exception {
        Path list = Path.of("/proc/net/unix");
        Assumptions.assumeTrue(Files.exists(list), "only Linux has such a list");
        SocketFile file = bind(path, DEFAULT);

        assertThat(Files.readAllLines(list)).anyMatch(line -> line.endsWith(" " + path));
        file.release();
    }

    @Test
    void lockOfAKilledProcessDoesNoHarm() throws Exception {
        Files.createFile(folder.resolve(".app.sock.lock"));

        bind(path, DEFAULT).release();

        assertThat(folder.content()).isEmpty();
    }

    @Test
    void lockIsNotFollowedToAnotherFile() throws Exception {
        Path target = folder.resolve("target");
        Path lock = Files.createSymbolicLink(folder.resolve(".app.sock.lock"), target);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(path, DEFAULT))
                .withMessageContaining("cannot make a socket in " + folder);

        assertThat(folder.content()).containsExactly(lock);
    }

    private static SocketFile bind(Path path, SocketAccess access) throws StartFailure {
        return SocketFile.bind(path, access, false);
    }

    private ServerSocketChannel bindElsewhere() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
    }
}
