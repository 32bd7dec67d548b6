package dev.gangway.fcgi.admission;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** How many of something there may be in all connections together; a {@link Permit} is one of them. Thread-safe. */
public final class Quota {
    private final IntSupplier limit;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param limit asked each time, since it may be set after this is made */
    Quota(IntSupplier limit) {
        this.limit = limit;
    }

    /** {@return how many are taken} */
    public int taken() {
        return taken.get();
    }

    /** Takes one; false if there is none left. */
    boolean take() {
        if (taken.incrementAndGet() <= limit.getAsInt()) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void giveBack() {
        taken.decrementAndGet();
    }
}
