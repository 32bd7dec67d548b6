package dev.gangway.fcgi.incident;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens at the connections of a factory, and logs some of it. Thread-safe. */
public final class Incidents {
    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

    private final Map<Incident, RateLimitedLog> logs = new EnumMap<>(Incident.class);
    private volatile long slowNanos = Long.MAX_VALUE;
    private volatile SlowRequests slowRequests = SlowRequests.NONE;

    /** @param scheduler asked when there is something to sum up later */
    public Incidents(Supplier<Scheduler> scheduler) {
        for (Incident incident : Incident.values()) {
            logs.put(incident, new RateLimitedLog(LOG, incident.kind(), scheduler));
        }
    }

    /** Counts an incident, and logs it unless that has been done often enough. */
    public void on(Incident incident, String format, Object... arguments) {
        logs.get(incident).warn(format, arguments);
    }

    public long count(Incident incident) {
        return logs.get(incident).count();
    }

    /** Has somebody told of requests that take longer than a time. */
    public void watch(Duration slowAfter, SlowRequests watcher) {
        slowRequests = watcher;
        slowNanos = slowAfter.toNanos();
    }

    /** {@return whether a request of an age is slow} */
    public boolean isSlow(long ageNanos) {
        return ageNanos > slowNanos;
    }

    /** {@return who is told of requests that are slow} */
    public SlowRequests slowRequests() {
        return slowRequests;
    }

    /** A request is ended, since it takes longer than it may. */
    public void onOverdue(String peer, Duration limit, SlowRequest request) {
        on(
                Incident.REQUEST_TIMEOUT,
                "{}: request ended with 504, since it takes longer than {} s: {}{}",
                peer,
                limit.toMillis() / 1000.0,
                request.request(),
                request.place());
    }

    /** Logs how many have not been logged. */
    public void sumUp() {
        logs.values().forEach(RateLimitedLog::sumUp);
    }
}
