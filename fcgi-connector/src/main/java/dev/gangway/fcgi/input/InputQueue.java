package dev.gangway.fcgi.input;

import dev.gangway.fcgi.config.FixedLimits;
import dev.gangway.fcgi.reading.Reading;
import dev.gangway.fcgi.record.RecordType;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.AutoLock;

/**
 * STDIN or DATA of one request, between the thread that parses the connection and the one that runs the application.
 * The application never gets more than the announced bytes, nor a clean end after fewer, and gets the end as soon as
 * they have come; without an announced length it gets no more than a limit.
 *
 * <p>It counts the memory that it keeps, not the content in it. When full it only says so: it takes what is offered.
 */
public final class InputQueue implements Reading.Wanted {
    /**
     * @param buffer what the chunk retains, null if that is a copy
     */
    private record Kept(Content.Chunk chunk, RetainableByteBuffer buffer, int cost) {}

    /** Most requests have no content. */
    private static final Deque<Kept> NONE = new ArrayDeque<>(0);

    private final AutoLock lock = new AutoLock();
    private Deque<Kept> chunks = NONE;
    private final RecordType type;
    private final long maxCost;
    private final InputBudget budget;
    private long cost;
    private long expected = -1;
    private long limit = Long.MAX_VALUE;
    private long received;
    /** The end or the failure of the stream, once it is known. */
    private Content.Chunk last;
    /** Makes the failure if anybody reads it: usually nobody does. */
    private Supplier<Throwable> cut;

    private boolean discarding;
    private boolean roomMade;
    private boolean taken;
    private boolean endTaken;
    private boolean reserveOpen;
    /** When the sweep first saw it full with nothing taken; meaningless unless {@code stalled}. */
    private long stalledSince;

    private boolean stalled;
    private boolean demanded;
    private long demandedAt;
    /** How long the application has waited in all, without the present demand. */
    private long waitedNanos;

    /**
     * @param type    which stream it is
     * @param maxCost how many bytes it keeps before it is full
     * @param budget  of all requests
     */
    InputQueue(RecordType type, long maxCost, InputBudget budget) {
        this.type = type;
        this.maxCost = maxCost;
        this.budget = budget;
    }

    /** Sets how many bytes will come, -1 if that is not known, and how many may come in that case. */
    void expect(long contentLength, long maxLength) {
        try (AutoLock ignored = lock.lock()) {
            expected = contentLength;
            limit = contentLength < 0 ? maxLength : contentLength;
            lockedEndIfComplete();
        }
    }

    /**
     * Adds content.
     *
     * @param content is a part of the buffer
     * @param buffer  is retained as long as the content is not released, unless the content is copied
     * @return whether the application waits for it
     */
    boolean offer(ByteBuffer content, RetainableByteBuffer buffer) {
        try (AutoLock ignored = lock.lock()) {
            received += content.remaining();
            if (discarding || cut != null || Content.Chunk.isFailure(last)) {
                return false;
            }
            if (received > limit) {
                last = Content.Chunk.from(lockedTooLong(), true);
                content.limit(content.limit() - (int) Math.min(content.remaining(), received - limit));
            }
            if (content.hasRemaining()) {
                lockedKeep(content, buffer);
            }
            lockedEndIfComplete();
            return lockedTakeDemand();
        }
    }

    /** Web servers may leave out the end of a stream whose length they have announced, or send it late. */
    private void lockedEndIfComplete() {
        if (last == null && received == expected) {
            last = Content.Chunk.EOF;
        }
    }

    private InputException lockedTooLong() {
        return expected >= 0
                ? new InputException(type + " is longer than the " + expected + " bytes announced")
                : new InputException(HttpStatus.PAYLOAD_TOO_LARGE_413, "the body has more than " + limit + " bytes");
    }

    private void lockedKeep(ByteBuffer content, RetainableByteBuffer buffer) {
        Kept before = chunks.peekLast();
        boolean shared = before != null && before.buffer == buffer;
        // An application that reads takes the only chunk soon.
        boolean soonTaken = taken && chunks.isEmpty() && budget.isAmple();
        if (!shared && !soonTaken && content.remaining() < buffer.capacity() / 2) {
            int length = content.remaining();
            ByteBuffer copy = ByteBuffer.allocate(length).put(content).flip();
            lockedAdd(new Kept(Content.Chunk.from(copy, false), null, length + FixedLimits.INPUT_OVERHEAD_BYTES));
            return;
        }
        if (shared) {
            // The last chunk of a buffer is charged for all of it, since it keeps it longest.
            lockedSpend(-chunks.removeLast().cost);
            lockedAdd(new Kept(before.chunk, buffer, FixedLimits.INPUT_OVERHEAD_BYTES));
        }
        buffer.retain();
        lockedAdd(new Kept(
                Content.Chunk.asChunk(content, false, buffer),
                buffer,
                buffer.capacity() + FixedLimits.INPUT_OVERHEAD_BYTES));
    }

    private void lockedAdd(Kept kept) {
        if (chunks == NONE) {
            chunks = new ArrayDeque<>(4);
        }
        chunks.addLast(kept);
        lockedSpend(kept.cost);
    }

    private void lockedSpend(long bytes) {
        cost += bytes;
        budget.spend(bytes);
    }

