package dev.gangway.fcgi.connection;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.util.NanoTime;

/**
 * The connectors on which requests have overlapped recently, so that they are likely to do so on the next connection:
 * web servers use an address for each kind of traffic. Thread-safe.
 */
public final class Overlaps {
    private static final long MEMORY_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** Every request may overlap: one a second is noted. */
    private static final long RESOLUTION_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<Connector, Long> last = new ConcurrentHashMap<>();
    private final LongSupplier clock;

    Overlaps() {
        this(NanoTime::now);
    }

    /** @param clock in nanoseconds, with any origin */
    public Overlaps(LongSupplier clock) {
        this.clock = clock;
    }

    /** Requests overlap on a connection of a connector. */
    public void on(Connector connector) {
        long now = clock.getAsLong();
        Long known = last.get(connector);
        if (known == null || NanoTime.elapsed(known, now) > RESOLUTION_NANOS) {
            last.put(connector, now);
        }
    }

    public boolean isLikely(Connector connector) {
        Long since = last.get(connector);
        return since != null && NanoTime.elapsed(since, clock.getAsLong()) < MEMORY_NANOS;
    }
}
