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
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One socket takes the path of another one. */
@Tag("FCGI-158")
class TakeoverTest {
    private static final SocketAccess ACCESS = SocketAccess.of("0600", null, null);

    @RegisterExtension
    private final SocketFolder folder = new SocketFolder();

    private Path path = folder.resolve("app.sock");
    private final Path next = folder.resolve(".app.sock.next");

    @Test
    void liveSocketKeepsThePathUntilItIsTaken() throws Exception {
        SocketFile old = bind(false);
        SocketFile successor = bind(true);

        assertReached(old);
        assertThat(successor.isWaiting()).isTrue();
        assertThat(old.isTakenOver()).isFalse();

        successor.takeOver();

        assertReached(successor);
        assertThat(successor.isWaiting()).isFalse();
        assertThat(old.isTakenOver()).isTrue();
        assertThat(successor.isTakenOver()).isFalse();
        assertThat(folder.content()).containsExactly(path);

        old.release();
        assertReached(successor);
        assertThat(old.isTakenOver()).isFalse();

        successor.release();
        assertThat(folder.content()).isEmpty();
    }

    @Test
    void successorThatGivesUpLeavesNothing() throws Exception {
        SocketFile old = bind(false);

        bind(true).release();

        assertThat(folder.content()).containsExactly(path);
        assertReached(old);
        old.release();
    }

    @Test
    void nobodyThereIsAPlainStart() throws Exception {
        SocketFile file = bind(true);

        assertThat(file.isWaiting()).isFalse();
        assertReached(file);
        file.takeOver();
        assertReached(file);
        file.release();
    }

    @Test
    void pathThatHasBecomeFreeIsTaken() throws Exception {
        SocketFile old = bind(false);
        SocketFile successor = bind(true);
        old.release();

        successor.takeOver();

        assertReached(successor);
        successor.release();
    }

    @Test
    @Timeout(120)
    void everyConnectSucceedsMeanwhile() throws Exception {
        Deque<SocketFile> files = new ArrayDeque<>(List.of(bind(false)));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> connects = CompletableFuture.supplyAsync(() -> connectAgainAndAgain(done));

        for (int i = 0; i < 100; i++) {
            SocketFile successor = bind(true);
            successor.takeOver();
            // A process that has been replaced goes on for a second at least: a client may just be on its way there.
            files.addLast(successor);
            acceptAll(files);
        }
        done.set(true);

        // A client waits where the queue is full.
        while (!connects.isDone()) {
            acceptAll(files);
        }
        assertThat(connects.get()).isPositive();
        files.forEach(SocketFile::release);
    }

