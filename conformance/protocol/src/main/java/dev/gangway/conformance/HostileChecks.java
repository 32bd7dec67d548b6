package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.allowed;
import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.Finding.passIf;
import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What no web server sends. The specification does not say what happens then; something has to, and the application has
 * to be alive afterwards, which {@link Suite} looks at after each check.
 */
final class HostileChecks {
    private static final String[] BAD_LENGTHS = {"-2", "0x10", "99999999999999999999"};

    private HostileChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-36", "Hostile: a pair that runs past the end of PARAMS", HostileChecks::cutPair),
                new Check("FCGI-37", "Hostile: a pair that announces 2 GiB", HostileChecks::hugePair),
                new Check(
                        "FCGI-38",
                        "Hostile: a value with a NUL",
                        app -> said(app, app.get().with("HTTP_X", "a\0b"))),
                new Check(
                        "FCGI-116",
                        "Hostile: no parameters at all",
                        app -> said(app, app.get().with(Pairs.of()))),
                new Check("FCGI-70", "Hostile: CONTENT_LENGTH that is no number", HostileChecks::badLengths),
                new Check("FCGI-57", "Hostile: STDIN before the end of PARAMS", HostileChecks::stdinTooEarly),
                new Check("FCGI-14", "Hostile: records of version 2", HostileChecks::version),
                new Check("FCGI-51", "Hostile: BEGIN_REQUEST of two bytes", HostileChecks::shortBegin),
                new Check("FCGI-26", "Hostile: BEGIN_REQUEST for an id that is active", HostileChecks::beginTwice),
                new Check("FCGI-28", "Hostile: a request with id 0", HostileChecks::idZero),
                new Check("FCGI-30", "Hostile: STDOUT and END_REQUEST from the client", HostileChecks::outputTypes),
                new Check("FCGI-21", "Hostile: connections that end inside a record", HostileChecks::cut),
                new Check("FCGI-115", "Hostile: HTTP instead of records", HostileChecks::http));
    }

    private static Finding cutPair(Application application) throws IOException {
        return withParams(application, new byte[] {9, 100, 'H', 'T', 'T', 'P', '_', 'C', 'U', 'T', '!', 'x'});
    }

    private static Finding hugePair(Application application) throws IOException {
        return withParams(
                application, ByteBuffer.allocate(8).putInt(-1).putInt(-1).array());
    }

    private static Finding withParams(Application application, byte[] more) throws IOException {
        Request request = application.get();
        return said(
                application, request.rest(request.head(new Script(), 1, CLOSE).record(PARAMS, 1, more), 1));
    }

    private static Finding badLengths(Application application) throws IOException {
        Finding finding = pass();
        for (String length : BAD_LENGTHS) {
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
                .params(1, request.parameters());
        return said(application, request.rest(script, 1));
    }

    private static Finding said(Application application, Request request) throws IOException {
        return said(application, request.script(1, CLOSE));
    }

    /** An error is the best end; taking it is up to the application; silence is none. */
    private static Finding said(Application application, Script script) throws IOException {
        try (Connection connection = application.connect()) {
            Answer answer = connection.send(script).answer(1);
            if (answer.isSilent()) {
                return fail(answer.summary());
            }
            return answer.complete() && answer.status() < 400
                    ? allowed("taken, " + answer.summary())
                    : pass("refused: " + answer.summary());
        }
    }

    private static Finding version(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect().expect(1)) {
            for (FcgiRecord record : plain.request().script(1, KEEP_CONN).records()) {
                byte[] bytes = record.encode();
                bytes[0] = 2;
                connection.raw(bytes);
            }
            return ignoredOrClosed(plain, connection);
        }
    }

    private static Finding shortBegin(Application application) throws IOException {
        Reference plain = application.reference();
        Request request = plain.request();
        try (Connection connection = application.connect()) {
            connection.record(BEGIN_REQUEST, 1, (byte) 0, (byte) request.role());
            request.rest(connection.params(1, request.parameters()), 1);
            return ignoredOrClosed(plain, connection);
        }
    }

    private static Finding beginTwice(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            connection.begin(1, plain.request().role(), KEEP_CONN);
            connection.send(plain.request().script(1, KEEP_CONN));
            return ignoredOrClosed(plain, connection);
        }
    }

    private static Finding idZero(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect().expect(1)) {
            connection.send(plain.request().script(0, KEEP_CONN));
            return ignoredOrClosed(plain, connection);
        }
    }

    private static Finding outputTypes(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            plain.request().head(connection, 1, KEEP_CONN).stream(STDOUT, 1, Application.body(10))
                    .record(END_REQUEST, 1, new byte[8]);
            plain.request().rest(connection, 1);
            return ignoredOrClosed(plain, connection);
        }
    }

    /** The application closes the connection, or serves a further request on it when it is done with the first one. */
    private static Finding ignoredOrClosed(Reference plain, Connection connection) {
        connection.answersSoon(1);
        Answer next = connection.send(plain.request().script(9, CLOSE)).answer(9);
        if (next.complete()) {
            return allowed("passed over, the next request is served");
        }
        return connection.isClosed() ? pass("connection closed") : fail("the next request: " + next.summary());
    }

    private static Finding cut(Application application) throws IOException {
        byte[] bytes = application.get().script(1, CLOSE).bytes();
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 40) {
            try (Connection connection = application.connect()) {
                connection.raw(Arrays.copyOf(bytes, length));
            }
        }
        return pass();
    }

    private static Finding http(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            connection.raw("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return passIf(connection.halfClose().closes(), "connection not closed");
        }
    }
}
