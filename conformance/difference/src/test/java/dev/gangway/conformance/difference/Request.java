package dev.gangway.conformance.difference;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as a client says it, with the way left open.
 *
 * @param host    null for that of the server with its port, empty for none
 * @param headers lines in Latin-1, without {@code Host} and without what frames the body
 * @param body    null if there is none
 * @param framing how the length of the body is told
 */
record Request(
        String method, String target, String version, String host, List<String> headers, byte[] body, Framing framing) {
    static final String HOST = "app.example";

    enum Framing {
        LENGTH,
        /** More is announced than comes before the client ends its side of the connection. */
        UNFINISHED,
        CHUNKED,
        CHUNKED_WITH_TRAILER;

        boolean tellsLength() {
            return this == LENGTH || this == UNFINISHED;
        }
    }

    private static final int MISSING = 10;

    static final String TRAILER_NAME = "X-Sum";
    static final String TRAILER_VALUE = "1234";

    static Request of(String method, String target) {
        return new Request(method, target, "HTTP/1.1", null, List.of(), null, Framing.LENGTH);
    }

    static Request get(String target) {
        return of("GET", target);
    }

    static Request post(String target, String contentType, String body) {
        return post(target, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    static Request post(String target, String contentType, byte[] body) {
        return of("POST", target).with("Content-Type", contentType).body(body);
    }

    static Request form(String target, String form) {
        return post(target, "application/x-www-form-urlencoded", form);
    }

    Request with(String name, String value) {
        List<String> more = new ArrayList<>(headers);
        more.add(name + ": " + value);
        return new Request(method, target, version, host, List.copyOf(more), body, framing);
    }

    Request body(byte[] bytes) {
        return new Request(method, target, version, host, headers, bytes, framing);
    }

    Request framed(Framing how) {
        return new Request(method, target, version, host, headers, body, how);
    }

    Request http10() {
        return new Request(method, target, "HTTP/1.0", host, headers, body, framing);
    }

    Request host(String other) {
        return new Request(method, target, version, other, headers, body, framing);
    }

    Request below(String contextPath) {
        return new Request(method, contextPath + target, version, host, headers, body, framing);
    }

    /** The header of that name for a server at this port; empty if there is none. */
    String host(int port) {
        return host == null ? HOST + ":" + port : host;
    }

    /** The length that is told for the body, which there is. */
    String announcedLength() {
        return Integer.toString(framing == Framing.UNFINISHED ? body.length + MISSING : body.length);
    }

    /** As it goes over HTTP, one character for each byte. */
    String text(int port) {
        StringBuilder text = new StringBuilder(method + " " + target + " " + version + "\r\n");
        if (!host(port).isEmpty()) {
            text.append("Host: ").append(host(port)).append("\r\n");
        }
        headers.forEach(line -> text.append(line).append("\r\n"));
        if (body == null) {
            return text.append("\r\n").toString();
        }
        String content = new String(body, StandardCharsets.ISO_8859_1);
        if (framing.tellsLength()) {
            return text + "Content-Length: " + announcedLength() + "\r\n\r\n" + content;
        }
        boolean trailer = framing == Framing.CHUNKED_WITH_TRAILER;
        text.append("Transfer-Encoding: chunked\r\n")
                .append(trailer ? "Trailer: " + TRAILER_NAME + "\r\n\r\n" : "\r\n");
        if (!content.isEmpty()) {
            text.append(Integer.toHexString(body.length))
                    .append("\r\n")
                    .append(content)
                    .append("\r\n");
        }
        text.append("0\r\n").append(trailer ? TRAILER_NAME + ": " + TRAILER_VALUE + "\r\n\r\n" : "\r\n");
        return text.toString();
    }
}
