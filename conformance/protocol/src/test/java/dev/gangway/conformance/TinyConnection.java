package dev.gangway.conformance;

import static dev.gangway.conformance.record.FcgiNumbers.ABORT_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.CANT_MPX_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.DATA;
import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.HEADER_LENGTH;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.STDERR;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_ROLE;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Header;
import dev.gangway.conformance.record.Pairs.Pair;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One connection of the tiny application: requests may be interleaved, each is answered at the end of its STDIN. */
final class TinyConnection {
    private static final String REFUSAL = "Status: 403\r\nContent-Type: text/plain\r\n\r\n";

    private static final class Active {
        final ByteArrayOutputStream params = new ByteArrayOutputStream();
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        int role;
        boolean keep;
        boolean malformed;
        List<Pair> pairs;
    }

    private final TinyApplication application;
    private final DataInputStream in;
    private final OutputStream out;
    private final Map<Integer, Active> active = new HashMap<>();
    private int leftOver;
    private boolean done;

    TinyConnection(TinyApplication application, Socket socket) throws IOException {
        this.application = application;
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private boolean has(Fault fault) {
        return application.has(fault);
    }

    void run() throws IOException {
        while (!done) {
            byte[] bytes = new byte[HEADER_LENGTH];
            in.readFully(bytes);
            Header header = Header.read(ByteBuffer.wrap(bytes));
            if (header.version() == 'G' && has(Fault.DIES_OF_HTTP)) {
                application.die();
            }
            int length = has(Fault.SIGNED_LENGTHS) ? (short) header.contentLength() : header.contentLength();
            boolean unreadable = length < 0 || header.version() != 1;
            if (unreadable || header.reserved() != 0 && has(Fault.RESERVED_TAKEN_SERIOUSLY)) {
                return;
            }
            byte[] content = in.readNBytes(length);
            if (content.length < length) {
                return;
            }
            if (!has(Fault.PADDING_NOT_SKIPPED)) {
                in.skipNBytes(header.paddingLength());
            }
            int id = has(Fault.SMALL_IDS_ONLY) ? header.id() & 0xFF : header.id();
            take(FcgiRecord.of(header.type(), id, content));
        }
    }

    private void take(FcgiRecord record) throws IOException {
        Active request = active.get(record.id());
        if (record.id() == 0) {
            FcgiRecord answer = application.manage(record);
            if (answer != null) {
                write(answer);
            }
        } else if (record.type() == BEGIN_REQUEST) {
            begin(record, request);
        } else if (request != null) {
            take(record, request);
        } else if (record.type() == ABORT_REQUEST && has(Fault.ABORT_ANSWERED_TWICE)) {
            end(record.id(), REQUEST_COMPLETE);
        } else {
            leftOver += record.type() == STDIN ? record.content().length : 0;
            done = has(Fault.STRICT_ABOUT_IDS);
        }
    }

    private void begin(FcgiRecord record, Active running) throws IOException {
        byte[] body = record.content();
        if (running != null || body.length != 8) {
            done = true;
            return;
        }
        Active request = new Active();
        request.role = ByteBuffer.wrap(body).getShort();
        request.keep = has(Fault.ALL_FLAGS_COUNT) ? body[2] != 0 : (body[2] & KEEP_CONN) != 0;
        if (has(Fault.LEFT_OVERS_COUNT)) {
            request.body.writeBytes(new byte[leftOver]);
        }
        if (has(Fault.MULTIPLEXING_IN_WORDS_ONLY) && !active.isEmpty()) {
            refuse(record.id(), CANT_MPX_CONN);
            return;
        }
        active.put(record.id(), request);
        if (has(Fault.EARLY_OUTPUT)) {
            write(FcgiRecord.of(STDOUT, record.id(), "Status: 200\r\n".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private void take(FcgiRecord record, Active request) throws IOException {
        switch (record.type()) {
            case PARAMS -> params(record, request);
            case STDIN -> stdin(record, request);
            case DATA -> request.body.writeBytes(has(Fault.DATA_IN_BODY) ? record.content() : new byte[0]);
            case ABORT_REQUEST -> {
                if (!has(Fault.ABORT_IGNORED)) {
                    write(FcgiRecord.of(STDOUT, record.id()));
                    end(record.id(), REQUEST_COMPLETE);
                }
            }
            default -> {
                // Of no interest.
            }
        }
    }

    private void params(FcgiRecord record, Active request) throws IOException {
        request.params.writeBytes(record.content());
        if (has(Fault.PAIRS_PER_RECORD)) {
            request.malformed |= decode(record.content()) == null;
        }
        if (record.isEmpty()) {
            request.pairs = decode(request.params.toByteArray());
            request.malformed |= request.pairs == null;
            if (request.role != RESPONDER && !has(Fault.ANY_ROLE)) {
                refuse(record.id(), UNKNOWN_ROLE);
                done |= !request.keep && active.isEmpty();
            }
        }
    }

    /** {@return the pairs, or null if they are malformed} */
    private List<Pair> decode(byte[] block) {
        ByteBuffer bytes = ByteBuffer.wrap(block);
        List<Pair> pairs = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                int name = length(bytes);
                int value = length(bytes);
                if (name < 0 || value < 0 || (long) name + value > bytes.remaining()) {
                    return null;
                }
                pairs.add(new Pair(text(bytes, name), text(bytes, value)));
            }
            return pairs;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private int length(ByteBuffer bytes) {
        if (bytes.get(bytes.position()) >= 0) {
            return bytes.get();
        }
        int length = bytes.getInt() & 0x7FFFFFFF;
        return length < 128 && has(Fault.SHORT_LENGTHS_ONLY) ? -1 : length;
    }

    private static String text(ByteBuffer bytes, int length) {
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private void stdin(FcgiRecord record, Active request) throws IOException {
        request.body.writeBytes(record.content());
        if (!record.isEmpty() || request.params.size() > 0 && request.pairs == null && !request.malformed) {
            return;
        }
        if (!request.malformed || !has(Fault.HANGS_ON_BAD_PAIRS)) {
            answer(record.id(), request);
        }
        done |= !request.keep && active.isEmpty() && !has(Fault.NEVER_CLOSES) || has(Fault.ONE_REQUEST_PER_CONNECTION);
    }

    private void answer(int id, Active request) throws IOException {
        Map<String, String> named = request.pairs == null
                ? Map.of()
                : request.pairs.stream().collect(Collectors.toMap(Pair::name, Pair::value, (first, last) -> last));
        String length = named.getOrDefault("CONTENT_LENGTH", "");
        boolean tooShort = length.matches("\\d{1,9}") && request.body.size() < Integer.parseInt(length);
        if (has(Fault.SILENT) || tooShort && has(Fault.WAITS_FOR_ALL_OF_STDIN)) {
            return;
        }
        String status = has(Fault.PARSED_HEADERS) ? "HTTP/1.1 200 OK\r\n" : "Status: 200\r\n";
        String text = (request.malformed ? "Status: 400\r\n" : status) + "Content-Type: text/plain\r\n\r\n"
                + named.get("REQUEST_METHOD") + " " + named.get("REQUEST_URI") + " " + request.body.size();
        write(FcgiRecord.of(STDOUT, id, text.getBytes(StandardCharsets.ISO_8859_1)));
        if (has(Fault.STDERR_LEFT_OPEN)) {
            write(FcgiRecord.of(STDERR, id, (byte) '!'));
        }
        if (has(Fault.UNASKED_RESULT)) {
            write(FcgiRecord.of(GET_VALUES_RESULT, 0));
        }
        closeStdout(id);
        end(id, REQUEST_COMPLETE);
        if (has(Fault.LATE_OUTPUT)) {
            write(FcgiRecord.of(STDOUT, id));
        }
    }

    private void refuse(int id, int protocolStatus) throws IOException {
        String text = has(Fault.SUCCESSFUL_REFUSAL) ? REFUSAL.replace("403", "200") : REFUSAL;
        write(FcgiRecord.of(STDOUT, id, text.getBytes(StandardCharsets.US_ASCII)));
        closeStdout(id);
        end(id, protocolStatus);
    }

    private void closeStdout(int id) throws IOException {
        for (int i = 0; i < (has(Fault.STDOUT_LEFT_OPEN) ? 0 : has(Fault.STDOUT_CLOSED_TWICE) ? 2 : 1); i++) {
            write(FcgiRecord.of(STDOUT, id));
        }
    }

    private void end(int id, int protocolStatus) throws IOException {
        active.remove(id);
        byte[] body = new byte[has(Fault.SHORT_END) ? 7 : 8];
        body[4] = (byte) protocolStatus;
        write(FcgiRecord.of(END_REQUEST, id, body));
    }

    private void write(FcgiRecord record) throws IOException {
        byte[] bytes =
                record.withPadding(new byte[-record.content().length & 7]).encode();
        bytes[0] = (byte) (has(Fault.VERSION_ZERO) ? 0 : 1);
        out.write(bytes);
    }
}
