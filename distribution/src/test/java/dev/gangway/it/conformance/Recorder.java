package dev.gangway.it.conformance;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Passes TCP connections on and keeps what goes through, as the file of a network capture. That needs no rights, as
 * listening on an interface would.
 */
final class Recorder implements AutoCloseable {
    /** The port of the application in the capture. */
    static final int PORT = 9000;

    private static final int FIRST_CLIENT_PORT = 20_000;
    private static final int RAW_IP = 101;
    private static final int MAX_SEGMENT = 32 * 1024;
    private static final int HEADERS = 40;
    private static final int PUSH_AND_ACK = 0x18;

    private final InetSocketAddress target;
    private final ServerSocket listening;
    private final ByteArrayOutputStream packets = new ByteArrayOutputStream();
    private final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
    private int connections;

    Recorder(InetSocketAddress target) throws IOException {
        this.target = target;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        run(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listening.getLocalSocketAddress();
    }

    /** Writes everything once all connections have ended. */
    void writeTo(Path file) throws IOException, InterruptedException {
        listening.close();
        for (Thread thread = threads.poll(); thread != null; thread = threads.poll()) {
            thread.join();
        }
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(0xA1B2C3D4);
            out.writeShort(2);
            out.writeShort(4);
            out.writeLong(0);
            out.writeInt(65535);
            out.writeInt(RAW_IP);
            packets.writeTo(out);
        }
    }

    private void run(Runnable task) {
        Thread thread = new Thread(task, "recorder");
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listening.accept();
                Socket application = new Socket(target.getAddress(), target.getPort());
                int port = FIRST_CLIENT_PORT + connections++;
                Sequence sequence = new Sequence();
                run(() -> pass(client, application, port, PORT, sequence));
                run(() -> pass(application, client, PORT, port, sequence));
            } catch (IOException e) {
                return; // Closed.
            }
        }
    }

    private void pass(Socket from, Socket to, int fromPort, int toPort, Sequence sequence) {
        byte[] bytes = new byte[MAX_SEGMENT];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                record(fromPort, toPort, sequence, bytes, length);
                out.write(bytes, 0, length);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // One side has gone; so does the other.
            closeAll(from, to);
        }
    }

    private static void closeAll(Socket... sockets) {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How many bytes each side of a connection has sent. */
    private static final class Sequence {
        private int toApplication = 1;
        private int toClient = 1;
    }

    private synchronized void record(int from, int to, Sequence sequence, byte[] bytes, int length) {
        boolean forth = to == PORT;
        try {
            DataOutputStream packet = new DataOutputStream(packets);
            packet.writeInt(packets.size());
            packet.writeInt(0);
            packet.writeInt(HEADERS + length);
            packet.writeInt(HEADERS + length);
            // IPv4
            packet.writeShort(0x4500);
            packet.writeShort(HEADERS + length);
            packet.writeInt(0);
            packet.writeInt(0x40060000);
            packet.writeInt(0x7F000001);
            packet.writeInt(0x7F000001);
            // TCP
            packet.writeShort(from);
            packet.writeShort(to);
            packet.writeInt(forth ? sequence.toApplication : sequence.toClient);
            packet.writeInt(forth ? sequence.toClient : sequence.toApplication);
            packet.writeShort(0x5000 | PUSH_AND_ACK);
            packet.writeShort(65535);
            packet.writeInt(0);
            packet.write(bytes, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (forth) {
            sequence.toApplication += length;
        } else {
            sequence.toClient += length;
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
