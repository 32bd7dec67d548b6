package dev.gangway.api;

import java.io.InputStream;
import java.time.Instant;

/**
 * The file that the web server passes to a Filter (FastCGI 1.0, section 6.4), besides the body of the request.
 *
 * <p>The body comes first: an application that reads this first may lose the body, if that is larger than what the
 * server buffers.
 */
public interface FcgiData {
    /**
     * {@return the length of the file in bytes, 0 or more}
     */
    long length();

    /**
     * {@return when the file was last changed, to the second; null if the web server does not say}
     */
    Instant lastModified();

    /**
     * {@return the content of the file; the same stream at each call}
     *
     * <p>Reading waits for the web server. It throws {@link java.io.IOException} instead of ending if the web server
     * sends less than {@link #length()}, or more, or nothing for too long, or if the request is over. One thread at a
     * time may use it. An application need not read it.
     */
    InputStream inputStream();
}
