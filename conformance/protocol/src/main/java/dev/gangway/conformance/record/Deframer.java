package dev.gangway.conformance.record;

import static dev.gangway.conformance.record.FcgiNumbers.HEADER_LENGTH;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes what one side of a connection has said apart into records, wherever the bytes are cut.
 *
 * <p>It believes the lengths and judges nothing: a strict reader looks at the {@link #header} first, a lenient one takes
 * the {@link #next} record as it is. Used by one thread at a time.
 */
public final class Deframer {
    /** More than the longest record, so that one read may bring several. */
    private static final int CAPACITY = 256 * 1024;

    private final ByteBuffer bytes;
    private long taken;
    private boolean aligned = true;

    /** Begins a connection of which nothing has come. */
    public Deframer() {
        this(ByteBuffer.allocate(CAPACITY).flip());
    }

    private Deframer(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** {@return all whole records of a recorded connection} */
    public static List<FcgiRecord> records(byte... recorded) {
        Deframer deframer = new Deframer(ByteBuffer.wrap(recorded));
        List<FcgiRecord> records = new ArrayList<>();
        for (FcgiRecord record = deframer.next(); record != null; record = deframer.next()) {
            records.add(record);
        }
        return records;
    }

    /** {@return where to put more bytes; the caller then calls {@link #filled}} */
    public ByteBuffer space() {
        return bytes.compact();
    }

    /** Ends what {@link #space} has begun. */
    public void filled() {
        bytes.flip();
    }

    /** Takes as many of these bytes as there is space for; if all whole records are taken that is one at least. */
    public void put(ByteBuffer more) {
        ByteBuffer space = space();
        int length = Math.min(space.remaining(), more.remaining());
        space.put(more.slice(more.position(), length));
        more.position(more.position() + length);
        filled();
    }

    /** {@return the header of the next record, which itself need not have come whole, or null if it has not come} */
    public Header header() {
        return bytes.remaining() < HEADER_LENGTH ? null : Header.read(bytes.duplicate());
    }

    /** {@return the next record, or null if it has not come whole} */
    public FcgiRecord next() {
        Header header = header();
        if (header == null || bytes.remaining() < header.recordLength()) {
            return null;
        }
        byte[] content = new byte[header.contentLength()];
        byte[] padding = new byte[header.paddingLength()];
        bytes.position(bytes.position() + HEADER_LENGTH);
        bytes.get(content).get(padding);
        taken += header.recordLength();
        aligned &= taken % 8 == 0;
        return new FcgiRecord(header.type(), header.id(), content, padding);
    }

    /** {@return whether bytes of a record have come whose rest has not} */
    public boolean insideRecord() {
        return bytes.hasRemaining();
    }

    /** {@return whether every record has begun at a multiple of 8 bytes} */
    public boolean aligned() {
        return aligned;
    }
}
