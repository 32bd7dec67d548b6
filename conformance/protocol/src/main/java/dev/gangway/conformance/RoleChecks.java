package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.allowed;
import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.notApplicable;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.Finding.passIf;
import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_ROLE;

import java.io.IOException;
import java.util.List;

/** Every role is played or refused. */
final class RoleChecks {
    private static final int NO_ROLE = 4;
    private static final int ALMOST_RESPONDER = 0x0101;

    private RoleChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-52", "UNKNOWN_ROLE answers an unknown role", RoleChecks::unknown),
                new Check("FCGI-98", "That does not look like success", RoleChecks::refusal),
                new Check("FCGI-52", "A request on the same connection after that is served", RoleChecks::afterRefusal),
                new Check(
                        "FCGI-75", "The role Authorizer is played or refused", app -> playedOrRefused(app, AUTHORIZER)),
                new Check("FCGI-74", "An Authorizer answers without any STDIN record", RoleChecks::withoutStdin),
                new Check("FCGI-82", "The role Filter is played or refused", app -> playedOrRefused(app, FILTER)),
                new Check("FCGI-83", "A Filter sends nothing before the end of STDIN", RoleChecks::filterWaits));
    }

    private static Finding unknown(Application application) throws IOException {
        for (int role : new int[] {0, NO_ROLE, ALMOST_RESPONDER}) {
            Answer answer = application.plain(application.inRole(role));
            if (!refused(answer)) {
                return fail("role " + role + ": " + answer.summary());
            }
        }
        return pass();
    }

    private static Finding refusal(Application application) throws IOException {
        Answer answer = application.plain(application.inRole(NO_ROLE));
        if (!refused(answer)) {
            return notApplicable("no UNKNOWN_ROLE");
        }
        return answer.header().isEmpty()
                ? allowed("END_REQUEST alone, which some web servers take for an empty 200")
                : passIf(answer.status() >= 400, "status " + answer.status());
    }

    private static Finding afterRefusal(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            connection.send(application.inRole(NO_ROLE).script(1, KEEP_CONN));
            if (!refused(connection.answer(1))) {
                return notApplicable("no UNKNOWN_ROLE");
            }
            if (connection.listen(Application.WHILE).isClosed()) {
                return fail("connection closed, although KEEP_CONN was set");
            }
            return plain.sameOn(connection);
        }
    }

    private static Finding playedOrRefused(Application application, int role) throws IOException {
        Answer answer = application.plain(application.inRole(role));
        if (refused(answer)) {
            return pass("refused");
        }
        return answer.complete() ? pass(answer.summary()) : fail(answer.summary());
    }

    private static Finding withoutStdin(Application application) throws IOException {
        try (Connection connection = application.connect()) {
            Request request = application.inRole(AUTHORIZER);
            Answer answer = request.head(connection, 1, CLOSE).paramsEnd(1).answer(1);
            if (refused(answer)) {
                return notApplicable("no Authorizer");
            }
            if (answer.isSilent()) {
                return allowed("waits for it, but Apache httpd sends none");
            }
            return answer.complete() ? pass() : fail(answer.summary());
        }
    }

    private static Finding filterWaits(Application application) throws IOException {
        Request request = application.inRole(FILTER);
        try (Connection connection = application.connect()) {
            request.head(connection, 1, CLOSE).paramsEnd(1).listen(Application.WHILE);
            boolean early = connection.hasAnswered(1);
            Answer answer = request.input(connection, 1).answer(1);
            if (refused(answer)) {
                return notApplicable("no Filter");
            }
            if (early) {
                return fail("output before the end of STDIN");
            }
            return answer.complete() ? pass() : fail(answer.summary());
        }
    }

    private static boolean refused(Answer answer) {
        return answer.ended() && answer.protocolStatus() == UNKNOWN_ROLE;
    }
}
