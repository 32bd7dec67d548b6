package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.FcgiRecord;
import dev.gangway.conformance.peer.Pairs;
import dev.gangway.conformance.peer.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What no web server sends. The specification does not say what happens then; something has to, and the application has
 * to be alive afterwards, which {@link Suite} looks at after each check.
 */
final class HostileChecks {
    private HostileChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-36", "A pair that runs past the end of PARAMS", HostileChecks::cutPair),
                new Check("FCGI-37", "A pair that announces 2 GiB", HostileChecks::hugePair),
                new Check(
                        "FCGI-38",
                        "A value with a NUL",
                        app -> said(app, app.get().with("HTTP_X", "a\0b"))),
                new Check(
                        "FCGI-116",
                        "No parameters at all",
                        app -> said(app, app.get().with(Pairs.of()))),
                new Check("FCGI-70", "CONTENT_LENGTH that is no number", HostileChecks::badLengths),
                new Check("FCGI-57", "STDIN before the end of PARAMS", HostileChecks::stdinTooEarly),
                new Check("FCGI-14", "Records of version 2", HostileChecks::version),
                new Check("FCGI-51", "BEGIN_REQUEST of two bytes", HostileChecks::shortBegin),
                new Check("FCGI-26", "BEGIN_REQUEST for an id that is active", HostileChecks::beginTwice),
                new Check("FCGI-28", "A request with id 0", HostileChecks::idZero),
                new Check("FCGI-30", "STDOUT and END_REQUEST from the client", HostileChecks::typesOfApplication),
                new Check("FCGI-32", "A record of type 200 amid a request", HostileChecks::unknownType),
                new Check("FCGI-21", "A connection that ends inside a record", HostileChecks::cut),
                new Check("FCGI-115", "An HTTP request instead of records", HostileChecks::http));
    }

    private static Finding cutPair(Application application) throws IOException {
        Request request = application.get();
        return withParams(application, request, new byte[] {9, 100, 'H', 'T', 'T', 'P', '_', 'C', 'U', 'T', 'x'});
    }

    private static Finding hugePair(Application application) throws IOException {
        byte[] lengths = ByteBuffer.allocate(8).putInt(-1).putInt(-1).array();
        return withParams(application, application.get(), lengths);
    }

    private static Finding withParams(Application application, Request request, byte[] more) throws IOException {
        Script script = new Script()
                .begin(1, request.role(), CLOSE)
                .params(1, request.parameters())
                .record(PARAMS, 1, more)
                .paramsEnd(1);
        try (Connection connection = application.connect()) {
            return comesToAnEnd(connection.send(request.input(script, 1)).answer(1));
        }
    }

    private static Finding said(Application application, Request request) throws IOException {
        return comesToAnEnd(application.plain(request));
    }

    private static Finding badLengths(Application application) throws IOException {
        Finding finding = pass();
        for (String length : new String[] {"-2", "0x10", "99999999999999999999"}) {
            finding = said(application, application.post(10).with("CONTENT_LENGTH", length));
            if (finding.failed()) {
                return fail(length + ": " + finding.reason());
            }
        }
        return finding;
    }

    private static Finding stdinTooEarly(Application application) throws IOException {
        Request request = application.get();
        Script script = new Script()
                .begin(1, request.role(), CLOSE)
                .stdin(1, "too early")
                .params(1, request.parameters())
                .paramsEnd(1);
        try (Connection connection = application.connect()) {
            return comesToAnEnd(connection.send(request.input(script, 1)).answer(1));
        }
    }

    /** An error is the best end; taking it is up to the application; silence is none. */
    private static Finding comesToAnEnd(Answer answer) {
        if (answer.isSilent()) {
            return fail(answer.missing());
        }
        return answer.complete() && answer.status() < 400
                ? allowed("taken, " + answer.summary())
                : pass("refused: " + answer.summary());
    }

    private static Finding version(Application application) throws IOException {
        try (Connection connection = application.connect().expect(1)) {
            for (FcgiRecord record : application.get().script(1, KEEP_CONN).records()) {
                byte[] bytes = record.encode();
                bytes[0] = 2;
                connection.raw(bytes);
            }
            return ignoredOrClosed(application, connection);
        }
    }

    private static Finding shortBegin(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.record(BEGIN_REQUEST, 1, (byte) 0, (byte) request.role());
            request.input(connection.params(1, request.parameters()).paramsEnd(1), 1);
            return ignoredOrClosed(application, connection);
        }
    }

    private static Finding beginTwice(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.begin(1, request.role(), KEEP_CONN).begin(1, request.role(), KEEP_CONN);
            request.input(connection.params(1, request.parameters()).paramsEnd(1), 1);
            return ignoredOrClosed(application, connection);
        }
    }

    private static Finding idZero(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            connection.send(application.get().script(0, KEEP_CONN));
            return ignoredOrClosed(application, connection);
        }
    }

    private static Finding typesOfApplication(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection
                    .begin(1, request.role(), KEEP_CONN)
                    .record(STDOUT, 1, (byte) 'x')
                    .record(END_REQUEST, 1, new byte[8]);
            request.input(connection.params(1, request.parameters()).paramsEnd(1), 1);
            return ignoredOrClosed(application, connection);
        }
    }

    private static Finding unknownType(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection
                    .begin(1, request.role(), KEEP_CONN)
                    .record(200, 1, Application.body(20))
                    .params(1, request.parameters());
            request.input(connection.paramsEnd(1), 1);
            return ignoredOrClosed(application, connection);
        }
    }

    /** The application closes the connection, or serves the next request on it. */
    private static Finding ignoredOrClosed(Application application, Connection connection) throws IOException {
        Request request = application.get();
        Answer next = connection.send(request.script(9, CLOSE)).answer(9);
        if (!next.ended() && connection.isClosed()) {
            return pass("connection closed");
        }
        if (!next.complete()) {
            return fail("the next request: " + next.summary());
        }
        return allowed("passed over, the next request is served");
    }

    private static Finding cut(Application application) throws IOException {
        byte[] bytes = application.get().script(1, CLOSE).bytes();
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 40) {
            try (Connection connection = application.connect()) {
                connection.raw(java.util.Arrays.copyOf(bytes, length));
            }
        }
        return pass();
    }

    private static Finding http(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            connection.raw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.halfClose();
            return passIf(connection.closes(), connection.silence());
        }
    }
}
