package dev.gangway.fcgi.record;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns bytes, cut anywhere, into the events of a {@link RecordListener}.
 *
 * <p>One parser belongs to one connection; it is used by one thread at a time. It keeps no content but that of a
 * management record and the first bytes of a header or BEGIN_REQUEST body that is not yet complete.
 */
public final class RecordParser {
    private static final int BEGIN_LENGTH = 8;
    private static final int KEEP_CONN = 1;

    private enum State {
        HEADER,
        BEGIN_BODY,
        GET_VALUES_BODY,
        STREAM_CONTENT,
        SKIPPED_CONTENT,
        PADDING
    }

    private final RecordListener listener;
    private final ByteBuffer eight = ByteBuffer.allocate(8);
    private State state = State.HEADER;
    private int typeCode;
    private RecordType type;
    private int id;
    private int contentLeft;
    private int paddingLeft;
    private ByteArrayOutputStream body;

    /**
     * @param listener is told what is found
     */
    public RecordParser(RecordListener listener) {
        this.listener = listener;
    }

    /**
     * Parses all of a buffer.
     *
     * @param buffer is empty afterwards
     * @throws ConnectionError if the bytes are not FastCGI 1.0, or the listener says so; the parser is then of no
     *     further use
     */
    public void parse(ByteBuffer buffer) throws ConnectionError {
        while (true) {
            switch (state) {
                case HEADER -> {
                    if (!collectEight(buffer)) {
                        checkVersion();
                        return;
                    }
                    readHeader(eight.getLong(0));
                }
                case BEGIN_BODY -> {
                    if (!collectEight(buffer)) {
                        return;
                    }
                    contentLeft = 0;
                    state = State.PADDING;
                    listener.onBeginRequest(id, eight.getShort(0) & 0xFFFF, (eight.get(2) & KEEP_CONN) != 0);
                }
                case GET_VALUES_BODY -> {
                    collectBody(buffer);
                    if (contentLeft > 0) {
                        return;
                    }
                    state = State.PADDING;
                    listener.onGetValues(names(body.toByteArray()));
                    body = null;
                }
                case STREAM_CONTENT -> {
                    if (!buffer.hasRemaining()) {
                        return;
                    }
                    passContent(buffer);
                }
                case SKIPPED_CONTENT -> {
                    contentLeft -= skip(buffer, contentLeft);
                    if (contentLeft > 0) {
                        return;
                    }
                    state = State.PADDING;
                    if (id == 0) {
                        listener.onUnknownManagement(typeCode);
                    } else if (type != null) {
                        listener.onMisplaced(type, id);
                    }
                }
                case PADDING -> {
                    paddingLeft -= skip(buffer, paddingLeft);
                    if (paddingLeft > 0) {
                        return;
                    }
                    state = State.HEADER;
                }
            }
        }
    }

    /** {@return whether the bytes parsed so far end with a whole record} */
    public boolean isBetweenRecords() {
        return (state == State.HEADER && eight.position() == 0) || (state == State.PADDING && paddingLeft == 0);
    }

    private boolean collectEight(ByteBuffer buffer) {
        int count = Math.min(eight.remaining(), buffer.remaining());
        eight.put(eight.position(), buffer, buffer.position(), count);
        eight.position(eight.position() + count);
        buffer.position(buffer.position() + count);
        if (eight.hasRemaining()) {
            return false;
        }
        eight.clear();
        return true;
    }

    /** The version is checked as soon as it has come: a peer that speaks something else may send no more. */
    private void checkVersion() throws ConnectionError {
        if (eight.position() > 0) {
            checkVersion(eight.get(0) & 0xFF);
        }
    }

    private static void checkVersion(int version) throws ConnectionError {
        if (version != RecordHeader.VERSION) {
            String hint = version >= 'A' && version <= 'Z' ? " (is this HTTP on a FastCGI port?)" : "";
            throw new ConnectionError("record with version " + version + ", want " + RecordHeader.VERSION + hint);
        }
    }

    private void readHeader(long header) throws ConnectionError {
        checkVersion(RecordHeader.version(header));
        typeCode = RecordHeader.typeCode(header);
        type = RecordType.of(typeCode);
        id = RecordHeader.requestId(header);
        contentLeft = RecordHeader.contentLength(header);
        paddingLeft = RecordHeader.paddingLength(header);

        if (id == 0) {
            beginManagement();
        } else if (type == null || type.isManagement() || !type.isToApplication()) {
            state = State.SKIPPED_CONTENT;
        } else {
            beginApplication();
        }
    }

    private void beginManagement() throws ConnectionError {
        if (type == RecordType.GET_VALUES) {
            body = new ByteArrayOutputStream();
            state = State.GET_VALUES_BODY;
            return;
        }
        if (type != null) {
            throw new ConnectionError(type + " with request id 0");
        }
        state = State.SKIPPED_CONTENT;
    }

    private void beginApplication() throws ConnectionError {
        switch (type) {
            case BEGIN_REQUEST -> {
                if (contentLeft != BEGIN_LENGTH) {
                    throw new ConnectionError(
                            "request " + id + ": BEGIN_REQUEST with " + contentLeft + " bytes, want " + BEGIN_LENGTH);
                }
                state = State.BEGIN_BODY;
            }
            case ABORT_REQUEST -> {
                // Its content, which should be empty, is skipped like padding.
                paddingLeft += contentLeft;
                state = State.PADDING;
                listener.onAbortRequest(id);
            }
            default -> {
                if (contentLeft == 0) {
                    state = State.PADDING;
                    listener.onEnd(type, id);
                } else {
                    state = State.STREAM_CONTENT;
                }
            }
        }
    }

    private void passContent(ByteBuffer buffer) throws ConnectionError {
        int length = Math.min(contentLeft, buffer.remaining());
        ByteBuffer content = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        contentLeft -= length;
        if (contentLeft == 0) {
            state = State.PADDING;
        }
        listener.onContent(type, id, content);
    }

    private void collectBody(ByteBuffer buffer) {
        byte[] bytes = new byte[Math.min(contentLeft, buffer.remaining())];
        buffer.get(bytes);
        body.writeBytes(bytes);
        contentLeft -= bytes.length;
    }

    private static int skip(ByteBuffer buffer, int length) {
        int count = Math.min(length, buffer.remaining());
        buffer.position(buffer.position() + count);
        return count;
    }

    private static List<String> names(byte[] content) throws ConnectionError {
        try {
            Params values = Params.decode(content, content.length, ParamsLimits.bytes(content.length));
            List<String> names = new ArrayList<>(values.size());
            for (int i = 0; i < values.size(); i++) {
                names.add(values.name(i));
            }
            return names;
        } catch (RequestError e) {
            throw new ConnectionError("GET_VALUES: " + e.getMessage());
        }
    }
}
