package dev.gangway.fcgi.fuzz;

import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.STDERR;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.record.Deframer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a server has written on one connection, by request. It insists on the order that FastCGI demands. */
final class Answers {
    private final Deframer records = new Deframer();
    private final Map<Integer, StringBuilder> open = new HashMap<>();
    private final Map<Integer, List<String>> ended = new HashMap<>();
    private long received;

    void add(ByteBuffer bytes) {
        received += bytes.remaining();
        while (bytes.hasRemaining()) {
            records.put(bytes);
            for (Header header = records.header(); header != null && take(header); header = records.header()) {
                // All that have come whole.
            }
        }
    }

    private boolean take(Header header) {
        assertThat(header.version()).as("version").isEqualTo(1);
        FcgiRecord record = records.next();
        if (record != null) {
            accept(record.type(), record.id(), record.text());
        }
        return record != null;
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
