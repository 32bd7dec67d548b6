package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.notApplicable;
import static dev.gangway.conformance.Finding.passIf;
import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;

import java.io.IOException;
import java.util.List;

/** An aborted request comes to its end, and nothing else does. */
final class AbortChecks {
    private AbortChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-89", "END_REQUEST answers ABORT_REQUEST amid PARAMS", AbortChecks::amidParams),
                new Check("FCGI-89", "END_REQUEST answers ABORT_REQUEST amid STDIN", AbortChecks::amidStdin),
                new Check("FCGI-94", "One END_REQUEST comes if ABORT_REQUEST follows STDIN", AbortChecks::afterStdin),
                new Check("FCGI-91", "A second ABORT_REQUEST does not harm the next request", AbortChecks::twice));
    }

    private static Finding amidParams(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            return ended(
                    application.get().head(connection, 1, KEEP_CONN).abort(1).answer(1));
        }
    }

    private static Finding amidStdin(Application application) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable(Application.NO_BODY);
        }
        Request request = application.post(100).with("CONTENT_LENGTH", "1000");
        try (Connection connection = application.connect()) {
            request.head(connection, 1, KEEP_CONN).paramsEnd(1).stdin(1, request.body());
            return ended(connection.abort(1).answer(1));
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
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            Answer aborted = plain.request()
                    .head(connection, 1, KEEP_CONN)
                    .abort(1)
                    .abort(1)
                    .answer(1);
            return aborted.ended() ? plain.sameOn(connection) : fail(aborted.summary());
        }
    }

    private static Finding ended(Answer answer) {
        return passIf(answer.ended() && answer.protocolStatus() == REQUEST_COMPLETE, answer.summary());
    }
}
