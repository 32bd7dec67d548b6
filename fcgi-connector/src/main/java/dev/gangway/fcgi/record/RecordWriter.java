package dev.gangway.fcgi.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes records into a buffer. Every record is padded so that the next one begins at a multiple of 8 bytes.
 */
public final class RecordWriter {
    /** The largest content of a record that needs no padding. */
    public static final int MAX_CONTENT = 0xFFFF & ~7;

    private RecordWriter() {}

    /**
     * Writes the header of a record.
     *
     * @param to     has room for {@link RecordHeader#LENGTH} bytes
     * @param type   the type
     * @param id     0 to 65535
     * @param length the length of the content, 0 to {@link #MAX_CONTENT}; the padding follows from it
     */
    public static void header(ByteBuffer to, RecordType type, int id, int length) {
        header(to, to.position(), type, id, length);
        to.position(to.position() + RecordHeader.LENGTH);
    }

    /**
     * Writes the header of a record at a place that was left for it.
     *
     * @param to     the buffer, whose position stays
     * @param at     the place
     * @param type   the type
     * @param id     0 to 65535
     * @param length the length of the content, 0 to {@link #MAX_CONTENT}; the padding follows from it
     */
    public static void header(ByteBuffer to, int at, RecordType type, int id, int length) {
        to.putLong(at, RecordHeader.of(type, id, length, paddingLength(length)));
    }

    /**
     * {@return how many bytes of padding follow a content}
     *
     * @param length the length of the content
     */
    public static int paddingLength(int length) {
        return -length & 7;
    }

    /**
     * Writes the padding of a record.
     *
     * @param to     has room for 7 bytes
     * @param length the length of the content
     */
    public static void padding(ByteBuffer to, int length) {
        for (int i = paddingLength(length); i > 0; i--) {
            to.put((byte) 0);
        }
    }

    /**
     * Writes END_REQUEST.
     *
     * @param to        has room for 16 bytes
     * @param id        1 to 65535
     * @param appStatus the exit status of the application: 0 unless it failed
     * @param status    how the request ended for the protocol
     */
    public static void endRequest(ByteBuffer to, int id, int appStatus, ProtocolStatus status) {
        header(to, RecordType.END_REQUEST, id, 8);
        to.putInt(appStatus).put((byte) status.code()).put((byte) 0).putShort((short) 0);
    }

    /**
     * {@return a GET_VALUES_RESULT record, ready to be read}
     *
     * @param values the values by name, in the order in which they are sent; both short and ASCII
     */
    public static ByteBuffer getValuesResult(Map<String, String> values) {
        int length = 0;
        for (Map.Entry<String, String> value : values.entrySet()) {
            length += 2 + value.getKey().length() + value.getValue().length();
        }
        ByteBuffer record = ByteBuffer.allocate(RecordHeader.LENGTH + length + paddingLength(length));
        header(record, RecordType.GET_VALUES_RESULT, 0, length);
        values.forEach((name, value) -> record.put((byte) name.length())
                .put((byte) value.length())
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(value.getBytes(StandardCharsets.US_ASCII)));
        padding(record, length);
        return record.flip();
    }

    /**
     * {@return an UNKNOWN_TYPE record, ready to be read}
     *
     * @param type the number of the type that is not known
     */
    public static ByteBuffer unknownType(int type) {
        ByteBuffer record = ByteBuffer.allocate(RecordHeader.LENGTH + 8);
        header(record, RecordType.UNKNOWN_TYPE, 0, 8);
        record.put((byte) type).position(record.capacity());
        return record.flip();
    }
}
