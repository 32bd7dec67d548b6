package dev.gangway.sample;

import java.io.InterruptedIOException;

/**
 * Lets the thread of a request sleep.
 */
public final class Pause {
    private Pause() {}

    /** Sleeps, or ends the request if the container wants its thread back. */
    public static void millis(long millis) throws InterruptedIOException {
        if (millis <= 0) return;
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while pausing");
        }
    }
}
