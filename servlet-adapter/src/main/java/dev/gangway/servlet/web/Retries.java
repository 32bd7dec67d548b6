package dev.gangway.servlet.web;

import dev.gangway.servlet.web.UnavailableContext.Failure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When to try applications again that did not start, although their files do not change: after pauses that double, so
 * that none keeps the machine busy. Any thread may use it.
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
    synchronized boolean add(Failure failure) {
        Pause before = pauses.get(failure.location());
        long nanos = before == null ? FIRST_PAUSE_NANOS : Math.min(2 * before.nanos(), LONGEST_PAUSE_NANOS);
        pauses.put(failure.location(), new Pause(clock.getAsLong() + nanos, nanos, failure, false));
        return before == null || !failure.equals(before.failure());
    }

    /** Leaves an application alone, which has started or changed. */
    synchronized void forget(Path location) {
        pauses.remove(location);
    }

    /** {@return the applications whose time has come, and which are not named again before they have been tried} */
    synchronized List<Path> due() {
        long now = clock.getAsLong();
        List<Path> due = pauses.entrySet().stream()
                .filter(entry -> entry.getValue().isOver(now))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        due.forEach(location -> pauses.computeIfPresent(location, (path, pause) -> pause.taken()));
        return due;
    }

    private record Pause(long end, long nanos, Failure failure, boolean isTaken) {
        boolean isOver(long now) {
            return !isTaken && end - now <= 0;
        }

        Pause taken() {
            return new Pause(end, nanos, failure, true);
        }
    }
}
