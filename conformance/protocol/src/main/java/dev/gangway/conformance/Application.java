package dev.gangway.conformance;

import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.Pairs;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;

/** The application under examination: where it is, and which request it answers. */
public final class Application {
    /** How long something that must not happen has time to happen. */
    static final Duration WHILE = Duration.ofMillis(150);

    private static final byte[] NOTHING = {};

    private final SocketAddress address;
    private final int role;
    private final Pairs parameters;
    private final Duration patience;
    private Boolean steady;

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

    int role() {
        return role;
    }

    Duration patience() {
        return patience;
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

    /** {@return a pass if an answer is the same as to the request said plainly} */
    Finding same(Request request, Connection connection, Answer answer) throws IOException {
        if (!connection.strays().isEmpty()) {
            return Finding.fail("unexpected record: " + connection.strays().get(0));
        }
        return same(request, answer);
    }

    Finding same(Request request, Answer answer) throws IOException {
        if (!answer.complete()) {
            return Finding.fail(answer.summary());
        }
        Answer expected = plain(request);
        if (answer.status() != expected.status()) {
            return Finding.fail("status " + answer.status() + ", but " + expected.summary() + " if said plainly");
        }
        return Finding.passIf(
                !steady() || answer.body().equals(expected.body()), "another body than if it is said plainly");
    }

    /** {@return whether the same request gets the same body each time} */
    private boolean steady() throws IOException {
        if (steady == null) {
            steady = plain(get()).body().equals(plain(get()).body());
        }
        return steady;
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
