package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

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
                        "FCGI-54",
                        "A kept connection ends with a request without KEEP_CONN",
                        ConnectionChecks::keepThenClose),
                new Check(
                        "FCGI-92",
                        "A half-closed connection: the answer comes, or the end",
                        ConnectionChecks::halfClose));
    }

    private static Finding close(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            Answer answer = connection.send(application.get().script(1, CLOSE)).answer(1);
            if (!answer.complete()) {
                return fail(answer.summary());
            }
            if (!connection.closes()) {
                return fail("still open " + Application.seconds(application.patience()) + " after the request");
            }
            return passIf(!connection.insideRecord(), "closed inside a record");
        }
    }

    private static Finding keep(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.send(request.script(1, KEEP_CONN)).answer(1);
            if (connection.listen(Application.WHILE).isClosed()) {
                return fail("closed after END_REQUEST");
            }
            return application.same(
                    request,
                    connection,
                    connection.send(request.script(2, KEEP_CONN)).answer(2));
        }
    }

    private static Finding keepThenClose(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.send(request.script(1, KEEP_CONN)).answer(1);
            Answer answer = connection.send(request.script(1, CLOSE)).answer(1);
            if (!answer.complete()) {
                return fail(answer.summary());
            }
            return passIf(
                    connection.closes(),
                    "still open " + Application.seconds(application.patience()) + " after the request");
        }
    }

    private static Finding halfClose(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            Answer answer =
                    connection.send(request.script(1, KEEP_CONN)).halfClose().answer(1);
            if (answer.complete()) {
                return pass("answered");
            }
            return connection.isClosed() ? pass("taken as an abort") : fail(answer.summary());
        }
    }
}
