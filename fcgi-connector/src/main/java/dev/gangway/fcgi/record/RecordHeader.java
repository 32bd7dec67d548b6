package dev.gangway.fcgi.record;

/** The 8 bytes before the content of a record, as one big-endian number; see the picture of this package. */
public final class RecordHeader {
    /** In bytes. */
    public static final int LENGTH = 8;

    /** The only version that there is. */
    public static final int VERSION = 1;

    private RecordHeader() {}

    static long of(RecordType type, int id, int contentLength, int paddingLength) {
        return (long) VERSION << 56
                | (long) type.code() << 48
                | (long) id << 32
                | (long) contentLength << 16
                | (long) paddingLength << 8;
    }

    /** {@return the version, 0 to 255; nothing else in the header has a meaning unless it is {@link #VERSION}} */
    public static int version(long header) {
        return (int) (header >>> 56);
    }

    /** {@return the number of the {@link RecordType}, 0 to 255} */
    public static int typeCode(long header) {
        return (int) (header >>> 48) & 0xFF;
    }

    /** {@return the request id, 0 to 65535} */
    public static int requestId(long header) {
        return (int) (header >>> 32) & 0xFFFF;
    }

    /** {@return the length of the content in bytes, 0 to 65535} */
    public static int contentLength(long header) {
        return (int) (header >>> 16) & 0xFFFF;
    }

    /** {@return the length of the padding after the content in bytes, 0 to 255} */
    public static int paddingLength(long header) {
        return (int) (header >>> 8) & 0xFF;
    }
}
