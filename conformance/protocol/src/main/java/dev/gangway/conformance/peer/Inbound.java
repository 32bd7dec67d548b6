package dev.gangway.conformance.peer;

import static dev.gangway.conformance.peer.FcgiNumbers.*;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an application has sent on one connection: takes it apart and insists that the specification allows it.
 *
 * <p>Locked, since the thread that speaks announces what the thread that listens then expects.
 */
final class Inbound {
    private final Map<Integer, FcgiResponse> active = new HashMap<>();
    private final Map<Integer, Deque<FcgiResponse>> ended = new HashMap<>();
    private final Deque<FcgiRecord> managementAnswers = new ArrayDeque<>();
    private final Set<Integer> endedIds = new HashSet<>();
    private ByteBuffer bytes = ByteBuffer.allocate(256 * 1024).flip();
    private int managementQuestions;
    private long received;
    private boolean aligned = true;

    /** Takes note of a request: from now on an answer with this id is in order. */
    synchronized void begun(int id) {
        if (active.containsKey(id)) {
            throw new IllegalStateException("request " + id + " has not been answered yet");
        }
        active.put(id, new FcgiResponse(id));
    }

    /** Takes note of a management record: from now on one more answer with id 0 is in order. */
    synchronized void asked() {
        managementQuestions++;
    }

    /** {@return where to put more bytes; the caller then calls {@link #filled}} */
    ByteBuffer space() {
        return bytes.compact();
    }

    void filled() {
        bytes.flip();
    }

    /** {@return the next record, checked and filed, or null if it has not come whole} */
    synchronized FcgiRecord next() {
        if (bytes.remaining() < HEADER_LENGTH) {
            return null;
        }
        int start = bytes.position();
        int contentLength = bytes.getShort(start + 4) & 0xFFFF;
        int paddingLength = bytes.get(start + 6) & 0xFF;
        int length = HEADER_LENGTH + contentLength + paddingLength;
        require(bytes.get(start) == 1, "version " + bytes.get(start));
        require(bytes.get(start + 7) == 0, "reserved byte " + bytes.get(start + 7));
        if (bytes.remaining() < length) {
            return null;
        }
        byte[] content = new byte[contentLength];
        byte[] padding = new byte[paddingLength];
        bytes.position(start + HEADER_LENGTH);
        bytes.get(content).get(padding);
        FcgiRecord record =
                new FcgiRecord(bytes.get(start + 1) & 0xFF, bytes.getShort(start + 2) & 0xFFFF, content, padding);
        for (byte b : padding) {
            require(b == 0, "padding that is not zero in " + record);
        }
        received += length;
        aligned &= received % 8 == 0;
        file(record);
        return record;
    }

    private void file(FcgiRecord record) {
        if (record.type() == GET_VALUES_RESULT || record.type() == UNKNOWN_TYPE) {
            require(record.id() == 0, "management answer with an id: " + record);
            require(managementQuestions > 0, "management answer without a question: " + record);
            managementQuestions--;
            managementAnswers.add(record);
            return;
        }
        FcgiResponse response = active.get(record.id());
        require(
                response != null,
                record + (endedIds.contains(record.id()) ? " after its END_REQUEST" : " for a request never begun"));
        response.accept(record);
        if (response.ended()) {
            active.remove(record.id());
            endedIds.add(record.id());
            ended.computeIfAbsent(record.id(), id -> new ArrayDeque<>()).add(response);
        }
    }

    /** {@return the oldest complete response with this id that nobody has taken, or null} */
    synchronized FcgiResponse takeEnded(int id) {
        Deque<FcgiResponse> responses = ended.get(id);
        return responses == null ? null : responses.poll();
    }

    /** {@return the response with this id, complete or not, that nobody has taken, or null} */
    synchronized FcgiResponse current(int id) {
        Deque<FcgiResponse> responses = ended.get(id);
        return responses == null || responses.isEmpty() ? active.get(id) : responses.peek();
    }

    synchronized FcgiRecord takeManagementAnswer() {
        return managementAnswers.poll();
    }

    synchronized int unansweredQuestions() {
        return managementQuestions;
    }

    synchronized void sink(int id, OutputStream sink) {
        active.get(id).sink(sink);
    }

    /** {@return the ids of requests without an END_REQUEST} */
    synchronized List<Integer> unanswered() {
        return new ArrayList<>(active.keySet());
    }

    /** {@return whether bytes of an incomplete record have come} */
    boolean insideRecord() {
        return bytes.hasRemaining();
    }

    /** {@return whether every record has begun at a multiple of 8 bytes} */
    boolean aligned() {
        return aligned;
    }

    private static void require(boolean condition, String violation) {
        if (!condition) {
            throw new AssertionError(violation);
        }
    }
}
