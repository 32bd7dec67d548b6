package dev.gangway.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Stands between a web server and an application, passes every byte on, and lets others hear what is said. */
public final class Tap implements AutoCloseable {
    /** Hears one connection, in the order of each direction. */
    public interface Ear {
        /**
         * Called before the bytes go on, by one thread for each direction.
         *
         * @param bytes at most 32 KiB, to be used during the call
         */
        void hear(boolean toApplication, ByteBuffer bytes);
    }

    private static final int MOST_AT_ONCE = 32 * 1024;

    private final SocketAddress target;
    private final Supplier<Ear> ears;
    private final Queue<ServerSocketChannel> listeners = new ConcurrentLinkedQueue<>();
    private final Queue<SocketChannel> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    /** Listens on a TCP port. */
    public Tap(SocketAddress target, Supplier<Ear> ears) throws IOException {
        this.target = target;
        this.ears = ears;
        listen(ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    /** Listens on a Unix socket as well, which everybody may use. */
    public Tap listenOn(Path path) throws IOException {
        listen(ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path)));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        return this;
    }

    public InetSocketAddress address() {
        try {
            return (InetSocketAddress) listeners.element().getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes no more connections, and waits for the end of those that there are. */
    public void awaitEnd() throws IOException, InterruptedException {
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
        for (Thread thread = threads.poll(); thread != null; thread = threads.poll()) {
            thread.join();
        }
    }

    private void listen(ServerSocketChannel listener) {
        listeners.add(listener);
        start(() -> accept(listener));
    }

    private void start(Runnable task) {
        Thread thread = new Thread(task, "tap");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept(ServerSocketChannel listener) {
        try {
            while (true) {
                SocketChannel webServer = listener.accept();
                SocketChannel application = SocketChannel.open(target);
                sockets.add(webServer);
                sockets.add(application);
                Ear ear = ears.get();
                start(() -> pass(webServer, application, bytes -> ear.hear(true, bytes)));
                start(() -> pass(application, webServer, bytes -> ear.hear(false, bytes)));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void pass(SocketChannel from, SocketChannel to, Consumer<ByteBuffer> ear) {
        ByteBuffer buffer = ByteBuffer.allocate(MOST_AT_ONCE);
        try {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                ear.accept(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone: so shall the other.
            close(from);
            close(to);
        }
    }

    private static void close(SocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
        sockets.forEach(Tap::close);
    }
}
