package dev.gangway.fcgi.server;

import dev.gangway.fcgi.record.RecordType;
import org.eclipse.jetty.util.NanoTime;

/**
 * The last request of a connection has been answered, but its input may still be coming: it is listened to for so long
 * and so much, since a close would reset the connection and could destroy the response.
 *
 * @param requestId   of the last request
 * @param last        the stream whose end is the end of its input
 * @param since       as {@link NanoTime#now} says
 * @param bytesBefore how many bytes had come until then
 */
record Lingering(int requestId, RecordType last, long since, long bytesBefore) {
    private static final long MAX_NANOS = 30_000_000_000L;
    private static final long MAX_BYTES = 256 * 1024 * 1024;

    boolean isOver(long bytesNow) {
        return NanoTime.since(since) > MAX_NANOS || bytesNow - bytesBefore > MAX_BYTES;
    }

    /** {@return whether this is the end of what it waits for} */
    boolean endsWith(RecordType type, int id) {
        return requestId == id && last == type;
    }
}
