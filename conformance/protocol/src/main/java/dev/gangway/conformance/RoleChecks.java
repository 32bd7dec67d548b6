package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.Script;
import java.io.IOException;
import java.util.List;

/** Every role is played or refused. */
final class RoleChecks {
    private RoleChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-52", "An unknown role is refused with UNKNOWN_ROLE", RoleChecks::unknown),
                new Check("FCGI-98", "The refusal does not look like success", RoleChecks::refusal),
                new Check("FCGI-52", "A request on the same connection after that is served", RoleChecks::afterRefusal),
                new Check(
                        "FCGI-75", "The role Authorizer is played or refused", app -> playedOrRefused(app, AUTHORIZER)),
                new Check("FCGI-74", "An Authorizer answers without any STDIN record", RoleChecks::withoutStdin),
                new Check("FCGI-82", "The role Filter is played or refused", app -> playedOrRefused(app, FILTER)),
                new Check("FCGI-83", "A Filter sends nothing before the end of STDIN", RoleChecks::filterWaits));
    }

    private static Finding unknown(Application application) throws IOException {
        for (int role : new int[] {0, 4, 0x0101}) {
            Answer answer = application.plain(application.inRole(role));
            if (!answer.ended() || answer.protocolStatus() != UNKNOWN_ROLE) {
                return fail("role " + role + ": " + answer.summary());
            }
        }
        return pass();
    }

    private static Finding refusal(Application application) throws IOException {
        Answer answer = application.plain(application.inRole(4));
        if (!answer.ended()) {
            return notApplicable("not refused by END_REQUEST");
        }
        if (answer.header().isEmpty()) {
            return allowed("END_REQUEST alone, which some web servers take for an empty 200");
        }
        return passIf(answer.status() >= 400, "status " + answer.status());
    }

    private static Finding afterRefusal(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            Answer refusal =
                    connection.send(application.inRole(4).script(1, KEEP_CONN)).answer(1);
            if (!refusal.ended()) {
                return notApplicable("not refused by END_REQUEST");
            }
            Answer answer = connection.send(request.script(1, CLOSE)).answer(1);
            return connection.isClosed() && !answer.ended()
                    ? allowed("connection closed, although KEEP_CONN was set")
                    : application.same(request, connection, answer);
        }
    }

    private static Finding playedOrRefused(Application application, int role) throws IOException {
        Answer answer = application.plain(application.inRole(role));
        if (answer.ended() && answer.protocolStatus() == UNKNOWN_ROLE) {
            return pass("refused");
        }
        return answer.complete() ? pass(answer.summary()) : fail(answer.summary());
    }

    private static Finding withoutStdin(Application application) throws IOException {
        Request request = application.inRole(AUTHORIZER);
        try (Connection connection = application.connect()) {
            Script script = new Script()
                    .begin(1, AUTHORIZER, CLOSE)
                    .params(1, request.parameters())
                    .paramsEnd(1);
            Answer answer = connection.send(script).answer(1);
            if (answer.ended() && answer.protocolStatus() == UNKNOWN_ROLE) {
                return notApplicable("no Authorizer");
            }
            return answer.complete() ? pass() : fail(answer.summary());
        }
    }

    private static Finding filterWaits(Application application) throws IOException {
        Request request = application.inRole(FILTER);
        try (Connection connection = application.connect()) {
            connection.begin(1, FILTER, CLOSE).params(1, request.parameters()).paramsEnd(1);
            connection.listen(Application.WHILE);
            boolean early = connection.hasAnswered(1);
            Answer answer = request.input(connection, 1).answer(1);
            if (answer.ended() && answer.protocolStatus() == UNKNOWN_ROLE) {
                return notApplicable("no Filter");
            }
            if (early) {
                return fail("output before the end of STDIN");
            }
            return answer.complete() ? pass() : fail(answer.summary());
        }
    }
}
