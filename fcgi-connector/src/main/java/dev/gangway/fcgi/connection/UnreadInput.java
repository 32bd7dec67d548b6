package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.config.FixedLimits;
import dev.gangway.fcgi.input.RequestInput;
import dev.gangway.fcgi.output.FcgiFlusher;
import dev.gangway.fcgi.reading.Reading;
import dev.gangway.fcgi.request.FcgiStream;
import java.time.Duration;
import java.util.Collection;
import org.eclipse.jetty.io.EofException;

/**
 * A connection that is not read because an application does not read the input of its request. An abort, the end of the
 * connection or another request behind that input must still be noticed. Checked by the sweep.
 *
 * <p>First the requests may keep more than usual. If that does not help, the application loses the input as soon as it
 * does harm: on a shared connection, since another request may wait behind it; and where the response is blocked as
 * well, since some web servers take no response before they have sent the whole request.
 */
final class UnreadInput {
    private final Reading reading;
    private final FcgiFlusher flusher;
    private final long stallNanos;

    /** @param stallTimeout how long a request may hold up others */
    UnreadInput(Reading reading, FcgiFlusher flusher, Duration stallTimeout) {
        this.reading = reading;
        this.flusher = flusher;
        this.stallNanos = stallTimeout.toNanos();
    }

    /** Called now and then while nothing comes. */
    void sweep(Collection<FcgiStream> active) {
        if (!reading.isPaused()) {
            return;
        }
        active.forEach(stream -> stream.input().openReserve());
        if (!reading.isPaused()) {
            reading.resume();
            return;
        }
        long blocked = flusher.stalledNanos();
        boolean shared = active.size() > 1 || reading.isReadingAhead();
        for (FcgiStream stream : active) {
            RequestInput input = stream.input();
            if (shared && input.stalledNanos() > stallNanos) {
                input.drop(
                        new EofException("the input was not read for too long while other requests may have waited"));
                return;
            }
            if (active.size() == 1
                    && input.isFull()
                    && blocked > (input.isTaken() ? stallNanos : FixedLimits.UNWANTED_INPUT_NANOS)) {
                input.drop(new EofException("the input was not read, and the web server did not take the response"));
                return;
            }
        }
    }
}
