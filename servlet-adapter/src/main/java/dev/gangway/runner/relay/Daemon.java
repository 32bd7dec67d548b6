package dev.gangway.runner.relay;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * The daemon, which is started when nobody answers.
 *
 * @param socket where it listens
 * @param start the command that starts it and returns when it is ready
 */
record Daemon(Path socket, List<String> start) {
    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 50;

    private static final int HEADER = 8;
    private static final byte VERSION = 1;
    private static final byte GET_VALUES = 9;
    private static final byte GET_VALUES_RESULT = 10;

    /**
     * {@return a connection that the daemon has accepted, or null if it cannot be started; the reason is on standard
     * error}
     *
     * <p>It is for a request that is there already: a daemon that is about to end waits no longer than a moment.
     */
    SocketChannel connect() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            SocketChannel channel = open();
            if (channel == null) {
                if (!isStarted()) {
                    return null;
                }
            } else if (answers(channel)) {
                return channel;
            } else {
                // It is about to end: what has not been answered has not been read either, so another may have it.
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

    /** A connection that waits in the backlog of a daemon that ends is lost. One that is answered has been accepted. */
    private static boolean answers(SocketChannel channel) {
        try {
            channel.write(ByteBuffer.wrap(new byte[] {VERSION, GET_VALUES, 0, 0, 0, 0, 0, 0}));
            ByteBuffer header = read(channel, HEADER);
            int content = header.getShort(4) & 0xFFFF;
            int padding = header.get(6) & 0xFF;
            read(channel, content + padding);
            return header.get(1) == GET_VALUES_RESULT;
        } catch (IOException e) {
            return false;
        }
    }

    private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes;
    }

    private boolean isStarted() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(start)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // What it says of connections to this process does not go for the daemon.
        builder.environment().remove(WebServers.VARIABLE);
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
