package dev.gangway.fcgi.incident;

import dev.gangway.fcgi.config.FixedLimits;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.AutoLock;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;

/**
 * Warnings of one kind that a peer or a client can provoke as often as it likes: a few of them a minute are logged, and
 * the number of the others as soon as it is calm again or the minute is over. Thread-safe.
 */
public final class RateLimitedLog {
    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** It is calm when nothing has happened for this long. */
    private static final long CALM_SECONDS = 5;

    private final Lines lines;
    private final int linesPerMinute;
    private final String kind;
    private final Supplier<Scheduler> scheduler;
    private final AutoLock lock = new AutoLock();
    private long count;
    private long periodBegan;
    private int told;
    private long untold;
    /** The value of {@code untold} at the last check for calm; negative if no check is planned. */
    private long untoldBefore = -1;

    /**
     * @param logger    where the lines go
     * @param kind      what they are about, in words that follow a number: {@code "requests without the secret"}
     * @param scheduler gives the scheduler that sums up; asked when there is something to sum up
     */
    public RateLimitedLog(Logger logger, String kind, Supplier<Scheduler> scheduler) {
        this((format, arguments) -> logger.warn(format, arguments), FixedLimits.LOG_LINES_PER_MINUTE, kind, scheduler);
    }

    /**
     * @param lines          where the lines go
     * @param linesPerMinute how many of them
     * @param kind           what they are about, in words that follow a number
     * @param scheduler      gives the scheduler that sums up; asked when there is something to sum up
     */
    public RateLimitedLog(Lines lines, int linesPerMinute, String kind, Supplier<Scheduler> scheduler) {
        this.lines = lines;
        this.linesPerMinute = linesPerMinute;
        this.kind = kind;
        this.scheduler = scheduler;
    }

    /** Writes lines, called by any thread. */
    @FunctionalInterface
    public interface Lines {
        /** Writes one; format and arguments are as for SLF4J. */
        void write(String format, Object... arguments);
    }

    /** {@return how often it has happened, logged or not} */
    public long count() {
        try (AutoLock ignored = lock.lock()) {
            return count;
        }
    }

    /**
     * Counts a warning, and logs it if there have not been too many.
     *
     * @param format    as for SLF4J
     * @param arguments as for SLF4J, the last one may be a failure
     */
    public void warn(String format, Object... arguments) {
        boolean tell;
        boolean first = false;
        try (AutoLock ignored = lock.lock()) {
            tell = lockedMayTell();
            if (!tell && untoldBefore < 0) {
                untoldBefore = 0;
                first = true;
            }
        }
        if (tell) {
            lines.write(format, arguments);
        } else if (first) {
            lookLater();
        }
    }

    private boolean lockedMayTell() {
        count++;
        if (told == 0 || lockedIsPeriodOver()) {
            periodBegan = NanoTime.now();
            told = 0;
        }
        if (told < linesPerMinute) {
            told++;
            return true;
        }
        untold++;
        return false;
    }

    private boolean lockedIsPeriodOver() {
        return NanoTime.since(periodBegan) >= PERIOD_NANOS;
    }

    private void lookLater() {
        scheduler.get().schedule(this::look, CALM_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        boolean over;
        try (AutoLock ignored = lock.lock()) {
            over = untold == untoldBefore || lockedIsPeriodOver();
            untoldBefore = untold;
        }
        if (over) {
            sumUp();
        } else {
            lookLater();
        }
    }

    /** Logs how many have not been logged, if any; also called at the end, when no check follows. */
    public void sumUp() {
        long more;
        try (AutoLock ignored = lock.lock()) {
            more = untold;
            untold = 0;
            untoldBefore = -1;
        }
        if (more > 0) {
            lines.write("{} more {}", more, kind);
        }
    }
}
