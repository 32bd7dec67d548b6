package dev.gangway.servlet.http;

import dev.gangway.api.Role;
import dev.gangway.fcgi.record.RecordHeader;
import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.record.RecordWriter;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;

/**
 * One request to a Responder over a FastCGI connection of its own, as a web server sends it. All reads and writes block;
 * one thread may send while another one receives, and any may close.
 */
final class FcgiExchange implements Closeable {
    private static final int ID = 1;
    private static final int MAX_RECORD = RecordHeader.LENGTH + 0xFFFF + 0xFF;

    /**
     * What the application has sent.
     *
     * @param type    the type; null if its number is unknown
     * @param content without the padding; valid until the next record is received
     */
    record Received(RecordType type, ByteBuffer content) {}

    private final SocketChannel channel;
    private final ByteBuffer header = ByteBuffer.allocateDirect(RecordHeader.LENGTH);
    private final ByteBuffer padding = ByteBuffer.allocateDirect(RecordHeader.LENGTH);
    private final ByteBuffer input = ByteBuffer.allocate(MAX_RECORD).flip();

    private FcgiExchange(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * {@return an exchange that has not begun}
     *
     * @throws IOException if nobody listens there
     */
    static FcgiExchange open(SocketAddress address) throws IOException {
        return new FcgiExchange(SocketChannel.open(address));
    }

    /**
     * Begins the request.
     *
     * @param params its parameters, encoded
     */
    void begin(ByteBuffer params) throws IOException {
        ByteBuffer begin = ByteBuffer.allocate(8).putShort((short) Role.RESPONDER.code());
        send(RecordType.BEGIN_REQUEST, begin.clear());
        sendStream(RecordType.PARAMS, params);
        send(RecordType.PARAMS, BufferUtil.EMPTY_BUFFER);
    }

    /** {@return the sink for the body; a write to it is complete when it returns} */
    Content.Sink stdin() {
        return (last, content, callback) -> {
            try {
                sendStream(RecordType.STDIN, content == null ? BufferUtil.EMPTY_BUFFER : content);
                if (last) {
                    send(RecordType.STDIN, BufferUtil.EMPTY_BUFFER);
                }
            } catch (IOException e) {
                callback.failed(e);
                return;
            }
            callback.succeeded();
        };
    }

    private void sendStream(RecordType type, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            int length = Math.min(content.remaining(), RecordWriter.MAX_CONTENT);
            send(type, content.slice(content.position(), length));
            content.position(content.position() + length);
        }
    }

    private void send(RecordType type, ByteBuffer content) throws IOException {
        int length = content.remaining();
        header.clear();
        RecordWriter.header(header, type, ID, length);
        padding.clear();
        RecordWriter.padding(padding, length);
        ByteBuffer[] record = {header.flip(), content, padding.flip()};
        while (BufferUtil.remaining(record) > 0) {
            channel.write(record);
        }
    }

    /**
     * {@return the next record}
     *
     * @throws EofException if the connection ends first
     * @throws IOException  if it breaks, or is not a FastCGI connection
     */
    Received receive() throws IOException {
        require(RecordHeader.LENGTH);
        long head = input.getLong(input.position());
        if (RecordHeader.version(head) != RecordHeader.VERSION) {
            throw new IOException("the answer is not FastCGI");
        }
        int length = RecordHeader.contentLength(head);
        int recordLength = RecordHeader.LENGTH + length + RecordHeader.paddingLength(head);
        require(recordLength);
        ByteBuffer content = input.slice(input.position() + RecordHeader.LENGTH, length);
        input.position(input.position() + recordLength);
        return new Received(RecordType.of(RecordHeader.typeCode(head)), content);
    }

    /** {@return whether more has been received already} */
    boolean hasReceived() {
        return input.hasRemaining();
    }

    private void require(int length) throws IOException {
        if (input.remaining() >= length) {
            return;
        }
        input.compact();
        try {
            while (input.position() < length) {
                if (channel.read(input) < 0) {
                    throw new EofException("the connection ended before the response");
                }
            }
        } finally {
            input.flip();
        }
    }

    /** Aborts the request if it has not ended. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
