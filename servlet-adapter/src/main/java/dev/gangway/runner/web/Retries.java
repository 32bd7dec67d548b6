package dev.gangway.runner.web;

import dev.gangway.runner.web.UnavailableContext.Failure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When to try applications again that did not start, although their files do not change: after pauses that double, so
 * that none keeps the machine busy. One thread uses it.
 */
final class Retries {
    /** What follows the scan that has found it. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier clock;
    private final Map<Path, Pause> pauses = new HashMap<>();

    /**
     * None yet.
     *
     * @param clock nanoseconds, from any origin
     */
    Retries(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Has an application tried again, which has not started just now.
     *
     * @return whether the reason is news
     */
    boolean add(Failure failure) {
        Pause before = pauses.get(failure.location());
        long nanos = before == null ? FIRST_PAUSE_NANOS : Math.min(2 * before.nanos(), LONGEST_PAUSE_NANOS);
        pauses.put(failure.location(), new Pause(clock.getAsLong() + nanos, nanos, failure));
        return before == null || !failure.equals(before.failure());
    }

    /** Leaves an application alone, which has started or changed. */
    void forget(Path location) {
        pauses.remove(location);
    }

    /** {@return the applications whose time has come} */
    List<Path> due() {
        long now = clock.getAsLong();
        return pauses.entrySet().stream()
                .filter(entry -> entry.getValue().end() - now <= 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private record Pause(long end, long nanos, Failure failure) {}
}
