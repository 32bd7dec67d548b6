package dev.gangway.benchmark.load;

import dev.gangway.benchmark.Content;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

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

    /** {@return all that is to be said of these requests, to be used up} */
    static ByteBuffer[] parts(List<Exchange> exchanges) {
        return exchanges.stream()
                .flatMap(exchange -> Stream.of(exchange.head.duplicate(), exchange.body.duplicate()))
                .toArray(ByteBuffer[]::new);
    }
}
