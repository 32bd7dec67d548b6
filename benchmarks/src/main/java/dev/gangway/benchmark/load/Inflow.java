package dev.gangway.benchmark.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What comes over a connection. */
final class Inflow {
    /** Takes a piece of what has come, all of it. */
    interface Sink {
        void take(ByteBuffer piece) throws IOException;
    }

    private static final int CAPACITY = 64 * 1024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};

    private final SocketChannel channel;
    private final ByteBuffer bytes;

    /** @param buffer its space, whose content is of no interest */
    Inflow(SocketChannel channel, ByteBuffer buffer) {
        this.channel = channel;
        this.bytes = buffer.clear().limit(0);
    }

    static ByteBuffer newBuffer() {
        return ByteBuffer.allocateDirect(CAPACITY);
    }

    /** {@return the bytes, of which so many have come at least} */
    ByteBuffer await(int length) throws IOException {
        while (bytes.remaining() < length) {
            if (!more()) {
                throw new EOFException("the server has closed the connection");
            }
        }
        return bytes;
    }

    /** Passes so many bytes on in pieces as they come. */
    void pass(long length, Sink sink) throws IOException {
        for (long left = length; left > 0; ) {
            await(1);
            int piece = (int) Math.min(left, bytes.remaining());
            sink.take(bytes.slice(bytes.position(), piece));
            bytes.position(bytes.position() + piece);
            left -= piece;
        }
    }

    /** Passes all on until the server closes the connection. */
    void passAll(Sink sink) throws IOException {
        do {
            sink.take(bytes.slice());
            bytes.position(bytes.limit());
        } while (more());
    }

    void skip(int length) throws IOException {
        await(length).position(bytes.position() + length);
    }

    /** {@return a line without its end} */
    String line() throws IOException {
        return until(LINE_END);
    }

    /** {@return all lines up to an empty one} */
    String head() throws IOException {
        return until(HEAD_END);
    }

    private String until(byte[] end) throws IOException {
        for (int length = 0; ; length++) {
            await(length + end.length);
            if (bytes.slice(bytes.position() + length, end.length).mismatch(ByteBuffer.wrap(end)) < 0) {
                byte[] text = new byte[length];
                bytes.get(text);
                skip(end.length);
                return new String(text, Exchange.CHARSET);
            }
        }
    }

    /** {@return whether more has come, and not the end of the connection} */
    private boolean more() throws IOException {
        bytes.compact();
        int read = channel.read(bytes);
        bytes.flip();
        return read >= 0;
    }
}
