package dev.gangway.servlet.log;

import dev.gangway.api.FcgiRequest.Param;
import dev.gangway.fcgi.incident.ActiveRequest;
import dev.gangway.fcgi.incident.RateLimitedLog;
import dev.gangway.fcgi.incident.RunningThread;
import dev.gangway.fcgi.incident.SlowRequest;
import dev.gangway.fcgi.incident.SlowRequests;
import dev.gangway.servlet.process.LogFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.MessageFormatter;

/**
 * The slow log: what a request that takes long has asked for, what its thread does, and at its end how long it took. If
 * there is no file for it, a line of each goes to the log of the server.
 */
public final class SlowLog extends AbstractLifeCycle implements SlowRequests {
    /** How many entries there are in a minute: when everything hangs, the first ones say why. */
    static final int ENTRIES_PER_MINUTE = 30;

    private static final Logger LOG = LoggerFactory.getLogger(SlowLog.class);
    private static final String MORE_SLOW = "slow requests";
    private static final String MORE_ENDS = "ends of slow requests";

    private final Path path;
    private final RateLimitedLog slow;
    private final RateLimitedLog ends;
    private LogFile file;

    /**
     * @param path      null if there is no file for it
     * @param scheduler sums up what has not been written
     */
    public SlowLog(Path path, Supplier<Scheduler> scheduler) {
        this.path = path;
        if (path == null) {
            slow = new RateLimitedLog(LOG, MORE_SLOW, scheduler);
            ends = new RateLimitedLog(LOG, MORE_ENDS, scheduler);
        } else {
            slow = new RateLimitedLog(this::write, ENTRIES_PER_MINUTE, MORE_SLOW, scheduler);
            ends = new RateLimitedLog(this::write, ENTRIES_PER_MINUTE, MORE_ENDS, scheduler);
        }
    }

    @Override
    protected void doStart() throws IOException {
        file = path == null ? null : LogFile.open(path);
    }

    @Override
    protected void doStop() throws IOException {
        slow.sumUp();
        ends.sumUp();
        if (file != null) {
            file.close();
        }
    }

    @Override
    public void onSlow(SlowRequest request) {
        if (path == null) {
            slow.warn("slow: {}", line(request));
        } else {
            slow.warn("slow: {}", new Entry(request));
        }
    }

    @Override
    public void onEnd(ActiveRequest request) {
        ends.warn("slow request ended: {}", line(request));
    }

    private static String line(ActiveRequest request) {
        return Printable.of(request.connection() + " " + request);
    }

    private static String line(SlowRequest slow) {
        return line(slow.request()) + slow.place();
    }

    private void write(String format, Object... arguments) {
        String time = OffsetDateTime.now().truncatedTo(ChronoUnit.MILLIS).toString();
        String entry =
                time + " " + MessageFormatter.arrayFormat(format, arguments).getMessage() + "\n";
        try {
            file.write(entry.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("Cannot write the slow log {}: {}", path, e.getMessage());
        }
    }

    /** Becomes text only if it is written. */
    private record Entry(SlowRequest slow) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(line(slow.request()));
            RunningThread thread = slow.thread();
            if (thread == null) {
                text.append("\n  no thread is at work on it");
            } else {
                text.append("\n  thread ").append(thread.name()).append(", ").append(thread.state());
                thread.lines().forEach(call -> text.append("\n    at ").append(call));
            }
            for (Param param : slow.params()) {
                text.append("\n  ").append(Printable.of(param.name() + " = " + param.value()));
            }
            return text.append('\n').toString();
        }
    }
}