    /** Ends the stream; returns whether the application waits for it. */
    boolean end() {
        try (AutoLock ignored = lock.lock()) {
            if (!lockedIsOver()) {
                last = received < expected
                        ? Content.Chunk.from(
                                new UnfinishedBody(type + " ended after " + received + " of " + expected + " bytes"),
                                true)
                        : Content.Chunk.EOF;
            }
            return lockedTakeDemand();
        }
    }

    /**
     * Nothing more will be added, and the end has not come; returns whether the application waits.
     *
     * @param cause makes the failure that the application gets if it reads
     */
    boolean cut(Supplier<Throwable> cause) {
        try (AutoLock ignored = lock.lock()) {
            if (!lockedIsOver()) {
                cut = cause;
            }
            return lockedTakeDemand();
        }
    }

    /** Drops what is not read yet and fails the reads from now on; returns whether the application waits. */
    boolean fail(Throwable cause) {
        try (AutoLock ignored = lock.lock()) {
            lockedRelease();
            if (!Content.Chunk.isFailure(last)) {
                last = Content.Chunk.from(cause, true);
            }
            return lockedTakeDemand();
        }
    }

    private boolean lockedIsOver() {
        return last != null || cut != null;
    }

    /** {@return the next chunk, which the caller releases; the end again and again; null if none is there yet} */
    Content.Chunk poll() {
        try (AutoLock ignored = lock.lock()) {
            Kept next = chunks.poll();
            if (next == null) {
                return lockedLast();
            }
            long before = cost;
            lockedSpend(-next.cost);
            taken = true;
            stalled = false;
            reserveOpen = false;
            roomMade |= before > maxCost && cost <= maxCost;
            return next.chunk;
        }
    }

    private Content.Chunk lockedLast() {
        if (last == null && cut != null) {
            last = Content.Chunk.from(cut.get(), true);
        }
        endTaken |= last == Content.Chunk.EOF;
        return last;
    }

    /** {@return whether it has stopped being full since the last call} */
    boolean takeRoomMade() {
        try (AutoLock ignored = lock.lock()) {
            boolean made = roomMade;
            roomMade = false;
            return made;
        }
    }

    /** Notes that the application waits; returns true instead if there is something to read. */
    boolean demand() {
        try (AutoLock ignored = lock.lock()) {
            if (lockedIsReadable()) {
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

    @Override
    public boolean isReadable() {
        try (AutoLock ignored = lock.lock()) {
            return lockedIsReadable();
        }
    }

    private boolean lockedIsReadable() {
        return !chunks.isEmpty() || lockedIsOver();
    }

    @Override
    public boolean mayBeLarge() {
        return budget.isAmple();
    }

    /** {@return whether the clean end is known, even if only by the announced length} */
    boolean isComplete() {
        try (AutoLock ignored = lock.lock()) {
            return last == Content.Chunk.EOF;
        }
    }

    /** {@return whether the application has read anything} */
    boolean isTaken() {
        try (AutoLock ignored = lock.lock()) {
            return taken;
        }
    }

    /** {@return whether the application has read it to its end, so that more of it would be wrong} */
    boolean isEndTaken() {
        try (AutoLock ignored = lock.lock()) {
            return endTaken && !discarding;
        }
    }

    /** {@return whether it keeps more than its own limit} */
    boolean isPastLimit() {
        try (AutoLock ignored = lock.lock()) {
            return cost > maxCost;
        }
    }

    /** {@return whether it has as much as it may keep, and more may come} */
    boolean isFull() {
        try (AutoLock ignored = lock.lock()) {
            return lockedIsFull();
        }
    }

    private boolean lockedIsFull() {
        if (lockedIsOver()) {
            // Nothing more will be kept.
            return false;
        }
        if (budget.isSpent()) {
            return cost > Math.min(maxCost, FixedLimits.FREE_INPUT_BYTES);
        }
        return cost > (reserveOpen && budget.isAmple() ? FixedLimits.INPUT_RESERVE * maxCost : maxCost);
    }

    /** Called now and then: lets a full queue keep more until something is taken, so that what is behind it is seen. */
    void openReserve() {
        try (AutoLock ignored = lock.lock()) {
            if (!lockedIsFull()) {
                return;
            }
            reserveOpen = true;
            if (!stalled) {
                stalled = true;
                stalledSince = NanoTime.now();
            }
        }
    }

    /** {@return for how long it has been full with nothing taken, in nanoseconds; 0 if there is room} */
    long stalledNanos() {
        try (AutoLock ignored = lock.lock()) {
            return stalled && lockedIsFull() ? NanoTime.since(stalledSince) : 0;
        }
    }

    /** Returns whether the application has been waiting for longer than the limit; if so it stops waiting. */
    boolean giveUpWaiting(Duration limit) {
        try (AutoLock ignored = lock.lock()) {
            return demanded && NanoTime.since(demandedAt) > limit.toNanos() && lockedTakeDemand();
        }
    }

    /** Returns whether the application is waiting, and has waited in all for longer than the grace at a lower rate. */
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
        chunks.forEach(kept -> kept.chunk.release());
        chunks = NONE;
        lockedSpend(-cost);
    }
}
