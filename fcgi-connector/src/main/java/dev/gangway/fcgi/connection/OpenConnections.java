package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.incident.ActiveRequest;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.util.component.Dumpable;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All open connections of a {@link SharedState}: bounds their number, and sweeps each of them several times a second, or
 * once a second if it is idle, as long as there are any.
 */
public final class OpenConnections implements Graceful, Dumpable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenConnections.class);
    private static final long PERIOD_MILLIS = 200;

    /** There may be ten thousand idle connections, and their times are seconds. */
    private static final int PERIODS_OF_IDLE = 5;

    private final FcgiConfiguration configuration;
    private final Set<FcgiConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger size = new AtomicInteger();
    /** Those that have been closed while requests were active: their applications may run for long. */
    private final Set<FcgiConnection> closed = ConcurrentHashMap.newKeySet();

    private volatile Scheduler.Task sweep;
    /** One sweep schedules the next. */
    private int sweeps;

    private volatile boolean retiring;
    private volatile boolean shutdown;

    OpenConnections(FcgiConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Returns false if the limit is reached. */
    boolean add(FcgiConnection connection) {
        if (size.incrementAndGet() > configuration.getMaxConnections()) {
            size.decrementAndGet();
            return false;
        }
        connections.add(connection);
        if (retiring) {
            connection.ending().retire();
        }
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
        if (connection.watch().hasRequests()) {
            // Before it is removed, so that the sweep goes on.
            closed.add(connection);
        }
        if (connections.remove(connection)) {
            size.decrementAndGet();
        }
    }

    void start() {
        retiring = false;
        shutdown = false;
    }

    /**
     * From now on every connection ends after its next response, or when it has been idle for a moment: web servers
     * open others, at whoever has the address now.
     */
    public void retire() {
        retiring = true;
        connections.forEach(connection -> connection.ending().retire());
    }

    /**
     * Closes idle connections at once, so that the web server asks elsewhere: a request that came on one now would be
     * refused. The connector waits for the others.
     */
    @Override
    public CompletableFuture<Void> shutdown() {
        shutdown = true;
        connections.forEach(connection -> connection.watch().closeIfForgotten());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    /** Cancels the sweep: the scheduler has stopped, or will. */
    synchronized void stop() {
        if (sweep != null) {
            sweep.cancel();
            sweep = null;
        }
    }

    public int size() {
        return size.get();
    }

    /** {@return the active requests of all connections as they are at this moment; the oldest comes first} */
    public List<ActiveRequest> snapshots() {
        return Stream.concat(connections.stream(), closed.stream())
                .distinct()
                .flatMap(connection -> connection.watch().snapshots())
                .sorted(Comparator.comparingLong(ActiveRequest::ageNanos).reversed())
                .toList();
    }

    @Override
    public void dump(Appendable out, String indent) throws IOException {
        Dumpable.dumpObjects(out, indent, size + " open connections", connections.toArray());
    }

    private void schedule(Scheduler scheduler) {
        sweep = scheduler.schedule(() -> sweep(scheduler), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void sweep(FcgiConnection connection, boolean all) {
        ConnectionWatch watch = connection.watch();
        try {
            if (all || watch.isBusy()) {
                watch.sweep(TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS));
            }
        } catch (Throwable e) {
            // The other connections must still be swept.
            LOG.warn("{}", connection, e);
        }
    }

    private static boolean isOver(FcgiConnection connection) {
        try {
            return !connection.watch().sweepClosed();
        } catch (Throwable e) {
            LOG.warn("{}", connection, e);
            return true;
        }
    }

    private void sweep(Scheduler scheduler) {
        boolean all = ++sweeps % PERIODS_OF_IDLE == 0;
        connections.forEach(connection -> sweep(connection, all));
        closed.removeIf(OpenConnections::isOver);
        synchronized (this) {
            sweep = null;
            if (!connections.isEmpty() || !closed.isEmpty()) {
                schedule(scheduler);
            }
        }
    }
}
