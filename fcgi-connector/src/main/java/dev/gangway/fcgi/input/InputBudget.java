package dev.gangway.fcgi.input;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much STDIN and DATA all requests of a factory may keep together for applications that have not read it yet. When
 * it is spent, a request goes on as soon as its own application has taken what is there: none waits for another.
 */
public final class InputBudget {
    private final long limit;
    private final AtomicLong spent = new AtomicLong();

    /** @param limit in bytes, 0 for an eighth of the memory for buffers */
    public static InputBudget of(long limit) {
        return new InputBudget(limit == 0 ? BufferMemory.max() / 8 : limit);
    }

    /** @param limit in bytes */
    InputBudget(long limit) {
        this.limit = limit;
    }

    /** @param bytes negative if they are given back */
    void spend(long bytes) {
        spent.addAndGet(bytes);
    }

    /** {@return how many bytes are kept} */
    public long spent() {
        return spent.get();
    }

    /** {@return whether there is nothing left} */
    boolean isSpent() {
        return spent.get() >= limit;
    }

    /** {@return whether there is so much left that a request may keep more than usual} */
    boolean isAmple() {
        return spent.get() < limit / 2;
    }
}
