package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.allowed;
import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.notApplicable;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;

import dev.gangway.conformance.record.Script;
import java.io.IOException;
import java.util.List;

/** The order of the streams, and bodies of any length. */
final class StreamChecks {
    private static final int LARGE = 1024 * 1024;

    private StreamChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-59", "Nothing comes before the end of PARAMS", StreamChecks::nothingBeforeParams),
                new Check("FCGI-58", "The answer does not wait for the end of STDIN", StreamChecks::answersEarly),
                new Check("FCGI-66", "A body of 1 MiB, read or not, does not block the answer", StreamChecks::large),
                new Check("FCGI-69", "A body without CONTENT_LENGTH is answered", StreamChecks::unknownLength),
                new Check(
                        "FCGI-67",
                        "STDIN longer than CONTENT_LENGTH leaves the connection clean",
                        StreamChecks::longer),
                new Check("FCGI-68", "STDIN shorter than CONTENT_LENGTH comes to an end", StreamChecks::shorter),
                new Check("FCGI-60", "A second empty STDIN record is tolerated", StreamChecks::secondEnd),
                new Check(
                        "FCGI-32", "A record of an unknown type amid a request is skipped", StreamChecks::unknownType),
                new Check("FCGI-88", "DATA for a Responder does not get into its body", StreamChecks::data));
    }

    private static Finding nothingBeforeParams(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            plain.request().head(connection, 1, CLOSE).listen(Application.WHILE);
            if (connection.hasAnswered(1)) {
                return fail("output before the end of PARAMS");
            }
            return plain.same(connection, plain.request().rest(connection, 1).answer(1));
        }
    }

    private static Finding answersEarly(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            plain.request().head(connection, 1, CLOSE).paramsEnd(1);
            boolean early = connection.answersSoon(1);
            Finding finding = plain.same(plain.request().input(connection, 1).answer(1));
            return finding.failed() || early ? finding : allowed("it waits");
        }
    }

    private static Finding large(Application application) throws IOException {
        return answered(application, application.post(LARGE));
    }

    private static Finding unknownLength(Application application) throws IOException {
        Request request = application.post(1000);
        return answered(application, request.with(request.pairs().without("CONTENT_LENGTH")));
    }

    private static Finding answered(Application application, Request request) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable(Application.NO_BODY);
        }
        Answer answer = application.plain(request);
        return answer.complete() ? pass(answer.summary()) : fail(answer.summary());
    }

    private static Finding longer(Application application) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable(Application.NO_BODY);
        }
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            Request request = application.post(1000).with("CONTENT_LENGTH", "10");
            Answer answer = connection.send(request.script(1, KEEP_CONN)).answer(1);
            if (answer.isSilent()) {
                return fail(answer.summary());
            }
            Finding next = plain.sameOn(connection);
            if (!next.failed()) {
                return pass(answer.summary());
            }
            return connection.isClosed()
                    ? allowed((answer.ended() ? answer.summary() + ", " : "") + "connection closed")
                    : fail("the next request: " + next.reason());
        }
    }

    private static Finding shorter(Application application) throws IOException {
        if (application.role() == AUTHORIZER) {
            return notApplicable(Application.NO_BODY);
        }
        Answer answer = application.plain(application.post(10).with("CONTENT_LENGTH", "1000"));
        return answer.isSilent() ? fail(answer.summary()) : pass(answer.summary());
    }

    private static Finding secondEnd(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            connection.send(plain.request().script(1, KEEP_CONN).stdinEnd(1)).answer(1);
            return plain.sameOn(connection);
        }
    }

    /** UNKNOWN_TYPE is for management records; what is to become of others, the specification does not say. */
    private static Finding unknownType(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            plain.request().head(connection, 1, CLOSE).record(200, 1, Application.body(20));
            Answer answer = plain.request().rest(connection, 1).answer(1);
            if (answer.isSilent()) {
                return fail(answer.summary());
            }
            if (connection.hasManagementAnswer()) {
                return allowed("answered with id 0, as if it were a management record");
            }
            return answer.complete() ? plain.same(answer) : allowed("refused: " + answer.summary());
        }
    }

    private static Finding data(Application application) throws IOException {
        if (application.role() != RESPONDER) {
            return notApplicable("no Responder");
        }
        Reference plain = application.reference(application.post(100));
        Script script = plain.request()
                .head(new Script(), 1, CLOSE)
                .paramsEnd(1)
                .stdin(1, plain.request().body())
                .data(1, Application.body(50))
                .stdinEnd(1)
                .dataEnd(1);
        try (Connection connection = application.connect()) {
            Answer answer = connection.send(script).answer(1);
            if (answer.isSilent()) {
                return fail(answer.summary());
            }
            Finding finding = plain.same(answer);
            return finding.failed() && (!answer.complete() || answer.status() >= 400)
                    ? allowed("refused: " + answer.summary())
                    : finding;
        }
    }
}
