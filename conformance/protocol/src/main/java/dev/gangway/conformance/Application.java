package dev.gangway.conformance;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;

import dev.gangway.conformance.record.Pairs;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/** The application under examination: where it is, and which request it answers. */
public final class Application {
    /** How long something that must not happen has time to happen. */
    static final Duration WHILE = Duration.ofMillis(500);

    static final String NO_BODY = "an Authorizer has no body";

    private static final byte[] NOTHING = {};

    private final SocketAddress address;
    private final int role;
    private final Pairs parameters;
    private final Duration patience;
    private Reference reference;

    /**
     * @param role       the number of the role it plays
     * @param parameters what it needs to answer a request without a body
     * @param patience   how long to wait for anything
     */
    public Application(SocketAddress address, int role, Pairs parameters, Duration patience) {
        this.address = address;
        this.role = role;
        this.parameters = parameters;
        this.patience = patience;
    }

    /** {@return the parameters of a request without a body for this URI, as a web server sends them} */
    public static Pairs parameters(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        return Pairs.get(uri).and("SERVER_SOFTWARE", "gangway-conformance", "SCRIPT_NAME", path, "DOCUMENT_URI", path);
    }

    /**
     * Connects, and no more.
     *
     * @throws IOException if nobody listens
     */
    public void reach() throws IOException {
        connect().close();
    }

    boolean isReachable() {
        try {
            reach();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int role() {
        return role;
    }

    /** {@return a new connection, on which everything has to be done before the deadline} */
    Connection connect() throws IOException {
        return Connection.open(address, patience);
    }

    /** {@return the request that the application is known to answer} */
    Request get() {
        return inRole(role);
    }

    /** {@return the same in another role} */
    Request inRole(int other) {
        return new Request(other, parameters, NOTHING);
    }

    /** {@return the same with a body} */
    Request post(int length) {
        return new Request(
                role,
                parameters
                        .with("REQUEST_METHOD", "POST")
                        .with("CONTENT_TYPE", "application/octet-stream")
                        .with("CONTENT_LENGTH", Integer.toString(length)),
                body(length));
    }

    /** {@return bytes, none of which looks like a record} */
    static byte[] body(int length) {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) ('a' + i % 26);
        }
        return body;
    }

    /** {@return the answer to a request said as web servers do, on a connection of its own} */
    Answer plain(Request request) throws IOException {
        try (Connection connection = connect()) {
            return connection.send(request.script(1, CLOSE)).answer(1);
        }
    }

    /** {@return the request that the application is known to answer, with its answer} */
    Reference reference() throws IOException {
        if (reference == null) {
            reference = reference(get());
        }
        return reference;
    }

    /** {@return a request with its answer; to be asked for before another connection is opened} */
    Reference reference(Request request) throws IOException {
        Answer answer = plain(request);
        return new Reference(
                this, request, answer, answer.body().equals(plain(request).body()));
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
