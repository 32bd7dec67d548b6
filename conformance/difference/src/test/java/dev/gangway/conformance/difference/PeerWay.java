package dev.gangway.conformance.difference;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** By FastCGI, with the parameters of a web server that has no ideas of its own. */
record PeerWay(SocketAddress address, Pairs more) implements Way {
    private static final Answer.Ports PORTS = new Answer.Ports(8080, 4711);
    private static final byte[] NOTHING = {};

    @Override
    public Answer send(Request request) {
        byte[] body = request.body() == null ? NOTHING : request.body();
        try (Peer peer = Peer.connect(address)) {
            FcgiResponse response =
                    peer.request(1, CLOSE, params(request), body).response(1);
            peer.expectEof();
            List<Answer.Header> headers = response.header().fields().stream()
                    .map(field -> new Answer.Header(field.name(), Answer.utf8(field.value())))
                    .toList();
            return Answer.of(response.status(), headers, response.body(), PORTS);
        }
    }

    private Pairs params(Request request) {
        // Each character of the target is a byte, and the last of several variables counts.
        int query = request.target().indexOf('?');
        Pairs params = Pairs.request(request.method(), "/")
                .and(bytes("REQUEST_URI"), bytes(request.target()))
                .and(
                        bytes("QUERY_STRING"),
                        bytes(query < 0 ? "" : request.target().substring(query + 1)))
                .with("SERVER_PROTOCOL", request.version())
                .with("SERVER_PORT", Integer.toString(PORTS.server()))
                .with("SERVER_NAME", "127.0.0.1")
                .with("SERVER_ADDR", "127.0.0.1")
                .with("REMOTE_ADDR", "127.0.0.1")
                .with("REMOTE_PORT", Integer.toString(PORTS.client()))
                .with("HTTP_HOST", request.host(PORTS.server()));
        for (String header : request.headers()) {
            String name = header.substring(0, header.indexOf(':')).toUpperCase(Locale.ROOT);
            String value = header.substring(header.indexOf(':') + 1).strip();
            String variable = name.equals("CONTENT-TYPE") ? "CONTENT_TYPE" : "HTTP_" + name.replace('-', '_');
            params = params.and(bytes(variable), bytes(value));
        }
        if (request.body() != null && request.framing().tellsLength()) {
            params = params.and("CONTENT_LENGTH", request.announcedLength());
        }
        for (Pairs.Pair pair : Pairs.decode(more.encode())) {
            params = params.and(pair.name(), pair.value());
        }
        return params;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
