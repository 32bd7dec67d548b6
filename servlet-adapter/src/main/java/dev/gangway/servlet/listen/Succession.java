package dev.gangway.servlet.listen;

import static java.util.stream.Collectors.joining;

import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.servlet.failure.StartFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How this process replaces another one, and how another one replaces it, without a gap ({@code --takeover}).
 *
 * <p>The successor takes the addresses when its applications have started. The other process notices that, and is in no
 * hurry: it accepts what had connected by then and serves what comes on connections that web servers keep. When these
 * have run out, or are all busy, it stops in the usual way.
 */
public final class Succession {
    private static final long PERIOD_MILLIS = 1_000;
    private static final int PERIODS_OF_CARE = 3_600;

    /** A connection that is idle ends within 2 or 3 seconds, one that is in use with its next response. */
    private static final long RUNNING_OUT_MILLIS = 5_000;

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final List<Listener> listeners;
    private final FcgiConnectionFactory connections;

    // Used by one check after the other.
    private boolean isReplaced;
    private long replacedAt;
    private int checks;

    /** @param listeners those of this process, which may become more until {@link #watch}; a lost one is removed */
    public Succession(List<Listener> listeners, FcgiConnectionFactory connections) {
        this.listeners = listeners;
        this.connections = connections;
    }

    /**
     * Takes the addresses that are in use.
     *
     * @throws StartFailure if the first of them cannot be taken. What has been taken cannot be given back; if another
     *     one cannot be taken after that, its process keeps it
     */
    public void takeOver() throws StartFailure {
        List<Listener> waiting = listeners.stream().filter(Listener::isWaiting).toList();
        for (Listener listener : waiting) {
            try {
                listener.takeOver();
                LOG.info("Took {} over from the process that had it", listener);
            } catch (StartFailure e) {
                if (listener == waiting.get(0)) {
                    throw e;
                }
                LOG.error("{}; another process keeps it", e.getMessage());
                listener.close();
                listeners.remove(listener);
            }
        }
    }

    /**
     * Begins to look whether another process takes the addresses over.
     *
     * @param end what ends the process gracefully, without waiting for it
     */
    public void watch(Scheduler scheduler, Runnable end) {
        scheduler.schedule(() -> check(scheduler, end), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void check(Scheduler scheduler, Runnable end) {
        if (isOver()) {
            end.run();
            return;
        }
        if (++checks % PERIODS_OF_CARE == 0) {
            listeners.forEach(Listener::keepYoung);
        }
        watch(scheduler, end);
    }

    private boolean isOver() {
        if (isReplaced) {
            // All that had connected before has been accepted by now.
            return connections.getOpenConnections() == 0 || NanoTime.millisSince(replacedAt) >= RUNNING_OUT_MILLIS;
        }
        if (!listeners.isEmpty() && listeners.stream().allMatch(Listener::isTakenOver)) {
            LOG.info(
                    "Ending: another process has taken over {}",
                    listeners.stream().map(Listener::toString).collect(joining(", ")));
            isReplaced = true;
            replacedAt = NanoTime.now();
            connections.retire();
        }
        return false;
    }
}
