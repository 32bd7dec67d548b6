package dev.gangway.servlet.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A client's connection and the daemon's: what comes on one goes out on the other, and so does its end. */
record Link(SocketChannel client, SocketChannel daemon) {
    static final int BLOCK = 16 * 1024;

    /** For so long a client may go on sending after the daemon has ended. */
    private static final long LINGER_SECONDS = 30;

    /** Begins with what the client has sent already. Returns when both have ended, or the client has gone. */
    void run(ByteBuffer first) throws IOException {
        Thread upstream = Relay.inBackground(() -> sendRequests(first));
        sendResponses();
        // To close now, while the client still sends its request, could lose the response on its way.
        try {
            upstream.join(TimeUnit.SECONDS.toMillis(LINGER_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendResponses() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
        while (receive(daemon, buffer)) {
            send(buffer, client);
        }
        client.shutdownOutput();
    }

    private void sendRequests(ByteBuffer first) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
        try {
            boolean deaf = !isTaken(first);
            while (client.read(buffer.clear()) >= 0) {
                deaf = deaf || !isTaken(buffer.flip());
            }
            daemon.shutdownOutput();
        } catch (IOException e) {
            // The client has gone, and the daemon must hear of it.
            closeDaemon();
        }
    }

    /** A daemon that takes no more may have answered already, and the client sends its request first. */
    private boolean isTaken(ByteBuffer buffer) {
        try {
            send(buffer, daemon);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean receive(SocketChannel from, ByteBuffer buffer) {
        try {
            boolean received = from.read(buffer.clear()) >= 0;
            buffer.flip();
            return received;
        } catch (IOException e) {
            return false;
        }
    }

    private static void send(ByteBuffer buffer, SocketChannel to) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    private void closeDaemon() {
        try {
            daemon.close();
        } catch (IOException e) {
            // Gone already.
        }
    }
}
