package dev.gangway.fcgi.hostile;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;

import dev.gangway.conformance.peer.Peer;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server in a JVM with little memory, for the attacks of one test class. It dies if the memory does not suffice. */
final class Victim implements BeforeAllCallback, AfterAllCallback {
    private static final long PATIENCE_NANOS = 180_000_000_000L;
    private static final long POLL_NANOS = 5_000_000;
    private static final int MANY_THREADS = 60;
    private static final int MANY_DESCRIPTORS = 200;

    private final int heapMegabytes;
    private final int requestIdleSeconds;
    private Process process;
    private InetSocketAddress address;

    /** What the server needs at some moment. */
    record State(long heap, int threads, int descriptors, int connections, int requests) {
        private static State of(String text) {
            long[] numbers =
                    Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
            return new State(numbers[0], (int) numbers[1], (int) numbers[2], (int) numbers[3], (int) numbers[4]);
        }
    }

    Victim(int heapMegabytes, int requestIdleSeconds) {
        this.heapMegabytes = heapMegabytes;
        this.requestIdleSeconds = requestIdleSeconds;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heapMegabytes + "m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VictimMain.class.getName(),
                        Integer.toString(requestIdleSeconds))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String port = process.inputReader().readLine();
        if (port == null) {
            throw new IllegalStateException("the server has not started");
        }
        address = new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    Peer connect() {
        return Peer.connect(address);
    }

    /** {@return a connection that costs this side no more than a descriptor} */
    SocketChannel open() throws Exception {
        return SocketChannel.open(address);
    }

    /** {@return somebody who asks all the time and wants good answers} */
    Bystander bystander() {
        return new Bystander(connect());
    }

    State state() {
        try (Peer peer = connect()) {
            return State.of(peer.get(1, KEEP_CONN, "/state").response(1).text());
        }
    }

    State await(String what, Predicate<State> condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        State state = state();
        while (!condition.test(state)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain: " + what + "; " + state);
            }
            LockSupport.parkNanos(POLL_NANOS);
            state = state();
        }
        return state;
    }

    /** Insists that nothing is left of an attack, nor of who has watched it. */
    void awaitPeace() {
        await(
                "nothing but the question",
                state -> state.requests() == 1
                        && state.connections() == 1
                        && state.threads() < MANY_THREADS
                        && state.descriptors() < MANY_DESCRIPTORS);
    }

    /** A client that does no harm, on a connection of its own. */
    static final class Bystander implements AutoCloseable {
        private static final int ENOUGH = 20;

        private final Peer peer;
        private final Thread thread;
        private volatile boolean stopped;
        private volatile long served;
        private volatile Throwable failure;

        private Bystander(Peer peer) {
            this.peer = peer;
            this.thread = new Thread(this::ask, "bystander");
            thread.start();
        }

        private void ask() {
            try {
                while (!stopped) {
                    assertThat(peer.get(1, KEEP_CONN, "/").response(1))
                            .hasBody("ok")
                            .isComplete();
                    served++;
                }
            } catch (Throwable e) {
                failure = e;
            }
        }

        /** Waits until it has been served some times more. */
        void insistOnService() {
            long wanted = served + ENOUGH;
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            while (served < wanted) {
                if (failure != null || System.nanoTime() > deadline) {
                    throw new AssertionError("the others are not served any more", failure);
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }

        @Override
        public void close() throws InterruptedException {
            stopped = true;
            thread.join();
            peer.close();
            if (failure != null) {
                throw new AssertionError("the others have not been served", failure);
            }
        }
    }
}
