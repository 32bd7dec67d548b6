package dev.gangway.fcgi.server;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * All open connections of a factory: bounds their number, and looks after each of them several times a second as long
 * as there are any.
 */
final class OpenConnections {
    private static final long PERIOD_MILLIS = 200;

    private final FcgiConfiguration configuration;
    private final Set<FcgiConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger size = new AtomicInteger();
    private volatile Scheduler.Task sweep;

    OpenConnections(FcgiConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Returns false if there are as many as there may be. */
    boolean add(FcgiConnection connection) {
        if (size.incrementAndGet() > configuration.getMaxConnections()) {
            size.decrementAndGet();
            return false;
        }
        connections.add(connection);
        if (sweep == null) {
            synchronized (this) {
                if (sweep == null) {
                    schedule(connection.connector().getScheduler());
                }
            }
        }
        return true;
    }

    void remove(FcgiConnection connection) {
        if (connections.remove(connection)) {
            size.decrementAndGet();
        }
    }

    int size() {
        return size.get();
    }

    private void schedule(Scheduler scheduler) {
        sweep = scheduler.schedule(() -> sweep(scheduler), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep(Scheduler scheduler) {
        connections.forEach(connection -> connection.sweep(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS)));
        synchronized (this) {
            sweep = null;
            if (!connections.isEmpty()) {
                schedule(scheduler);
            }
        }
    }
}
