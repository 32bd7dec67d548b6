package dev.gangway.fcgi.output;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.NanoTime;

/**
 * For how long the web server has taken nothing of the write in flight. What it sends meanwhile does not count, nor how
 * long the whole write takes.
 *
 * <p>The flusher says when a write begins and ends. Only the sweep looks at it, so the time is as exact as its period.
 */
final class WriteProgress {
    /** Null unless a write is in flight. */
    private volatile ByteBuffer[] inFlight;

    // What the sweep has seen.
    private ByteBuffer[] seen;
    private long left;
    private long since;

    void begin(ByteBuffer[] buffers) {
        inFlight = buffers;
    }

    void end() {
        inFlight = null;
    }

    boolean isWriting() {
        return inFlight != null;
    }

    /** {@return for how long the write in flight has not moved, in nanoseconds; 0 if there is none} */
    long stalledNanos() {
        ByteBuffer[] write = inFlight;
        long remaining = write == null ? 0 : BufferUtil.remaining(write);
        if (write == null || write != seen || remaining != left) {
            seen = write;
            left = remaining;
            since = NanoTime.now();
            return 0;
        }
        return NanoTime.since(since);
    }
}
