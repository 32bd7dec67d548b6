package dev.gangway.fcgi.server;

import dev.gangway.fcgi.record.RecordWriter;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConfiguration;

/**
 * How long the header block of a response may be, in bytes. It has to fit into one record: there are web servers that do
 * not wait for the rest of one.
 */
record HeadLimit(int bytes) {
    static HeadLimit of(HttpConfiguration configuration) {
        int wanted = Math.max(configuration.getResponseHeaderSize(), configuration.getMaxResponseHeaderSize());
        return new HeadLimit(Math.min(wanted, RecordWriter.MAX_CONTENT));
    }

    /** {@return why this header block cannot be sent, or null if it can; the answer is 500 then, as over HTTP} */
    Throwable excess(StdoutOutput.Head head) {
        if (head.maxLength() <= bytes) {
            return null;
        }
        return new HttpException.RuntimeException(
                HttpStatus.INTERNAL_SERVER_ERROR_500,
                "response headers of " + head.maxLength() + " bytes, want at most " + bytes);
    }
}
