package dev.gangway.servlet.figures;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;

/**
 * Counts requests when they are complete. It is a request log since Jetty tells one of every request at its end, without
 * an object for the purpose, and without a lock.
 */
public final class Tally implements RequestLog {
    /** 1xx to 5xx; the first one is for what has no status. */
    private static final int CLASSES = 6;

    private final Map<Role, LongAdder> byRole = new EnumMap<>(Role.class);
    private final LongAdder[] byStatus = new LongAdder[CLASSES];
    private final Durations durations = new Durations();

    public Tally() {
        for (Role role : Role.values()) {
            byRole.put(role, new LongAdder());
        }
        for (int i = 0; i < CLASSES; i++) {
            byStatus[i] = new LongAdder();
        }
    }

    @Override
    public void log(Request request, Response response) {
        durations.add(NanoTime.since(request.getBeginNanoTime()));
        int statusClass = response.getStatus() / 100;
        byStatus[statusClass < CLASSES ? statusClass : 0].increment();
        if (request.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi) {
            byRole.get(fcgi.role()).increment();
        }
    }

    long of(Role role) {
        return byRole.get(role).sum();
    }

    /** @param statusClass 1 to 5 */
    long of(int statusClass) {
        return byStatus[statusClass].sum();
    }

    Durations.Histogram durations() {
        return durations.histogram();
    }
}
