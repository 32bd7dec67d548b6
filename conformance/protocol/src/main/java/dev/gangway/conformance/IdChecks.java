package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.allowed;
import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;

import java.io.IOException;
import java.util.List;

/** Request ids and their life. */
final class IdChecks {
    private static final int MANY = 20;

    private IdChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-25", "The request id may be 255, 256 or 65535", IdChecks::ids),
                new Check("FCGI-22", "An id is used again and again on one connection", IdChecks::reuse),
                new Check("FCGI-23", "Records for an id that was never begun are ignored", IdChecks::neverBegun),
                new Check("FCGI-24", "STDIN for an id that has ended is ignored", IdChecks::leftOver),
                new Check("FCGI-91", "ABORT_REQUEST for an unknown id is ignored", IdChecks::abortOfUnknown),
                new Check("FCGI-13", "The same id is used on two connections at once", IdChecks::twoConnections));
    }

    private static Finding ids(Application application) throws IOException {
        Reference plain = application.reference();
        for (int id : new int[] {255, 256, 65535}) {
            try (Connection connection = application.connect()) {
                Finding finding = plain.same(
                        connection,
                        connection.send(plain.request().script(id, CLOSE)).answer(id));
                if (finding.failed()) {
                    return fail("id " + id + ": " + finding.reason());
                }
            }
        }
        return pass();
    }

    private static Finding reuse(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            for (int i = 1; i < MANY; i++) {
                Answer answer =
                        connection.send(plain.request().script(1, KEEP_CONN)).answer(1);
                if (!answer.complete()) {
                    return fail("request " + i + ": " + answer.summary());
                }
            }
            return plain.sameOn(connection);
        }
    }

    private static Finding neverBegun(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            connection.params(7, "REQUEST_METHOD", "DELETE").paramsEnd(7);
            connection.stdin(7, "nobody wants this").stdinEnd(7).data(7, Application.body(10));
            return plain.sameOn(connection);
        }
    }

    private static Finding leftOver(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            Answer first = connection.send(plain.request().script(1, KEEP_CONN)).answer(1);
            if (!first.complete()) {
                return fail(first.summary());
            }
            return plain.sameOn(connection.stdin(1, "left over").stdinEnd(1));
        }
    }

    private static Finding abortOfUnknown(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            return plain.sameOn(connection.abort(7));
        }
    }

    private static Finding twoConnections(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection first = application.connect();
                Connection second = application.connect()) {
            plain.request().head(first, 1, CLOSE);
            second.send(plain.request().script(1, CLOSE));
            boolean atOnce = second.answersSoon(1);
            Finding finding = plain.same(first, plain.request().rest(first, 1).answer(1));
            if (finding.failed()) {
                return finding;
            }
            // An application that serves one connection at a time waits for the end of this one.
            first.close();
            finding = plain.same(second, second.answer(1));
            return finding.failed() || atOnce ? finding : allowed("one after the other");
        }
    }
}
