package dev.gangway.conformance.difference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a web server and Gangway, passes every byte on, and remembers it until it is told to forget. */
final class Tap implements AutoCloseable {
    private final SocketAddress target;
    private final List<ServerSocketChannel> listeners;
    private final List<Link> links = new CopyOnWriteArrayList<>();

    private final class Link {
        private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
        private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
        private final SocketChannel webServer;
        private final SocketChannel gangway;

        Link(SocketChannel webServer) throws IOException {
            this.webServer = webServer;
            gangway = SocketChannel.open(target);
        }

        void copy(SocketChannel from, SocketChannel to, ByteArrayOutputStream memory) {
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            try {
                while (from.read(buffer.clear()) >= 0) {
                    buffer.flip();
                    synchronized (this) {
                        memory.write(buffer.array(), 0, buffer.limit());
                    }
                    while (buffer.hasRemaining()) {
                        to.write(buffer);
                    }
                }
                to.shutdownOutput();
            } catch (IOException e) {
                // One side has gone: so shall the other.
                close();
            }
        }

        synchronized void forget() {
            asked.reset();
            answered.reset();
        }

        synchronized Overheard overheard() {
            return Overheard.of(asked.toByteArray(), answered.toByteArray());
        }

        void close() {
            try (webServer;
                    gangway) {
                // Closes both.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Tap(SocketAddress target, List<ServerSocketChannel> listeners) {
        this.target = target;
        this.listeners = listeners;
        listeners.forEach(listener -> start(() -> accept(listener)));
    }

    /** Listens on a TCP port, and on a Unix socket that everybody may use. */
    static Tap open(SocketAddress target, Path path) throws IOException {
        ServerSocketChannel tcp = ServerSocketChannel.open();
        ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        tcp.bind(new InetSocketAddress("127.0.0.1", 0));
        unix.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxrwxrwx"));
        return new Tap(target, List.of(tcp, unix));
    }

    private void accept(ServerSocketChannel listener) {
        try {
            while (true) {
                Link link = new Link(listener.accept());
                links.add(link);
                start(() -> link.copy(link.webServer, link.gangway, link.asked));
                start(() -> link.copy(link.gangway, link.webServer, link.answered));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "tap");
        thread.setDaemon(true);
        thread.start();
    }

    int port() throws IOException {
        return ((InetSocketAddress) listeners.get(0).getLocalAddress()).getPort();
    }

    void forget() {
        links.forEach(Link::forget);
    }

    /** What has been said since then, in the order of the connections. */
    List<Overheard> overheard() {
        return links.stream()
                .map(Link::overheard)
                .filter(overheard -> !overheard.params().isEmpty())
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (ServerSocketChannel listener : listeners) {
            listener.close();
        }
        links.forEach(Link::close);
    }
}
