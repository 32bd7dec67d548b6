package dev.gangway.conformance.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One record with its framing (FastCGI 1.0, section 3.3).
 *
 * @param type    the record type, 0 to 255
 * @param id      the request id, 0 to 65535
 * @param content at most 65535 bytes, not copied
 * @param padding at most 255 bytes, not copied
 */
public record FcgiRecord(int type, int id, byte[] content, byte[] padding) {
    private static final byte[] NOTHING = {};

    /** Checks the lengths, so that none is cut to its field. */
    public FcgiRecord {
        if (content.length > FcgiNumbers.MAX_CONTENT || padding.length > 255) {
            throw new IllegalArgumentException(content.length + " + " + padding.length + " bytes");
        }
    }

    public static FcgiRecord of(int type, int id, byte... content) {
        return new FcgiRecord(type, id, content, NOTHING);
    }

    public FcgiRecord withPadding(byte... bytes) {
        return new FcgiRecord(type, id, content, bytes);
    }

    /** {@return the record as it goes over the wire} */
    public byte[] encode() {
        return ByteBuffer.allocate(FcgiNumbers.HEADER_LENGTH + content.length + padding.length)
                .put((byte) 1)
                .put((byte) type)
                .putShort((short) id)
                .putShort((short) content.length)
                .put((byte) padding.length)
                .put((byte) 0)
                .put(content)
                .put(padding)
                .array();
    }

    /** {@return whether the record ends its stream} */
    public boolean isEmpty() {
        return content.length == 0;
    }

    /** {@return the content as Latin-1, one character for each byte} */
    public String text() {
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FcgiRecord that
                && type == that.type
                && id == that.id
                && Arrays.equals(content, that.content)
                && Arrays.equals(padding, that.padding);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type + id) + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "type " + type + ", id " + id + ", " + content.length + "+" + padding.length + " bytes";
    }
}
