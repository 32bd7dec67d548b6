package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.SharedDaemons;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A directory for shared daemons, and the {@code gangway fcgid} processes that use it. */
final class SharedRun implements AutoCloseable {
    static final String SAMPLE = Installation.built().sampleWar().toString();

    private final TempFolder folder = TempFolder.create("shared");

    /** {@return a process with a Unix socket of its own, which may still be starting} */
    Command relay(Map<String, String> environment, String... arguments) {
        return relay(List.of("/usr/bin/spawn-fcgi", "-n", "-s", "app.sock", "--"), environment, arguments);
    }

    /** {@return a process that is started by other words} */
    Command relay(List<String> launcher, Map<String, String> environment, String... arguments) {
        List<String> words = new ArrayList<>(List.of("fcgid"));
        words.addAll(List.of(arguments));
        return Command.start(
                builder -> {
                    builder.environment().putAll(environment());
                    builder.environment().putAll(environment);
                },
                Command.withGangway(launcher, words.toArray(String[]::new)));
    }

    /** What a process has to know to use the directory. */
    Map<String, String> environment() {
        return Map.of(
                "GANGWAY_RUN_DIR",
                directory().toString(),
                // The daemon may outlive the process that starts it, and its folder.
                "GANGWAY_JAVA_OPTS",
                "-Djava.io.tmpdir=" + folder.path());
    }

    /** {@return a connection to a relay, as soon as it listens} */
    static Peer peer(Command relay) {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(relay.file("app.sock"));
        AtomicReference<Peer> peer = new AtomicReference<>();
        Await.until("the relay listens", () -> {
            try {
                peer.set(Peer.connect(address));
                return true;
            } catch (UncheckedIOException e) {
                return false;
            }
        });
        return peer.get();
    }

    /** {@return what is answered by way of a relay} */
    static FcgiResponse get(Command relay, String uri) {
        try (Peer peer = peer(relay)) {
            return peer.get(1, 0, uri).response(1);
        }
    }

    static void assertServes(Command relay) {
        assertThat(get(relay, "/sample/probe/headers")).hasStatus(200).isComplete();
    }

    static void assertServesNothing(Command relay) {
        try (Peer peer = peer(relay)) {
            peer.get(1, 0, "/sample/probe/headers").expectClosed();
        }
    }

    /** {@return what all tasks return, which run at the same time} */
    static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    Path directory() {
        return folder.resolve("daemon");
    }

    /** {@return the path at which the only daemon listens} */
    Path socket() {
        List<Path> sockets = sockets();
        if (sockets.size() != 1) {
            throw new AssertionError("sockets: " + sockets);
        }
        return sockets.get(0);
    }

    boolean hasSocket() {
        return !sockets().isEmpty();
    }

    private List<Path> sockets() {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".sock")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TempFolder folder() {
        return folder;
    }

    SharedDaemons daemons() {
        return new SharedDaemons(directory());
    }

    /** {@return the daemon, which must be the only one} */
    ProcessHandle daemon() {
        List<ProcessHandle> running = daemons().running();
        if (running.size() != 1) {
            throw new AssertionError("daemons: " + running);
        }
        return running.get(0);
    }

    /** Ends it as a crash does. */
    void killDaemon() {
        SharedDaemons.kill(daemon());
    }

    @Override
    public void close() {
        if (Files.exists(directory())) {
            daemons().stop();
        }
        folder.close();
    }
}
