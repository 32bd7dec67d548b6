package dev.gangway.conformance.peer;

import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.STDERR;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;

import dev.gangway.conformance.record.FcgiRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The answer to one BEGIN_REQUEST: what has come of it so far, and in the end all of it.
 *
 * <p>It accepts only what the specification allows: nothing after the end of a stream or of the request, one end of
 * STDOUT, an end of STDERR if there was any, a complete header block. All text is Latin-1, one character for each byte.
 */
public final class FcgiResponse {
    private final int id;
    private final List<FcgiRecord> records = new ArrayList<>();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private CgiHeader header;
    private int headerLength;
    private OutputStream sink;
    private long bodyLength;
    private boolean stdoutEnded;
    private boolean stderrEnded;
    private FcgiRecord end;

    FcgiResponse(int id) {
        this.id = id;
    }

    /** Passes the body on instead of keeping it, nor the records. */
    void sink(OutputStream sink) {
        this.sink = sink;
    }

    void accept(FcgiRecord record) {
        require(end == null, record + " after the end");
        if (sink == null) {
            records.add(record);
        }
        switch (record.type()) {
            case STDOUT -> acceptStdout(record);
            case STDERR -> acceptStderr(record);
            case END_REQUEST -> acceptEnd(record);
            default -> throw new AssertionError("request " + id + ": unexpected " + record);
        }
    }

    private void acceptStdout(FcgiRecord record) {
        require(!stdoutEnded, "STDOUT after its end");
        if (record.isEmpty()) {
            require(header != null, "STDOUT ended without a complete header: " + stdout);
            stdoutEnded = true;
        } else if (header == null) {
            acceptHeader(record);
        } else {
            acceptBody(record.content(), 0);
        }
    }

    private void acceptHeader(FcgiRecord record) {
        int already = stdout.size();
        stdout.writeBytes(record.content());
        int length = CgiHeader.length(stdout.toByteArray());
        if (length < 0) {
            return;
        }
        headerLength = length;
        byte[] all = stdout.toByteArray();
        header = CgiHeader.parse(new String(all, 0, length, StandardCharsets.ISO_8859_1));
        stdout.reset();
        stdout.write(all, 0, length);
        acceptBody(record.content(), length - already);
    }

    private void acceptBody(byte[] content, int from) {
        bodyLength += content.length - from;
        if (sink == null) {
            stdout.write(content, from, content.length - from);
            return;
        }
        try {
            sink.write(content, from, content.length - from);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptStderr(FcgiRecord record) {
        require(!stderrEnded, "STDERR after its end");
        stderrEnded = record.isEmpty();
        stderr.writeBytes(record.content());
    }

    private void acceptEnd(FcgiRecord record) {
        require(record.content().length == 8, "END_REQUEST of " + record.content().length + " bytes");
        for (int i = 5; i < 8; i++) {
            require(record.content()[i] == 0, "END_REQUEST with reserved bytes that are not zero");
        }
        require(stdoutEnded, "END_REQUEST before the end of STDOUT");
        require(stderr.size() == 0 || stderrEnded, "END_REQUEST before the end of STDERR");
        end = record;
    }

    private void require(boolean condition, String violation) {
        if (!condition) {
            throw new AssertionError("request " + id + ": " + violation);
        }
    }

    public int id() {
        return id;
    }

    /** {@return all records of this response in order, the END_REQUEST included} */
    public List<FcgiRecord> records() {
        return List.copyOf(records);
    }

    /** {@return the contents of the STDOUT records, the empty one at the end included} */
    public List<byte[]> stdoutRecords() {
        return records.stream()
                .filter(record -> record.type() == STDOUT)
                .map(FcgiRecord::content)
                .toList();
    }

    public boolean hasHeader() {
        return header != null;
    }

    /** {@return the status and the fields, once they have come} */
    public CgiHeader header() {
        require(header != null, "no complete header: " + stdout);
        return header;
    }

    /** {@return the header block as it was sent, the empty line included} */
    public String headerText() {
        return new String(stdout.toByteArray(), 0, headerLength, StandardCharsets.ISO_8859_1);
    }

    public int status() {
        return header().status();
    }

    /** {@return the body so far} */
    public byte[] body() {
        byte[] all = stdout.toByteArray();
        return Arrays.copyOfRange(all, headerLength, all.length);
    }

    public String text() {
        return new String(body(), StandardCharsets.ISO_8859_1);
    }

    public long bodyLength() {
        return bodyLength;
    }

    public String stderr() {
        return stderr.toString(StandardCharsets.ISO_8859_1);
    }

    public boolean stdoutEnded() {
        return stdoutEnded;
    }

    public boolean ended() {
        return end != null;
    }

    public int appStatus() {
        require(end != null, "not ended");
        return ByteBuffer.wrap(end.content()).getInt();
    }

    public int protocolStatus() {
        require(end != null, "not ended");
        return end.content()[4] & 0xFF;
    }

    @Override
    public String toString() {
        return "response " + id + " " + records + "\n" + stdout.toString(StandardCharsets.ISO_8859_1);
    }
}
