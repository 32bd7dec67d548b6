package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

import java.io.IOException;
import java.util.List;

/** An aborted request comes to its end, and nothing else does. */
final class AbortChecks {
    private AbortChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-89", "ABORT_REQUEST amid PARAMS is answered by END_REQUEST", AbortChecks::amidParams),
                new Check("FCGI-89", "ABORT_REQUEST amid STDIN is answered by END_REQUEST", AbortChecks::amidStdin),
                new Check("FCGI-94", "ABORT_REQUEST after STDIN: one END_REQUEST comes", AbortChecks::afterStdin),
                new Check("FCGI-91", "A second ABORT_REQUEST has no effect on the next request", AbortChecks::twice));
    }

    private static Finding amidParams(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.begin(1, request.role(), KEEP_CONN).params(1, request.parameters());
            return ended(connection.abort(1).answer(1));
        }
    }

    private static Finding amidStdin(Application application) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable("an Authorizer has no body");
        }
        try (Connection connection = application.connect()) {
            return ended(beginBody(application, connection).abort(1).answer(1));
        }
    }

    private static Finding afterStdin(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            Answer answer = connection
                    .send(application.get().script(1, KEEP_CONN).abort(1))
                    .answer(1);
            connection.listen(Application.WHILE);
            return connection.strays().isEmpty()
                    ? ended(answer)
                    : fail("after END_REQUEST: " + connection.strays().get(0));
        }
    }

    private static Finding twice(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.begin(1, request.role(), KEEP_CONN).params(1, request.parameters());
            Answer aborted = connection.abort(1).abort(1).answer(1);
            if (!aborted.ended()) {
                return fail(aborted.missing());
            }
            return application.same(
                    request,
                    connection,
                    connection.send(request.script(1, CLOSE)).answer(1));
        }
    }

    private static Connection beginBody(Application application, Connection connection) {
        Request request = application.post(100);
        return connection
                .begin(1, request.role(), KEEP_CONN)
                .params(1, request.with("CONTENT_LENGTH", "1000").parameters())
                .paramsEnd(1)
                .stdin(1, request.body());
    }

    private static Finding ended(Answer answer) {
        if (!answer.ended()) {
            return fail(answer.missing());
        }
        return passIf(answer.protocolStatus() == REQUEST_COMPLETE, answer.summary());
    }
}
