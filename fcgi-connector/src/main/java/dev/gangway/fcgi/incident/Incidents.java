package dev.gangway.fcgi.incident;

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

    /** Logs how many have not been logged. */
    public void sumUp() {
        logs.values().forEach(RateLimitedLog::sumUp);
    }
}