    private static void acceptAll(Iterable<SocketFile> files) {
        try {
            for (SocketFile file : files) {
                for (SocketChannel client = file.channel().accept();
                        client != null;
                        client = file.channel().accept()) {
                    client.close();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private int connectAgainAndAgain(AtomicBoolean done) {
        int count = 0;
        while (!done.get()) {
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                count++;
            } catch (IOException e) {
                throw new AssertionError("after " + count, e);
            }
        }
        return count;
    }

    @Test
    void hasItsModeFromTheMomentItExists() throws Exception {
        SocketFile old = bind(false);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Set<Set<PosixFilePermission>>> seen = CompletableFuture.supplyAsync(() -> modesSeen(done));

        for (int i = 0; i < 300; i++) {
            SocketFile successor = bind(true);
            successor.takeOver();
            old.release();
            old = successor;
        }
        done.set(true);

        assertThat(seen.get()).containsExactly(PosixFilePermissions.fromString("rw-------"));
        old.release();
    }

    private Set<Set<PosixFilePermission>> modesSeen(AtomicBoolean done) {
        Set<Set<PosixFilePermission>> seen = new HashSet<>();
        while (!done.get()) {
            for (Path file : List.of(path, next)) {
                try {
                    seen.add(Files.getPosixFilePermissions(file));
                } catch (NoSuchFileException e) {
                    // It is only there while one waits.
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return seen;
    }

    @Test
    void secondSuccessorIsRefused() throws Exception {
        SocketFile old = bind(false);
        SocketFile first = bind(true);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(true))
                .withMessage("unix:" + path + " is just being taken over by another process; wait until it is ready, or"
                        + " end it");

        first.takeOver();
        SocketFile second = bind(true);
        second.takeOver();
        assertReached(second);
        List.of(old, first, second).forEach(SocketFile::release);
        assertThat(folder.content()).isEmpty();
    }

    @Test
    void withoutTheOptionALiveSocketIsAnErrorThatNamesIt() throws Exception {
        SocketFile old = bind(false);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(false))
                .withMessageContaining("is in use by a running process")
                .withMessageContaining("--takeover");

        old.release();
    }

    @Test
    void whatAKilledSuccessorHasLeftIsRemoved() throws Exception {
        SocketFile old = bind(false);
        leaveDead(next);
        SocketFile successor = bind(true);
        successor.takeOver();
        old.release();
        successor.release();

        leaveDead(next);
        bind(false).release();

        assertThat(folder.content()).isEmpty();
    }

    private static void leaveDead(Path path) throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path))
                .close();
    }

    @Test
    void fileThatIsNoSocketIsRespected() throws Exception {
        Files.writeString(path, "precious");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(true))
                .withMessageContaining("not a socket");

        assertThat(path).hasContent("precious");
        assertThat(folder.content()).containsExactly(path);
    }

    @Test
    void fileThatHasComeMeanwhileIsRespected() throws Exception {
        SocketFile old = bind(false);
        SocketFile successor = bind(true);
        Files.delete(path);
        Files.writeString(path, "precious");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(successor::takeOver)
                .withMessageContaining("not a socket");
        assertThat(old.isTakenOver()).isFalse();
        successor.release();
        old.release();

        assertThat(path).hasContent("precious");
        assertThat(folder.content()).containsExactly(path);
    }

    @Test
    void pathThatIsStolenIsNoticedWhoeverDidIt() throws Exception {
        SocketFile old = bind(false);
        Files.delete(path);
        assertThat(old.isTakenOver()).isFalse();

        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path));
            assertThat(old.isTakenOver()).isTrue();

            old.release();

            assertThat(path).exists();
        }
    }

    /** The system lists it by another name, so that systemd-tmpfiles does not know whose it is. */
    @Test
    void fileIsKeptYoung() throws Exception {
        SocketFile old = bind(false);
        SocketFile successor = bind(true);
        successor.takeOver();
        Files.setLastModifiedTime(path, FileTime.fromMillis(0));

        old.keepYoung();
        assertThat(Files.getLastModifiedTime(path).toMillis()).isZero();
        successor.keepYoung();

        assertThat(Files.getLastModifiedTime(path).toInstant())
                .isAfter(Instant.now().minus(Duration.ofMinutes(10)));
        old.release();
        successor.release();
    }

    @Test
    void pathHasToLeaveRoomForTheNameBesideIt() throws Exception {
        path = folder.resolve("x".repeat(106 - folder.toString().length() - 1 - "..next".length()));
        SocketFile old = bind(false);
        SocketFile successor = bind(true);
        successor.takeOver();
        assertReached(successor);
        old.release();
        successor.release();

        path = path.resolveSibling(path.getFileName() + "x");
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bind(true))
                .withMessageContaining(
                        "takes 107 bytes with what --takeover adds, but the path of a socket may have 106");
    }

    private SocketFile bind(boolean takeover) throws StartFailure {
        try {
            SocketFile file = SocketFile.bind(path, ACCESS, takeover);
            file.channel().configureBlocking(false);
            return file;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertReached(SocketFile file) throws IOException {
        // What has only asked whether somebody is there.
        acceptAll(List.of(file));
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                SocketChannel accepted = file.channel().accept()) {
            assertThat(accepted).isNotNull();
            assertThat(client.isConnected()).isTrue();
        }
    }
}
