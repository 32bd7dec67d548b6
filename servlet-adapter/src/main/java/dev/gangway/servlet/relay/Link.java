package dev.gangway.servlet.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** The connection of a client and the one to the daemon: what comes on one is sent on the other, and so is its end. */
record Link(SocketChannel client, SocketChannel daemon) {
    static final int BLOCK = 16 * 1024;

    /** How long a client may go on sending after the daemon has ended the connection. */
    private static final long LINGER_SECONDS = 30;

    /**
     * Passes data both ways, beginning with what the client has sent already. Returns when both have ended, or the
     * client has gone.
     */
    void run(ByteBuffer first) throws IOException {
        Thread upstream = Relay.inBackground(() -> sendRequests(first));
        sendResponses();
        // Closing now, while the client still sends its request, could lose the response on its way.
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
            // The client has gone, and the daemon must learn of it.
            closeDaemon();
        }
    }

    /**
     * A daemon that reads no more may have answered already. The rest of the request is read all the same, since the
     * client may send all of it before it reads the response.
     */
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
