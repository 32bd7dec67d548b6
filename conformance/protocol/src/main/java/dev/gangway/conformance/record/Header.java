package dev.gangway.conformance.record;

import java.nio.ByteBuffer;

/**
 * What stands before the content of a record (FastCGI 1.0, section 3.3), right or wrong.
 *
 * @param version       should be 1
 * @param type          the record type, 0 to 255
 * @param id            the request id, 0 to 65535
 * @param contentLength 0 to 65535
 * @param paddingLength 0 to 255
 * @param reserved      should be 0
 */
public record Header(int version, int type, int id, int contentLength, int paddingLength, int reserved) {
    /** {@return the header at the buffer's position, which then is behind it} */
    public static Header read(ByteBuffer bytes) {
        return new Header(
                bytes.get() & 0xFF,
                bytes.get() & 0xFF,
                bytes.getShort() & 0xFFFF,
                bytes.getShort() & 0xFFFF,
                bytes.get() & 0xFF,
                bytes.get() & 0xFF);
    }

    /** {@return the length of the whole record} */
    public int recordLength() {
        return FcgiNumbers.HEADER_LENGTH + contentLength + paddingLength;
    }
}
