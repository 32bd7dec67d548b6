package dev.gangway.servlet.process;

import java.time.Duration;

/**
 * When the process ends without being asked to.
 *
 * @param idle after so long without a request, or null
 * @param requests after so many of them, or 0
 */
public record Lifetime(Duration idle, long requests) {
    /** Until it is told to end. */
    public static final Lifetime UNLIMITED = new Lifetime(null, 0);

    boolean isUnlimited() {
        return idle == null && requests == 0;
    }
}
