package dev.gangway.servlet.web;

import dev.gangway.servlet.web.UnavailableContext.Failure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * When to retry applications that did not start, without a change to their files: after pauses that double, so that
 * none keeps the machine busy. Any thread may use it.
 */
final class Retries {
    /** The pause after the first failure. */
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier clock;
    private final Map<Path, Pause> pauses = new HashMap<>();

    /**
     * No retries yet.
     *
     * @param clock nanoseconds, from any origin
     */
    Retries(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Schedules a retry of an application that has just failed to start.
     *
     * @return whether the reason is not that of the failure before
     */
    synchronized boolean add(Failure failure) {
        Pause before = pauses.get(failure.location());
        long nanos = before == null ? FIRST_PAUSE_NANOS : Math.min(2 * before.nanos(), LONGEST_PAUSE_NANOS);
        pauses.put(failure.location(), new Pause(clock.getAsLong() + nanos, nanos, failure, false));
        return before == null || !failure.equals(before.failure());
    }

    /** Cancels the retries of an application that has started, changed or gone. */
    synchronized void forget(Path location) {
        pauses.remove(location);
    }

    /** {@return the applications to retry now; each is returned once for each failure} */
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
