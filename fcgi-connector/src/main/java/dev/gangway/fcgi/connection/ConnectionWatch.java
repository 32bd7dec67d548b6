package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.input.Reading;
import dev.gangway.fcgi.output.FcgiFlusher;
import dev.gangway.fcgi.output.Sharing;
import dev.gangway.fcgi.request.FcgiStream;
import java.time.Duration;

/** How long a connection may do nothing, or a web server take: all time rules that concern a whole connection. */
public final class ConnectionWatch {
    /**
     * How long a shared connection that has served its number of requests has nothing to do before it is ended: with the
     * last answer the next requests are on their way already, and HAProxy 2.6 crashes if it loses many of them.
     */
    private static final long PAUSE_NANOS = 500_000_000;

    private final FcgiConnection connection;
    private final FcgiConfiguration configuration;
    private final ActiveRequests requests;
    private final Ending ending;
    private final FcgiFlusher flusher;
    private final UnreadInput unreadInput;

    ConnectionWatch(
            FcgiConnection connection,
            ActiveRequests requests,
            Ending ending,
            FcgiFlusher flusher,
            UnreadInput unreadInput) {
        this.connection = connection;
        this.configuration = connection.configuration();
        this.requests = requests;
        this.ending = ending;
        this.flusher = flusher;
        this.unreadInput = unreadInput;
    }

    /** Called several times a second by the scheduler. */
    void sweep(long periodNanos) {
        requests.all().forEach(FcgiStream::sweep);
        Reading reading = connection.reading();
        long silence = reading.idleNanos();
        if (silence > periodNanos && reading.isIdle()) {
            // The application takes its time, perhaps after its response: see to it that an abort, the next request or
            // the end of the connection is noticed.
            reading.onBusy();
        }
        if (ending.isLingering()) {
            ending.sweep();
            return;
        }
        Duration writeTimeout = configuration.getRequestWriteTimeout();
        if (flusher.stalledNanos() > writeTimeout.toNanos()) {
            ending.onStalled("the web server has taken nothing of a response for " + writeTimeout);
            return;
        }
        if (!closeIfForgotten() && silence > periodNanos) {
            unreadInput.sweep(requests.all());
        }
    }

    /** Ends it if nothing is going on and nothing is waited for; returns whether that was looked into. */
    boolean closeIfForgotten() {
        Reading reading = connection.reading();
        if (!isForgotten() || !reading.stopIdle()) {
            return false;
        }
        // A request may have begun before the reading was stopped.
        if (!isForgotten() || ending.ofSilence()) {
            reading.unstop();
        }
        return true;
    }

    private boolean isForgotten() {
        return ending.isSilent() && isExpired();
    }

    private boolean isExpired() {
        // Not since something came: what is no request must not keep a connection open.
        long idle = requests.nanosSinceEnd();
        Reading reading = connection.reading();
        return connection.isStopping()
                || (connection.sharing() == Sharing.MULTIPLEXED && idle > PAUSE_NANOS && ending.isUsedUp())
                || idle > configuration.getConnectionIdleTimeout().toNanos()
                || (!reading.isBetweenRecords()
                        && Math.min(reading.idleNanos(), idle)
                                > configuration.getParamsTimeout().toNanos());
    }
}
