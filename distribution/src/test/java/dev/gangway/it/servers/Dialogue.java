package dev.gangway.it.servers;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.RawRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An upload in pieces to a servlet that sends each of them back: the client can wait for an answer before it goes on. */
final class Dialogue implements AutoCloseable {
    /** More than HAProxy collects before it sends the first of a body. */
    private static final int PIECE = 20_000;

    private static final int SILENCE_MILLIS = 500;

    private final Socket socket;
    private final int pieces;
    private final int[] echoed = new int[256];

    Dialogue(int port, int pieces) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.pieces = pieces;
        send("POST /probe/mirror HTTP/1.1\r\nHost: " + RawRequest.HOST + "\r\nContent-Length: " + pieces * PIECE
                + "\r\n\r\n");
    }

    void say(int piece) throws IOException {
        if (piece >= pieces) {
            throw new IllegalArgumentException("there are " + pieces + " pieces");
        }
        byte[] bytes = new byte[PIECE];
        Arrays.fill(bytes, (byte) sign(piece));
        socket.getOutputStream().write(bytes);
    }

    /** Waits until all of a piece has come back. */
    void awaitEcho(int piece) throws IOException {
        socket.setSoTimeout((int) Await.DEADLINE.toMillis());
        while (echoed[sign(piece)] < PIECE) {
            if (!read()) {
                throw new AssertionError(
                        echoed[sign(piece)] + " bytes of piece " + piece + " have come back, then the end");
            }
        }
    }

    /** Whether nothing comes for a while. */
    boolean isSilent() throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        try {
            read();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    /** No byte of a header or between chunks is the same. */
    private static int sign(int piece) {
        return 0xC0 + piece;
    }

    private boolean read() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[64 * 1024];
        int length = in.read(bytes);
        for (int i = 0; i < length; i++) {
            echoed[bytes[i] & 0xFF]++;
        }
        return length >= 0;
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
