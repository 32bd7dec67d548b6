package dev.gangway.servlet.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes every connection to the listening socket on descriptor 0 on to the daemon, and starts the daemon if it is gone.
 * Ends on SIGTERM, after the connections in progress.
 */
public final class Relay {
    /** Time that connections have after SIGTERM, since mod_fcgid kills after 9 seconds. */
    private static final long STOP_SECONDS = 8;

    private static final long TICK_SECONDS = 5;

    private final ServerSocketChannel listener;
    private final Daemon daemon;
    private final WebServers webServers;
    private int links;

    private Relay(ServerSocketChannel listener, Daemon daemon, WebServers webServers) {
        this.listener = listener;
        this.daemon = daemon;
        this.webServers = webServers;
    }

    /** Arguments are the path of the daemon's socket and the words of the command that starts the daemon. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        ServerSocketChannel listener = descriptorZero();
        Daemon daemon = new Daemon(Path.of(words.get(0)), words.subList(1, words.size()), tcpAddress(listener));
        Relay relay = new Relay(listener, daemon, webServers());
        Runtime.getRuntime().addShutdownHook(new Thread(relay::finish));
        inBackground(Relay::endWithWebServer);
        relay.serve();
    }

    private static ServerSocketChannel descriptorZero() throws IOException {
        if (!(System.inheritedChannel() instanceof ServerSocketChannel listener)) {
            throw fail(
                    "descriptor 0 is not a listening socket; gangway fcgid is for web servers and spawn-fcgi to start,"
                            + " gangway run serves without them");
        }
        // FCGI-157: a peer can claim any client address, user or certificate, so peers have to be restricted.
        if (listener.getLocalAddress() instanceof InetSocketAddress inet
                && !inet.getAddress().isLoopbackAddress()) {
            throw fail(
                    "descriptor 0 is reachable from other machines, and whoever can connect to a FastCGI port can claim"
                            + " to be any client; use a loopback address or a Unix-domain socket");
        }
        // If it were non-blocking, accepting would be a busy loop.
        listener.configureBlocking(true);
        return listener;
    }

    private static String tcpAddress(ServerSocketChannel listener) throws IOException {
        return listener.getLocalAddress() instanceof InetSocketAddress inet
                ? "tcp:" + inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : null;
    }

    private static WebServers webServers() {
        try {
            return WebServers.of(System.getenv(WebServers.VARIABLE));
        } catch (IllegalArgumentException e) {
            throw fail("the environment variable " + WebServers.VARIABLE + ": " + e.getMessage());
        }
    }

    private static IllegalStateException fail(String message) {
        System.err.println("gangway: " + message);
        System.exit(1);
        return new IllegalStateException(message);
    }

    private void serve() {
        while (true) {
            try {
                SocketChannel client = listener.accept();
                if (webServers.isOne(client)) {
                    count(1);
                    inBackground(() -> link(client));
                } else {
                    client.close();
                }
            } catch (IOException e) {
                // Out of descriptors: to try again at once would only keep a processor busy.
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private void link(SocketChannel client) {
        ByteBuffer first = ByteBuffer.allocate(Link.BLOCK);
        try (client;
                SocketChannel answering = client.read(first) < 0 ? null : daemon.connect()) {
            if (answering != null) {
                new Link(client, answering).run(first.flip());
            }
        } catch (IOException e) {
            // The client has gone, and the daemon learns of it.
        } finally {
            count(-1);
        }
    }

    static Thread inBackground(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private synchronized void count(int change) {
        links += change;
        notifyAll();
    }

    /** Ends the relay when its web server has been killed, since nobody else would. */
    private static void endWithWebServer() {
        if (leadsItsGroup()) {
            return;
        }
        Optional<ProcessHandle> webServer = ProcessHandle.current().parent();
        while (ProcessHandle.current().parent().equals(webServer)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(TICK_SECONDS));
        }
        System.exit(0);
    }

    /**
     * Whether this process leads its process group. One that spawn-fcgi has started does, and need not watch its
     * parent; a web server has its programs in its own group.
     */
    private static boolean leadsItsGroup() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String group = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[2];
            return group.equals(Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            return true; // Not Linux: rather too many relays than none.
        }
    }

    /** An end on request is a success (FCGI-111), while the JVM would report the signal. */
    private synchronized void finish() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
        try {
            for (long left = STOP_SECONDS * 1000;
                    links > 0 && left > 0;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                wait(left);
            }
        } catch (InterruptedException e) {
            // End at once, then.
        }
        Runtime.getRuntime().halt(0);
    }
}
