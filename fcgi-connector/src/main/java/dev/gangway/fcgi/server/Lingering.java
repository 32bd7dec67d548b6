package dev.gangway.fcgi.server;

import dev.gangway.fcgi.record.RecordType;
import org.eclipse.jetty.util.NanoTime;

/**
 * The last request of a connection has been answered, but the web server may still be sending: it is listened to for so
 * long and so much, since a close would reset the connection and could destroy the response.
 *
 * @param requestId   of the last request if the end of its input is the end of everything; else 0: the web server, which
 *     had meant to keep the connection, may have begun another request, and closes when it sees that this one does
 * @param last        the stream whose end is the end of that input
 * @param since       as {@link NanoTime#now} says
 * @param bytesBefore how many bytes had come until then
 */
record Lingering(int requestId, RecordType last, long since, long bytesBefore) {
    private static final long MAX_NANOS = 30_000_000_000L;
    private static final long MAX_BYTES = 256 * 1024 * 1024;

    static Lingering untilInputEnds(FcgiStream last, long bytesNow) {
        return new Lingering(last.id(), last.lastInput(), NanoTime.now(), bytesNow);
    }

    static Lingering untilClosed(long bytesNow) {
        return new Lingering(0, null, NanoTime.now(), bytesNow);
    }

    boolean isOver(long bytesNow) {
        return NanoTime.since(since) > MAX_NANOS || bytesNow - bytesBefore > MAX_BYTES;
    }

    /** {@return whether this is the end of what it waits for} */
    boolean endsWith(RecordType type, int id) {
        return requestId == id && last == type;
    }
}
