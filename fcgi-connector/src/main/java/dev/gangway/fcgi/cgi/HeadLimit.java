package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.record.RecordWriter;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/**
 * How long the header block of a response may be, in bytes. It has to fit into one record: there are web servers that do
 * not wait for the rest of one.
 */
public record HeadLimit(int bytes) {
    /**
     * @param bytes how long it may be, or longer than a record
     */
    public HeadLimit {
        bytes = Math.min(bytes, RecordWriter.MAX_CONTENT);
    }

    /** {@return why a header block of this length cannot be sent, or null if it can; the answer is 500 then, as over HTTP} */
    public Throwable excess(int length) {
        if (length <= bytes) {
            return null;
        }
        return new HttpException.RuntimeException(
                HttpStatus.INTERNAL_SERVER_ERROR_500,
                "response headers of " + length + " bytes, want at most " + bytes);
    }
}
