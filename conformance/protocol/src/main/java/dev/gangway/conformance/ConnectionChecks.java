package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.Finding.passIf;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;

import java.io.IOException;
import java.util.List;

/** Who closes a connection, and when. */
final class ConnectionChecks {
    private ConnectionChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "FCGI-54", "Without KEEP_CONN the application closes the connection", ConnectionChecks::close),
                new Check("FCGI-55", "With KEEP_CONN it leaves the connection open", ConnectionChecks::keep),
                new Check(
                        "FCGI-56",
                        "A request without KEEP_CONN ends a kept connection",
                        ConnectionChecks::keepThenClose),
                new Check("FCGI-92", "After a half-close the answer comes, or the end", ConnectionChecks::halfClose));
    }

    private static Finding close(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            return closesAfter(connection, application.get());
        }
    }

    private static Finding keepThenClose(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            Answer first =
                    connection.send(application.get().script(1, KEEP_CONN)).answer(1);
            return first.complete() ? closesAfter(connection, application.get()) : fail(first.summary());
        }
    }

    private static Finding closesAfter(Connection connection, Request request) {
        Answer answer = connection.send(request.script(1, CLOSE)).answer(1);
        if (!answer.complete()) {
            return fail(answer.summary());
        }
        if (!connection.closes()) {
            return fail("the connection stays open");
        }
        return passIf(!connection.insideRecord(), "closed inside a record");
    }

    private static Finding keep(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            connection.send(plain.request().script(1, KEEP_CONN)).answer(1);
            if (connection.listen(Application.WHILE).isClosed()) {
                return fail("closed after END_REQUEST");
            }
            return plain.sameOn(connection);
        }
    }

    private static Finding halfClose(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            connection.send(application.get().script(1, KEEP_CONN)).halfClose();
            Answer answer = connection.answer(1);
            if (answer.complete()) {
                return pass("answered");
            }
            return connection.isClosed() ? pass("taken as an abort") : fail(answer.summary());
        }
    }
}
