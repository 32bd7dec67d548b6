package dev.gangway.it.harness;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads responses from a connection; strict, so that a broken framing is seen. */
final class ResponseReader {
    private final InputStream in;

    ResponseReader(InputStream in) {
        this.in = in;
    }

    /** The next final response; an interim one is skipped. */
    RawResponse read(boolean head) throws IOException {
        while (true) {
            String[] statusLine = line().split(" ", 3);
            if (statusLine.length < 2 || !statusLine[0].startsWith("HTTP/1.")) {
                throw new IOException("no status line: " + String.join(" ", statusLine));
            }
            int status = Integer.parseInt(statusLine[1]);
            List<RawResponse.Header> headers = headers();
            if (status >= 200) {
                String reason = statusLine.length == 3 ? statusLine[2] : "";
                boolean empty = head || status == 204 || status == 304;
                InputStream body = empty ? InputStream.nullInputStream() : body(headers);
                return new RawResponse(status, reason, headers, body);
            }
        }
    }

    private List<RawResponse.Header> headers() throws IOException {
        List<RawResponse.Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header line: " + line);
            }
            headers.add(new RawResponse.Header(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return List.copyOf(headers);
    }

    private InputStream body(List<RawResponse.Header> headers) {
        for (RawResponse.Header header : headers) {
            if (header.name().equalsIgnoreCase("Transfer-Encoding")
                    && header.value().equalsIgnoreCase("chunked")) {
                return new Chunked();
            }
        }
        for (RawResponse.Header header : headers) {
            if (header.name().equalsIgnoreCase("Content-Length")) {
                return new Counted(Long.parseLong(header.value()));
            }
        }
        return in;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("connection closed in the line: " + line);
            }
            line.append((char) c);
        }
        int end = line.length() - 1;
        if (end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        // Bytes became characters one to one above; the values that tests compare are UTF-8.
        return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** A body of known length. */
    private final class Counted extends InputStream {
        private long left;

        Counted(long length) {
            left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            if (count < 0) {
                throw new EOFException(left + " bytes of the body missing");
            }
            left -= count;
            return count;
        }
    }

    /** A body in chunks; trailers are skipped. */
    private final class Chunked extends InputStream {
        private InputStream chunk = InputStream.nullInputStream();
        private boolean first = true;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (!ended) {
                int count = chunk.read(bytes, offset, length);
                if (count >= 0) {
                    return count;
                }
                nextChunk();
            }
            return -1;
        }

        private void nextChunk() throws IOException {
            if (!first && !line().isEmpty()) {
                throw new IOException("chunk longer than announced");
            }
            first = false;
            long size = Long.parseLong(line().split(";")[0].strip(), 16);
            if (size == 0) {
                headers();
                ended = true;
                return;
            }
            chunk = new Counted(size);
        }
    }
}
