package dev.gangway.conformance;

import java.io.IOException;

/**
 * One thing that an application has to do, and how to find out whether it does.
 *
 * @param requirements the numbers, as {@code FCGI-22} or {@code FCGI-22, FCGI-23}
 * @param what         the behaviour, as a sentence without a full stop
 */
public record Check(String requirements, String what, Trial trial) {
    /** Talks to an application, usually on one connection, and judges what comes back. */
    @FunctionalInterface
    public interface Trial {
        /**
         * {@return what was found}
         *
         * @throws IOException if no connection can be made
         */
        Finding run(Application application) throws IOException;
    }
}
