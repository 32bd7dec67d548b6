package dev.gangway.fcgi.fuzz;

import static dev.gangway.conformance.peer.FcgiNumbers.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a server has written on one connection, by request. It insists on the order that FastCGI demands. */
final class Answers {
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private final Map<Integer, StringBuilder> open = new HashMap<>();
    private final Map<Integer, List<String>> ended = new HashMap<>();
    private long received;

    void add(ByteBuffer bytes) {
        received += bytes.remaining();
        while (bytes.hasRemaining()) {
            unread.write(bytes.get());
        }
        ByteBuffer records = ByteBuffer.wrap(unread.toByteArray());
        while (records.remaining() >= HEADER_LENGTH) {
            int start = records.position();
            int content = records.getShort(start + 4) & 0xFFFF;
            int length = HEADER_LENGTH + content + (records.get(start + 6) & 0xFF);
            if (records.remaining() < length) {
                break;
            }
            assertThat(records.get(start)).as("version").isEqualTo((byte) 1);
            accept(
                    records.get(start + 1),
                    records.getShort(start + 2) & 0xFFFF,
                    new String(records.array(), start + HEADER_LENGTH, content, StandardCharsets.ISO_8859_1));
            records.position(start + length);
        }
        unread.reset();
        unread.write(records.array(), records.position(), records.remaining());
    }

    private void accept(int type, int id, String content) {
        switch (type) {
            case STDOUT ->
                open.computeIfAbsent(id, any -> new StringBuilder())
                        .append(content.isEmpty() ? "<end of STDOUT>" : content);
            case STDERR -> open.computeIfAbsent(id, any -> new StringBuilder());
            case END_REQUEST -> {
                assertThat(content).hasSize(8);
                StringBuilder response = open.remove(id);
                assertThat(response).as("STDOUT of request " + id).isNotNull();
                assertThat(response.toString()).startsWith("Status: ").endsWith("<end of STDOUT>");
                ended.computeIfAbsent(id, any -> new ArrayList<>()).add(response + " " + content);
            }
            default -> {
                assertThat(type).isIn(GET_VALUES_RESULT, UNKNOWN_TYPE);
                assertThat(id).isZero();
            }
        }
    }

    /** {@return how many bytes have come} */
    long received() {
        return received;
    }

    /** {@return the complete answers to requests with this id, in order} */
    List<String> to(int id) {
        return ended.getOrDefault(id, List.of());
    }

    /** {@return how many requests have been answered completely} */
    int count() {
        return ended.values().stream().mapToInt(List::size).sum();
    }
}
