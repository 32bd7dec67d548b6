package dev.gangway.conformance.peer;

import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_TYPE;

import dev.gangway.conformance.record.Deframer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Header;
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
 * What an application has sent on one connection: the strict reader, which insists that the specification allows it.
 *
 * <p>Locked, since the thread that speaks announces what the thread that listens then expects.
 */
final class Inbound {
    private final Map<Integer, FcgiResponse> active = new HashMap<>();
    private final Map<Integer, Deque<FcgiResponse>> ended = new HashMap<>();
    private final Deque<FcgiRecord> managementAnswers = new ArrayDeque<>();
    private final Set<Integer> endedIds = new HashSet<>();
    private final Deframer records = new Deframer();
    private int managementQuestions;

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
        return records.space();
    }

    void filled() {
        records.filled();
    }

    /** {@return the next record, checked and filed, or null if it has not come whole} */
    synchronized FcgiRecord next() {
        // The header is looked at before its record is waited for.
        Header header = records.header();
        if (header == null) {
            return null;
        }
        require(header.version() == 1, "version " + header.version());
        require(header.reserved() == 0, "reserved byte " + header.reserved());
        FcgiRecord record = records.next();
        if (record == null) {
            return null;
        }
        for (byte b : record.padding()) {
            require(b == 0, "padding that is not zero in " + record);
        }
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
        return records.insideRecord();
    }

    /** {@return whether every record has begun at a multiple of 8 bytes} */
    boolean aligned() {
        return records.aligned();
    }

    private static void require(boolean condition, String violation) {
        if (!condition) {
            throw new AssertionError(violation);
        }
    }
}
