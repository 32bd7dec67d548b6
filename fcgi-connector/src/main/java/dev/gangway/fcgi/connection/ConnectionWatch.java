package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.incident.ActiveRequest;
import dev.gangway.fcgi.output.FcgiFlusher;
import dev.gangway.fcgi.output.Sharing;
import dev.gangway.fcgi.reading.Reading;
import dev.gangway.fcgi.reading.Stay;
import dev.gangway.fcgi.request.FcgiStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The time limits of a whole connection: how long it may be idle, and how long the web server may take. */
final class ConnectionWatch {
    /**
     * How long a shared connection that has served its number of requests must be idle before it is ended: when the
     * last answer leaves, the next requests are already on their way, and HAProxy 2.6 crashes if it loses many of them.
     */
    private static final long PAUSE_NANOS = 500_000_000;

    /**
     * How long a connection must be idle to be ended when all retire: if it is in use, its next response comes before,
     * and if not, no request is on its way.
     */
    private static final long RETIRED_IDLE_NANOS = 2_000_000_000;

    /** From when on memory counts for more than the time of the next request. */
    private static final long IDLE_NANOS = 1_000_000_000;

    private final FcgiConnection connection;
    private final FcgiConfiguration configuration;
    private final ActiveRequests requests;
    private final Ending ending;
    private final FcgiFlusher flusher;
    private final UnreadInput unreadInput;
    private final Stay stay;

    ConnectionWatch(
            FcgiConnection connection,
            ActiveRequests requests,
            Ending ending,
            FcgiFlusher flusher,
            UnreadInput unreadInput,
            Stay stay) {
        this.connection = connection;
        this.configuration = connection.configuration();
        this.requests = requests;
        this.ending = ending;
        this.flusher = flusher;
        this.unreadInput = unreadInput;
        this.stay = stay;
    }

    /** {@return whether there is a request, an unwritten answer, an end that has begun, or a thread that stays} */
    boolean isBusy() {
        return !ending.isSilent() || ending.isLingering() || stay.hasThread();
    }

    /** {@return the active requests as they are at this moment} */
    Stream<ActiveRequest> snapshots() {
        return requests.all().stream().map(FcgiStream::snapshot);
    }

    /** Called by the scheduler: several times a second while it is busy, else now and then. */
    void sweep(long periodNanos) {
        requests.all().forEach(FcgiStream::sweep);
        Reading reading = connection.reading();
        long silence = reading.idleNanos();
        if (silence > periodNanos && reading.isIdle()) {
            // The application takes long, perhaps after its response: an abort, the next request or the end of the
            // connection must still be noticed.
            reading.onBusy();
        }
        stay.letGoIfShort();
        if (silence > IDLE_NANOS) {
            connection.onIdle();
        }
        if (ending.isLingering()) {
            ending.sweep();
            return;
        }
        Duration writeTimeout = configuration.getRequestWriteTimeout();
        if (flusher.stalledNanos() > writeTimeout.toNanos()) {
            ending.end(new TimeoutException("the web server has taken nothing of a response for " + writeTimeout));
            return;
        }
        if (!closeIfForgotten() && silence > periodNanos) {
            unreadInput.sweep(requests.all());
        }
    }

    /** {@return whether a request is active} */
    boolean hasRequests() {
        return !requests.isEmpty();
    }

    /**
     * Called by the scheduler several times a second when the connection has been closed, since applications may still
     * run for it; returns whether any does.
     */
    boolean sweepClosed() {
        requests.all().forEach(FcgiStream::sweep);
        return hasRequests();
    }

    /** Ends the connection if it is silent and its time is up; returns whether the reading was stopped to find out. */
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
        // Time counts from the last end of a request, not from the last byte: only requests keep a connection open.
        long idle = requests.nanosSinceEnd();
        Reading reading = connection.reading();
        return connection.isStopping()
                || (connection.sharing() == Sharing.MULTIPLEXED && idle > PAUSE_NANOS && ending.isUsedUp())
                || idle > idleTimeoutNanos()
                || (!reading.isBetweenRecords()
                        && Math.min(reading.idleNanos(), idle)
                                > configuration.getParamsTimeout().toNanos());
    }

    private long idleTimeoutNanos() {
        long configured = configuration.getConnectionIdleTimeout().toNanos();
        return ending.isRetiring() ? Math.min(configured, RETIRED_IDLE_NANOS) : configured;
    }
}
