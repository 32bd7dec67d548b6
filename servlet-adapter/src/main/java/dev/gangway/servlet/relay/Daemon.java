package dev.gangway.servlet.relay;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The daemon, which is started when nobody answers.
 *
 * @param socket where it listens
 * @param start the command that starts it and returns when it is ready
 * @param relayAddress the TCP address at which web servers connect to the relay, null if it has none
 */
record Daemon(Path socket, List<String> start, String relayAddress) {
    /** Passes the address to the daemon, which warns of what anybody who connects there could claim. */
    private static final String RELAY_ADDRESS = "GANGWAY_RELAY_ADDRESS";

    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 50;
    private static final long LIMIT_MILLIS = 5_000;

    /** What the start command writes while it runs, with the time, in seconds, until which it may run. */
    private static final Pattern STARTING = Pattern.compile("starting (\\d+).*", Pattern.DOTALL);

    private static final int HEADER = 8;
    private static final byte VERSION = 1;
    private static final byte GET_VALUES = 9;
    private static final byte GET_VALUES_RESULT = 10;

    /**
     * {@return a connection that the daemon has accepted, or null if it cannot be started; the reason is on standard
     * error}
     *
     * <p>Called when there is a request already, since a daemon that is about to end waits only a moment for one.
     */
    SocketChannel connect() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            SocketChannel channel = open();
            if (channel == null) {
                if (!isStarted()) {
                    return null;
                }
            } else if (answers(channel)) {
                channel.configureBlocking(true);
                return channel;
            } else {
                // The daemon is about to end. It has not answered, so it has not read the request either, and the next
                // one may have it.
                channel.close();
                pause();
            }
        }
        System.err.println("gangway: nobody answers at unix:" + socket);
        return null;
    }

    private SocketChannel open() {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            return null;
        }
    }

    /** A connection in the backlog of a daemon that ends is lost. One that is answered has been accepted. */
    private boolean answers(SocketChannel channel) {
        try (Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            channel.write(ByteBuffer.wrap(new byte[] {VERSION, GET_VALUES, 0, 0, 0, 0, 0, 0}));
            ByteBuffer header = read(channel, selector, HEADER);
            int content = header.getShort(4) & 0xFFFF;
            int padding = header.get(6) & 0xFF;
            read(channel, selector, content + padding);
            return header.get(1) == GET_VALUES_RESULT;
        } catch (IOException e) {
            return false;
        }
    }

    private ByteBuffer read(SocketChannel channel, Selector selector, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes);
            if (count < 0) {
                throw new EOFException();
            }
            if (count == 0) {
                awaitBytes(selector);
            }
        }
        return bytes;
    }

    /** A daemon takes connections before its applications have started, which may be slow. */
    private void awaitBytes(Selector selector) throws IOException {
        while (selector.select(LIMIT_MILLIS) == 0) {
            if (!isStarting()) {
                throw new SocketTimeoutException();
            }
        }
        selector.selectedKeys().clear();
    }

    private boolean isStarting() {
        try {
            Path state = Path.of(socket.toString().replaceFirst("\\.sock$", ".state"));
            Matcher starting = STARTING.matcher(Files.readString(state));
            return starting.matches() && Instant.now().getEpochSecond() < Long.parseLong(starting.group(1));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isStarted() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(start)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // What the variable says about connections to this process does not hold for the daemon.
        builder.environment().remove(WebServers.VARIABLE);
        if (relayAddress == null) {
            builder.environment().remove(RELAY_ADDRESS);
        } else {
            builder.environment().put(RELAY_ADDRESS, relayAddress);
        }
        Process process = builder.start();
        try {
            return process.waitFor() == 0;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
