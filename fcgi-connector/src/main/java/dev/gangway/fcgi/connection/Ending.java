package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.config.FixedLimits;
import dev.gangway.fcgi.incident.Incident;
import dev.gangway.fcgi.output.FcgiFlusher;
import dev.gangway.fcgi.output.Outgoing;
import dev.gangway.fcgi.output.Sharing;
import dev.gangway.fcgi.reading.Reading;
import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.request.FcgiStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a connection ends. In order, when the last response has been written: if the web server is still sending then,
 * the connection is read for a while, since a close would reset it and could destroy the response. Or broken, so that
 * the web server takes no response for complete. Thread-safe.
 */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    /** How long a connection that has nothing to do may hold up the stop of the server. */
    private static final long SHUTDOWN_NANOS = 1_000_000_000;

    private final FcgiConnection connection;
    private final ActiveRequests requests;
    private final FcgiFlusher flusher;
    private final Closing closing;
    private final AtomicInteger unwrittenEnds = new AtomicInteger();
    /** The web server has announced its last request. */
    private volatile boolean afterThis;
    /** The next response may be the last. */
    private volatile boolean retiring;

    private volatile Throwable cause;
    /** Null until nothing more will be written. */
    private volatile Lingering lingering;

    /**
     * The last request has been answered: the connection is read until a time or an amount is reached.
     *
     * @param requestId   the last request, if the end of its input is the end of everything; else 0: the web server
     *     meant to keep the connection, may have begun another request, and closes when it sees this side close
     * @param last        the stream whose end is the end of that input, or null
     * @param since       a time of {@link NanoTime#now}
     * @param bytesBefore how many bytes had come until then
     */
    private record Lingering(int requestId, RecordType last, long since, long bytesBefore) {
        boolean isOver(long bytesNow) {
            return NanoTime.since(since) > FixedLimits.LINGER_NANOS
                    || bytesNow - bytesBefore > FixedLimits.LINGER_BYTES;
        }
    }

    Ending(FcgiConnection connection, ActiveRequests requests, FcgiFlusher flusher, Closing closing) {
        this.connection = connection;
        this.requests = requests;
        this.flusher = flusher;
        this.closing = closing;
    }

    /** The web server has said of an active request that it is the last. */
    void afterThis() {
        afterThis = true;
    }

    /** From now on the connection may end after any response, but no request is refused. */
    void retire() {
        retiring = true;
    }

    boolean isRetiring() {
        return retiring;
    }

    /** {@return whether a request that begins now is not served any more} */
    boolean isAnnounced() {
        return afterThis || connection.isStopping();
    }

    /** {@return whether every response has been written completely} */
    boolean isSilent() {
        // In this order: a request stays active until its END_REQUEST is counted as unwritten.
        return requests.isEmpty() && unwrittenEnds.get() == 0;
    }

    /** {@return whether nothing more will be written} */
    boolean isLingering() {
        return lingering != null;
    }

    // ---- in order ----

    void onEndEncoded() {
        unwrittenEnds.incrementAndGet();
    }

    /** END_REQUEST of a request has left, and no other will before this returns. */
    void onEndWritten(FcgiStream stream) {
        if (unwrittenEnds.decrementAndGet() > 0 || !mayBeOver() || !requests.closeIfEmpty()) {
            return;
        }
        boolean expected = afterThis && connection.sharing() != Sharing.MULTIPLEXED;
        if (connection.reading().isEnded() || (expected && stream.isInputComplete())) {
            closing.inOrder();
        } else if (expected) {
            linger(stream.id(), stream.lastInput());
        } else {
            lingerUntilClosed();
        }
    }

    private boolean mayBeOver() {
        return connection.reading().isEnded()
                || isAnnounced()
                || (isUsedUp() && connection.sharing() != Sharing.MULTIPLEXED);
    }

    /** {@return whether the connection has served as many requests as it should} */
    boolean isUsedUp() {
        int limit = connection.configuration().getMaxRequestsPerConnection();
        return retiring || (limit > 0 && requests.begun() >= limit);
    }

    /** Ends a connection that is silent and not being read. Returns whether it has to be read on. */
    boolean ofSilence() {
        if (requests.begun() == 0) {
            closing.inOrder();
            return false;
        }
        if (requests.closeIfEmpty()) {
            lingerUntilClosed();
        }
        return true;
    }

    /** The web server may be starting a request, or may not have read the whole last answer. */
    private void lingerUntilClosed() {
        linger(0, null);
    }

    private void linger(int requestId, RecordType last) {
        lingering = new Lingering(
                requestId, last, NanoTime.now(), connection.reading().bytesIn());
        closing.endOutput();
    }

    /** A stream that belongs to no active request has ended. */
    void onInputEnd(RecordType type, int requestId) {
        Lingering last = lingering;
        if (last != null && last.requestId == requestId && last.last == type) {
            closing.inOrder();
        }
    }

    /** Called now and then while the connection is lingering. */
    void sweep() {
        Reading reading = connection.reading();
        if (lingering.isOver(reading.bytesIn()) || (connection.isStopping() && reading.idleNanos() > SHUTDOWN_NANOS)) {
            closing.inOrder();
        }
    }

    // ---- broken ----

    /** Ends the connection, broken if a response is incomplete. */
    void end(Throwable why) {
        cause = why;
        if (isSilent()) {
            closing.inOrder();
            return;
        }
        // First of all, so that no request can still end in order.
        breakRecord();
        closing.broken(why);
        requests.abortAll(why);
    }

    /** The input cannot be read, or breaks the protocol: only this connection suffers. */
    void onReadFailure(Throwable why) {
        if (why instanceof ConnectionError) {
            connection
                    .incidents()
                    .on(
                            Incident.CONNECTION_ERROR,
                            "{}: closing the connection: {}",
                            connection.peer(),
                            why.getMessage());
        } else if (why instanceof IOException) {
            LOG.debug("{}: reading failed", connection.id(), why);
        } else {
            connection
                    .incidents()
                    .on(
                            Incident.INTERNAL_ERROR,
                            "{}: closing {}",
                            connection.peer(),
                            connection.toConnectionString(),
                            why);
        }
        end(why);
    }

    /** Ends the connection in the middle of a response. */
    void breakOff() {
        closing.broken(null);
    }

    /** Nothing more can be written. */
    void onWriteFailure(Throwable why) {
        closing.broken(why);
    }

    /** Writes a broken record, if that can be done at once: one is enough for all responses. */
    private void breakRecord() {
        if (!flusher.isWriting()) {
            requests.all().stream()
                    .findAny()
                    .ifPresent(stream -> flusher.submit(new Outgoing.Broken(stream.id(), () -> {})));
        }
    }

    // ---- after the end ----

    /** The connection has been closed. */
    void onClosed(Throwable why) {
        if (cause == null) {
            cause = why;
        }
        abortAll();
    }

    /** Reading has stopped: requests that have begun since the connection was closed end as well. */
    void onReadingStopped(boolean open) {
        if (cause != null || !open) {
            abortAll();
        }
    }

    private void abortAll() {
        // Mostly there are none, and to make a cause is expensive.
        if (!requests.isEmpty()) {
            requests.abortAll(cause == null ? new EofException("connection closed") : cause);
        }
    }
}
