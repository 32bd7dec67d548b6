package dev.gangway.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A clock that ticks into a response, each tick flushed to the browser.
 *
 * @param count          how often
 * @param intervalMillis how long from one tick to the next
 */
public record Ticks(int count, long intervalMillis) {
    /** Receives the ticks. */
    @FunctionalInterface
    public interface Face {
        /** Shows one tick, counted from 1. */
        void show(int tick, Instant time) throws IOException;
    }

    /** Reads {@code count} and {@code interval}, in milliseconds, from the query. */
    public static Ticks of(HttpServletRequest request) {
        Query query = Query.of(request);
        int count = (int) query.number("count", 10, 1, 100_000);
        return new Ticks(count, query.number("interval", 1000, 0, 60_000));
    }

    /** Runs the clock; the first tick comes at once. */
    public void run(HttpServletResponse response, Face face) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        // nginx holds a response back until its buffers are full, unless it is told not to.
        response.setHeader("X-Accel-Buffering", "no");
        for (int tick = 1; tick <= count; tick++) {
            if (tick > 1) Pause.millis(intervalMillis);
            face.show(tick, Instant.now().truncatedTo(ChronoUnit.MILLIS));
            response.flushBuffer();
        }
    }
}
