package dev.gangway.fcgi.fuzz;

import static dev.gangway.conformance.record.FcgiNumbers.ABORT_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.DATA;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.HEADER_LENGTH;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Header;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsLimits;
import dev.gangway.fcgi.record.RequestError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a web server says of one request: any records that concern nobody but this request.
 *
 * @param role    of its BEGIN_REQUEST
 * @param records what follows that, with any id
 */
record Story(int role, List<FcgiRecord> records) {
    private static final int MAX_STORIES = 8;
    private static final int FIRST_UNKNOWN_TYPE = 12;

    /** {@return the stories that some bytes tell, which need not be right: what does not fit is left out} */
    static List<Story> of(byte[] bytes) {
        List<Story> stories = new ArrayList<>();
        Map<Integer, Story> open = new HashMap<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.remaining() >= HEADER_LENGTH) {
            Header header = Header.read(buffer);
            int type = header.type();
            int id = header.id();
            byte[] content = new byte[Math.min(header.contentLength(), buffer.remaining())];
            buffer.get(content);
            byte[] padded = new byte[Math.min(header.paddingLength(), buffer.remaining())];
            buffer.get(padded);
            if (type == BEGIN_REQUEST && stories.size() < MAX_STORIES) {
                Story story = new Story(content.length < 2 ? RESPONDER : content[1] & 3, new ArrayList<>());
                stories.add(story);
                open.put(id, story);
            } else if (isOfARequest(type) && open.containsKey(id)) {
                open.get(id).records.add(FcgiRecord.of(type, id, content).withPadding(padded));
            }
        }
        return stories;
    }

    private static boolean isOfARequest(int type) {
        return type == PARAMS || type == STDIN || type == DATA || type == ABORT_REQUEST || type >= FIRST_UNKNOWN_TYPE;
    }

    /** {@return what goes over the wire, record by record} */
    List<byte[]> told(int id) {
        List<byte[]> told = new ArrayList<>();
        told.add(FcgiRecord.of(
                        BEGIN_REQUEST,
                        id,
                        (byte) 0,
                        (byte) role,
                        (byte) KEEP_CONN,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0,
                        (byte) 0)
                .encode());
        for (FcgiRecord record : records) {
            told.add(new FcgiRecord(record.type(), id, record.content(), record.padding()).encode());
        }
        return told;
    }

    /**
     * {@return whether it has all that belongs to a request, in order, and no more: then there is one answer to it. What
     * is beyond the announced length may be noticed or come too late for that}
     */
    boolean isOrderly() {
        int[] streams = role == FILTER ? new int[] {PARAMS, STDIN, DATA} : new int[] {PARAMS, STDIN};
        int at = 0;
        for (FcgiRecord record : records) {
            if (record.type() >= FIRST_UNKNOWN_TYPE) {
                continue;
            }
            if (at == streams.length || record.type() != streams[at]) {
                return false;
            }
            if (record.isEmpty()) {
                at++;
            }
        }
        return at == streams.length
                && !isLongerThan("CONTENT_LENGTH", STDIN)
                && !isLongerThan("FCGI_DATA_LENGTH", DATA);
    }

    private boolean isLongerThan(String name, int stream) {
        byte[] block = content(PARAMS);
        ParamsLimits limits = new ParamsLimits(block.length, block.length, block.length, block.length);
        try {
            Params params = Params.decode(block, block.length, limits);
            int pair = params.last(name);
            String length = pair < 0 ? "" : params.value(pair, StandardCharsets.US_ASCII);
            return length.matches("[0-9]{1,18}") && content(stream).length > Long.parseLong(length);
        } catch (RequestError e) {
            return false;
        }
    }

    private byte[] content(int stream) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        records.stream()
                .filter(record -> record.type() == stream)
                .forEach(record -> content.writeBytes(record.content()));
        return content.toByteArray();
    }
}
