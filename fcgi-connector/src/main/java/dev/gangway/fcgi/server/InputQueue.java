package dev.gangway.fcgi.server;

import dev.gangway.fcgi.record.RecordType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.Retainable;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.AutoLock;

/**
 * STDIN of one request between the thread that parses the connection and the one that runs the application. It never
 * gives the application more than CONTENT_LENGTH bytes, nor a clean end after fewer; without CONTENT_LENGTH it gives no
 * more than a limit.
 */
final class InputQueue {
    /** Content smaller than this is copied, so that it does not keep a whole input buffer of 16 KiB. */
    private static final int COPIED = 4 * 1024;
    /** What a chunk takes beside its content, so that a million tiny records are not free. */
    private static final int OVERHEAD = 64;

    private final AutoLock lock = new AutoLock();
    private final Deque<Content.Chunk> chunks = new ArrayDeque<>(4);
    private final RecordType type;
    private final long maxCost;
    private long cost;
    private long expected = -1;
    private long limit = Long.MAX_VALUE;
    private long received;
    /** The end or the failure of the stream, once it is known. */
    private Content.Chunk last;

    private boolean discarding;
    private boolean roomMade;
    private boolean demanded;
    private long demandedAt;
    /** For how long the application has waited in all, but for the present demand. */
    private long waitedNanos;

    /**
     * @param type    which stream it is
     * @param maxCost how many bytes it keeps before it is full
     */
    InputQueue(RecordType type, long maxCost) {
        this.type = type;
        this.maxCost = maxCost;
    }

    /** Sets how many bytes are to come, -1 if that is not known, and how many may come then. */
    void expect(long contentLength, long maxLength) {
        expected = contentLength;
        limit = contentLength < 0 ? maxLength : contentLength;
    }

    /**
     * Adds content.
     *
     * @param content is a part of the buffer
     * @param buffer  is retained as long as the content is not released
     * @return whether the application waits for it
     */
    boolean offer(ByteBuffer content, Retainable buffer) {
        try (AutoLock ignored = lock.lock()) {
            received += content.remaining();
            if (discarding || last != null) {
                return false;
            }
            if (received > limit) {
                last = Content.Chunk.from(lockedTooLong(), true);
                content.limit(content.limit() - (int) Math.min(content.remaining(), received - limit));
            }
            if (content.hasRemaining()) {
                chunks.add(lockedChunk(content, buffer));
            }
            return lockedTakeDemand();
        }
    }

    private InputError lockedTooLong() {
        return expected >= 0
                ? new InputError(type + " is longer than the " + expected + " bytes announced")
                : new InputError(HttpStatus.PAYLOAD_TOO_LARGE_413, "the body has more than " + limit + " bytes");
    }

    private Content.Chunk lockedChunk(ByteBuffer content, Retainable buffer) {
        cost += content.remaining() + OVERHEAD;
        if (content.remaining() < COPIED) {
            ByteBuffer copy =
                    ByteBuffer.allocate(content.remaining()).put(content).flip();
            return Content.Chunk.from(copy, false);
        }
        buffer.retain();
        return Content.Chunk.asChunk(content, false, buffer);
    }

    /** Ends the stream; returns whether the application waits for it. */
    boolean end() {
        try (AutoLock ignored = lock.lock()) {
            if (last == null) {
                last = received < expected
                        ? Content.Chunk.from(
                                new EofException(type + " ended after " + received + " of " + expected + " bytes"),
                                true)
                        : Content.Chunk.EOF;
            }
            return lockedTakeDemand();
        }
    }

    /** Nothing more will be added, and the end has not come; returns whether the application waits. */
    boolean cut(Throwable cause) {
        try (AutoLock ignored = lock.lock()) {
            if (last == null) {
                last = Content.Chunk.from(cause, true);
            }
            return lockedTakeDemand();
        }
    }

    /** Drops what is not read yet and fails the reads from now on; returns whether the application waits. */
    boolean fail(Throwable cause) {
        try (AutoLock ignored = lock.lock()) {
            lockedRelease();
            if (last == null || !Content.Chunk.isFailure(last)) {
                last = Content.Chunk.from(cause, true);
            }
            return lockedTakeDemand();
        }
    }

    /** {@return the next chunk, which the caller releases; the end again and again; or null if none is there yet} */
    Content.Chunk poll() {
        try (AutoLock ignored = lock.lock()) {
            Content.Chunk chunk = chunks.poll();
            if (chunk == null) {
                return last;
            }
            boolean wasFull = cost > maxCost;
            cost -= chunk.remaining() + OVERHEAD;
            roomMade |= wasFull && cost <= maxCost;
            return chunk;
        }
    }

    /** {@return whether it was full and is no more since this was asked last} */
    boolean takeRoomMade() {
        try (AutoLock ignored = lock.lock()) {
            boolean made = roomMade;
            roomMade = false;
            return made;
        }
    }

    /** Notes that the application waits, unless there is something to read: then true is returned. */
    boolean demand() {
        try (AutoLock ignored = lock.lock()) {
            if (!chunks.isEmpty() || last != null) {
                return true;
            }
            demanded = true;
            demandedAt = NanoTime.now();
            return false;
        }
    }

    /** Drops what is there and what will come. */
    void discard() {
        try (AutoLock ignored = lock.lock()) {
            discarding = true;
            lockedRelease();
        }
    }

    /** {@return whether there is something to read} */
    boolean isReadable() {
        try (AutoLock ignored = lock.lock()) {
            return !chunks.isEmpty() || last != null;
        }
    }

    /** {@return whether it has as much as it may keep} */
    boolean isFull() {
        try (AutoLock ignored = lock.lock()) {
            return cost > maxCost;
        }
    }

    /** Returns whether the application has been waiting for longer than that; from then on it does not wait. */
    boolean giveUpWaiting(Duration limit) {
        try (AutoLock ignored = lock.lock()) {
            return demanded && NanoTime.since(demandedAt) > limit.toNanos() && lockedTakeDemand();
        }
    }

    /** Returns whether the application has been waiting for longer than that for fewer bytes a second than that. */
    boolean isSlow(long bytesPerSecond, Duration grace) {
        try (AutoLock ignored = lock.lock()) {
            long waited = demanded ? waitedNanos + NanoTime.since(demandedAt) : waitedNanos;
            return demanded
                    && waited > grace.toNanos()
                    && received < (double) bytesPerSecond * waited / TimeUnit.SECONDS.toNanos(1);
        }
    }

    private boolean lockedTakeDemand() {
        if (!demanded) {
            return false;
        }
        demanded = false;
        waitedNanos += NanoTime.since(demandedAt);
        return true;
    }

    private void lockedRelease() {
        chunks.forEach(Content.Chunk::release);
        chunks.clear();
        cost = 0;
    }
}
