package dev.gangway.fcgi.cgi;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/** Writes the header block of a response (RFC 3875, section 6.2). */
public final class ResponseWriter {
    private static final byte[] STATUS = "Status: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};

    private ResponseWriter() {}

    /**
     * {@return how many bytes the header block of a response has at most; what is left out counts as well}
     *
     * @param status 103, or 200 to 999
     * @param fields the headers
     */
    public static int maxLength(int status, HttpFields fields) {
        int length = STATUS.length + Integer.toString(status).length() + CRLF.length + CRLF.length;
        String reason = reason(status);
        if (reason != null) {
            length += 1 + reason.length();
        }
        for (HttpField field : fields) {
            String value = field.getValue();
            length += field.getName().length() + 2 + (value == null ? 0 : value.length()) + CRLF.length;
        }
        return length;
    }

    /**
     * Writes the header block of a response up to and including the empty line.
     *
     * @param to     where to
     * @param status 103, or 200 to 999
     * @param fields the headers; those that CGI does not allow are left out
     * @throws BufferOverflowException if the buffer is too small; it is then of no use
     */
    public static void write(ByteBuffer to, int status, HttpFields fields) {
        // HAProxy takes each Location for a 302, unless the status comes after it.
        location(to, fields);
        status(to, status);
        rest(to, status, fields);
    }

    /**
     * Writes the header block of an Authorizer's answer; like {@link #write}, except for the order.
     *
     * @throws BufferOverflowException if the buffer is too small; it is then of no use
     */
    public static void writeDecision(ByteBuffer to, int status, HttpFields fields) {
        // lighttpd drops what comes before a status that denies.
        status(to, status);
        location(to, fields);
        rest(to, status, fields);
    }

    private static void location(ByteBuffer to, HttpFields fields) {
        HttpField location = fields.getField(HttpHeader.LOCATION);
        if (location != null) {
            field(to, location.getName(), location.getValue());
        }
    }

    private static void rest(ByteBuffer to, int status, HttpFields fields) {
        boolean hasType = false;
        for (HttpField field : fields) {
            HttpHeader header = field.getHeader();
            if (header == HttpHeader.CONTENT_TYPE) {
                if (hasType) {
                    continue;
                }
                hasType = true;
            } else if (header == HttpHeader.LOCATION || !isAllowed(header, field.getName(), status)) {
                continue;
            }
            field(to, field.getName(), field.getValue());
        }
        to.put(CRLF);
    }

    private static void status(ByteBuffer to, int status) {
        to.put(STATUS);
        text(to, Integer.toString(status));
        String reason = reason(status);
        if (reason != null) {
            to.put((byte) ' ');
            text(to, reason);
        }
        to.put(CRLF);
    }

    private static String reason(int status) {
        return HttpStatus.getCode(status) == null ? null : HttpStatus.getMessage(status);
    }

    private static boolean isAllowed(HttpHeader header, String name, int status) {
        if (header == HttpHeader.CONTENT_LENGTH) {
            // HAProxy adds one of its own to a 304, and HTTP/2 does not allow two.
            return status != HttpStatus.NO_CONTENT_204
                    && status != HttpStatus.NOT_MODIFIED_304
                    && !HttpStatus.isInterim(status);
        }
        if (header != null) {
            return !CgiNames.HOP_BY_HOP.contains(header);
        }
        // The application's own header of that name is not the status of the response.
        return !name.equalsIgnoreCase("Status") && Token.is(name);
    }

    private static void field(ByteBuffer to, String name, String value) {
        text(to, name);
        to.put((byte) ':').put((byte) ' ');
        if (value != null) {
            text(to, value);
        }
        to.put(CRLF);
    }

    /** What cannot be carried becomes a '?' or, where it would end the line, a blank. */
    private static void text(ByteBuffer to, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0xFF) {
                to.put((byte) '?');
            } else if (c == '\r' || c == '\n' || c == 0) {
                to.put((byte) ' ');
            } else {
                to.put((byte) c);
            }
        }
    }
}
