package dev.gangway.fcgi.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Notes each event of a parser as a line; parts of one record are one line, however it is cut. */
public class EventLines implements RecordListener {
    private final List<StringBuilder> lines = new ArrayList<>();
    private String open = "";

    @Override
    public void onBeginRequest(int id, int role, boolean keepConn) {
        add("begin " + id + " role " + role + (keepConn ? " keep" : " close"));
    }

    @Override
    public void onAbortRequest(int id) {
        add("abort " + id);
    }

    @Override
    public void onContent(RecordType stream, int id, ByteBuffer content) {
        assertThat(content.hasRemaining()).isTrue();
        String start = stream + " " + id + " ";
        if (!open.equals(start)) {
            add(start);
            open = start;
        }
        lines.get(lines.size() - 1).append(StandardCharsets.ISO_8859_1.decode(content));
    }

    @Override
    public void onEnd(RecordType stream, int id) {
        add("end of " + stream + " " + id);
    }

    @Override
    public void onGetValues(List<String> names) {
        add("ask " + names);
    }

    @Override
    public void onUnknownManagement(int type) {
        add("unknown " + type);
    }

    @Override
    public void onMisplaced(RecordType type, int id) {
        add("misplaced " + type + " " + id);
    }

    /** Adds a line of the test's own. */
    public final void add(String line) {
        lines.add(new StringBuilder(line));
        open = "";
    }

    public final List<String> lines() {
        return lines.stream().map(StringBuilder::toString).toList();
    }
}
