package dev.gangway.benchmark.load;

import dev.gangway.benchmark.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as it goes over the wire, and the body of the only right answer.
 *
 * @param head what is said first, its own
 * @param body what is said then, perhaps empty; shared with other requests
 */
record Exchange(ByteBuffer head, ByteBuffer body, Content answer) {
    static final Charset CHARSET = StandardCharsets.ISO_8859_1;

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Says these requests in as few writes as the connection takes. */
    static void send(List<Exchange> exchanges, GatheringByteChannel channel) throws IOException {
        ByteBuffer[] parts = new ByteBuffer[2 * exchanges.size()];
        for (int i = 0; i < exchanges.size(); i++) {
            parts[2 * i] = exchanges.get(i).head.duplicate();
            parts[2 * i + 1] = exchanges.get(i).body.duplicate();
        }
        send(channel, parts);
    }

    /** Says all of these bytes. */
    static void send(GatheringByteChannel channel, ByteBuffer... parts) throws IOException {
        long left = 0;
        for (ByteBuffer part : parts) {
            left += part.remaining();
        }
        while (left > 0) {
            left -= channel.write(parts);
        }
    }
}
