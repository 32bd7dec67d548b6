package dev.gangway.it.conformance;

import dev.gangway.it.harness.Tap;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes TCP connections on and keeps what goes through, as the file of a network capture. That needs no rights, as
 * listening on an interface would.
 */
final class Recorder implements AutoCloseable {
    /** The port of the application in the capture. */
    static final int PORT = 9000;

    private static final int FIRST_CLIENT_PORT = 20_000;
    private static final int RAW_IP = 101;
    private static final int HEADERS = 40;
    private static final int PUSH_AND_ACK = 0x18;

    private final Tap tap;
    private final ByteArrayOutputStream packets = new ByteArrayOutputStream();
    private final AtomicInteger connections = new AtomicInteger();

    Recorder(InetSocketAddress target) throws IOException {
        tap = new Tap(target, this::newConnection);
    }

    InetSocketAddress address() {
        return tap.address();
    }

    /** Writes everything once all connections have ended. */
    void writeTo(Path file) throws IOException, InterruptedException {
        tap.awaitEnd();
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

    private Tap.Ear newConnection() {
        int port = FIRST_CLIENT_PORT + connections.getAndIncrement();
        Sequence sequence = new Sequence();
        return (toApplication, bytes) -> record(toApplication, port, sequence, bytes);
    }

    /** How many bytes each side of a connection has sent. */
    private static final class Sequence {
        private int toApplication = 1;
        private int toClient = 1;
    }

    private synchronized void record(boolean forth, int clientPort, Sequence sequence, ByteBuffer bytes) {
        int length = bytes.remaining();
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
            packet.writeShort(forth ? clientPort : PORT);
            packet.writeShort(forth ? PORT : clientPort);
            packet.writeInt(forth ? sequence.toApplication : sequence.toClient);
            packet.writeInt(forth ? sequence.toClient : sequence.toApplication);
            packet.writeShort(0x5000 | PUSH_AND_ACK);
            packet.writeShort(65535);
            packet.writeInt(0);
            packet.write(bytes.array(), bytes.position(), length);
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
        tap.close();
    }
}
