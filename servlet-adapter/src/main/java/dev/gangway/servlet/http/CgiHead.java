package dev.gangway.servlet.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The header block of a CGI response (RFC 3875, section 6.2), whose bytes come in pieces.
 *
 * <p>One instance reads one block.
 */
final class CgiHead {
    private static final int MAX_LENGTH = 256 * 1024;

    private final StringBuilder line = new StringBuilder();
    private final HttpFields.Mutable fields = HttpFields.build();
    private int status = HttpStatus.OK_200;
    private int length;

    /**
     * Reads the bytes that belong to the block.
     *
     * @param bytes its position is the beginning of the body afterwards, or its end
     * @return whether the block is complete
     * @throws IOException if it is malformed
     */
    boolean take(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            char c = (char) (bytes.get() & 0xFF);
            if (++length > MAX_LENGTH) {
                throw new IOException("the header block of the response has more than " + MAX_LENGTH + " bytes");
            }
            if (c != '\n') {
                line.append(c);
            } else if (endLine()) {
                return true;
            }
        }
        return false;
    }

    private boolean endLine() throws IOException {
        String text = line.toString().stripTrailing();
        line.setLength(0);
        if (text.isEmpty()) {
            return true;
        }
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw new IOException("the response has a header without a name");
        }
        String name = text.substring(0, colon);
        String value = text.substring(colon + 1).strip();
        if (name.equalsIgnoreCase("Status")) {
            status = status(value);
        } else {
            fields.add(name, value);
        }
        return false;
    }

    /** Only the number counts: HTTP has its own texts. */
    private static int status(String value) throws IOException {
        try {
            return Integer.parseInt(value.split(" ", 2)[0]);
        } catch (NumberFormatException e) {
            throw new IOException("the response has a status that is not a number", e);
        }
    }

    int status() {
        return status;
    }

    HttpFields fields() {
        return fields;
    }
}
