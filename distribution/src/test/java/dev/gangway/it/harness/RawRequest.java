package dev.gangway.it.harness;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * An HTTP/1.1 request exactly as written: no normalised target, no added or merged headers but {@code Host} and the
 * length of the body. Header text is ISO-8859-1, so that every byte can be sent.
 */
public record RawRequest(String method, String target, List<String> headers, Body body, boolean chunked) {
    /** A made-up name, to see that the one of the client arrives and not the one of the machine. */
    public static final String HOST = "app.example";

    public static RawRequest of(String method, String target) {
        return new RawRequest(method, target, List.of(), null, false);
    }

    public static RawRequest get(String target) {
        return of("GET", target);
    }

    public static RawRequest post(String target, Body body) {
        return new RawRequest("POST", target, List.of(), body, false);
    }

    public RawRequest header(String name, String value) {
        List<String> more =
                Stream.concat(headers.stream(), Stream.of(name + ": " + value)).toList();
        return new RawRequest(method, target, more, body, chunked);
    }

    public RawRequest withChunkedBody() {
        return new RawRequest(method, target, headers, body, true);
    }

    void writeTo(OutputStream destination) throws IOException {
        OutputStream out = new BufferedOutputStream(destination, 64 * 1024);
        out.write(head().getBytes(StandardCharsets.ISO_8859_1));
        if (body != null && chunked) {
            out.flush();
            ChunkedOutput chunks = new ChunkedOutput(out);
            body.writeTo(chunks);
            chunks.end();
        } else if (body != null) {
            body.writeTo(out);
        }
        out.flush();
    }

    private String head() {
        StringBuilder head =
                new StringBuilder(method).append(' ').append(target).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(HOST).append("\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        if (body != null) {
            head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length());
            head.append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /** One chunk for each write. */
    private static final class ChunkedOutput extends OutputStream {
        private final OutputStream out;

        ChunkedOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, offset, length);
            out.write('\r');
            out.write('\n');
        }

        void end() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
