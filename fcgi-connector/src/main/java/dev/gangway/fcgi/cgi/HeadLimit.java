package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.record.RecordWriter;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/**
 * How long the header block of a response may be, in bytes. It has to fit into one record: some web servers do not wait
 * for the rest of it.
 */
public record HeadLimit(int bytes) {
    /**
     * @param bytes how long it may be; reduced to what fits into a record
     */
    public HeadLimit {
        bytes = Math.min(bytes, RecordWriter.MAX_CONTENT);
    }

    /** {@return the failure (500, as over HTTP) for a header block of this length, or null if it can be sent} */
    public Throwable excess(int length) {
        if (length <= bytes) {
            return null;
        }
        return new HttpException.RuntimeException(
                HttpStatus.INTERNAL_SERVER_ERROR_500,
                "response headers of " + length + " bytes, want at most " + bytes);
    }
}
