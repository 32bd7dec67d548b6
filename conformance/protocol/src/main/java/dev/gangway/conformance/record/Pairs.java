package dev.gangway.conformance.record;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Name-value pairs in order (FastCGI 1.0, section 3.4). Immutable; text stands for its UTF-8 bytes. */
public final class Pairs {
    /** One pair as Latin-1 text, one character for each byte. */
    public record Pair(String name, String value) {}

    private record Bytes(byte[] name, byte[] value) {}

    private final List<Bytes> pairs;

    private Pairs(List<Bytes> pairs) {
        this.pairs = pairs;
    }

    public static Pairs of(String... namesAndValues) {
        return new Pairs(List.of()).and(namesAndValues);
    }

    /** {@return what a web server sends for a request without a body} */
    public static Pairs get(String uri) {
        return request("GET", uri);
    }

    /** {@return what a web server sends for a request with a body of this length} */
    public static Pairs post(String uri, long contentLength) {
        return request("POST", uri).and("CONTENT_LENGTH", Long.toString(contentLength));
    }

    /** {@return what a web server sends at least} */
    public static Pairs request(String method, String uri) {
        int query = uri.indexOf('?');
        return of(
                "GATEWAY_INTERFACE", "CGI/1.1",
                "REQUEST_METHOD", method,
                "REQUEST_URI", uri,
                "QUERY_STRING", query < 0 ? "" : uri.substring(query + 1),
                "SERVER_PROTOCOL", "HTTP/1.1",
                "SERVER_NAME", "app.example",
                "SERVER_PORT", "80",
                "SERVER_ADDR", "192.0.2.1",
                "REMOTE_ADDR", "192.0.2.7",
                "REMOTE_PORT", "4711",
                "HTTP_HOST", "app.example");
    }

    public Pairs and(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        Pairs result = this;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            result = result.and(utf8(namesAndValues[i]), utf8(namesAndValues[i + 1]));
        }
        return result;
    }

    public Pairs and(byte[] name, byte[] value) {
        List<Bytes> more = new ArrayList<>(pairs);
        more.add(new Bytes(name, value));
        return new Pairs(List.copyOf(more));
    }

    /** {@return these pairs with another value for one name, in its place, or at the end if there was none} */
    public Pairs with(String name, String value) {
        List<Bytes> changed = new ArrayList<>(pairs);
        for (int i = 0; i < changed.size(); i++) {
            if (text(changed.get(i).name).equals(name)) {
                changed.set(i, new Bytes(utf8(name), utf8(value)));
                return new Pairs(List.copyOf(changed));
            }
        }
        return and(name, value);
    }

    public Pairs without(String name) {
        return new Pairs(
                pairs.stream().filter(pair -> !text(pair.name).equals(name)).toList());
    }

    /** {@return the bytes, with one-byte lengths up to 127 and four-byte lengths above} */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Bytes pair : pairs) {
            bytes.writeBytes(length(pair.name.length));
            bytes.writeBytes(length(pair.value.length));
            bytes.writeBytes(pair.name);
            bytes.writeBytes(pair.value);
        }
        return bytes.toByteArray();
    }

    /** {@return a length in its short form where it has one} */
    public static byte[] length(int length) {
        return length < 128 ? new byte[] {(byte) length} : longLength(length);
    }

    /** {@return a length in its four-byte form} */
    public static byte[] longLength(int length) {
        return ByteBuffer.allocate(4).putInt(length | 0x80000000).array();
    }

    /**
     * {@return the pairs of a complete block}
     *
     * @throws AssertionError if the block is not well formed, or a length up to 127 has four bytes
     */
    public static List<Pair> decode(byte[] block) {
        ByteBuffer bytes = ByteBuffer.wrap(block);
        List<Pair> pairs = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                byte[] name = new byte[decodeLength(bytes)];
                byte[] value = new byte[decodeLength(bytes)];
                bytes.get(name).get(value);
                pairs.add(new Pair(text(name), text(value)));
            }
        } catch (BufferUnderflowException e) {
            throw new AssertionError("name-value pair cut after " + pairs, e);
        }
        return pairs;
    }

    private static int decodeLength(ByteBuffer bytes) {
        if (bytes.get(bytes.position()) >= 0) {
            return bytes.get();
        }
        int length = bytes.getInt() & 0x7FFFFFFF;
        if (length < 128 || length > FcgiNumbers.MAX_CONTENT) {
            throw new AssertionError("four-byte length " + length);
        }
        return length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
