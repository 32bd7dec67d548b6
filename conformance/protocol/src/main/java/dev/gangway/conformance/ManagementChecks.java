package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.FcgiRecord;
import dev.gangway.conformance.peer.Pairs;
import dev.gangway.conformance.peer.Pairs.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records with id 0: questions to the application as a whole. */
final class ManagementChecks {
    private static final Map<String, String> KNOWN =
            Map.of("FCGI_MAX_CONNS", "[1-9][0-9]*", "FCGI_MAX_REQS", "[1-9][0-9]*", "FCGI_MPXS_CONNS", "[01]");

    private static final byte[] ALL = Pairs.of("FCGI_MAX_CONNS", "", "FCGI_MAX_REQS", "", "FCGI_MPXS_CONNS", "")
            .encode();

    private ManagementChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-45", "GET_VALUES: the three variables have sound values", ManagementChecks::known),
                new Check(
                        "FCGI-43",
                        "GET_VALUES: unknown names are left out, nothing is added",
                        ManagementChecks::unknown),
                new Check("FCGI-44", "GET_VALUES: an empty question has an empty answer", ManagementChecks::empty),
                new Check("FCGI-47", "GET_VALUES: values in the question are ignored", ManagementChecks::withValues),
                new Check("FCGI-42", "GET_VALUES before a request does not disturb it", ManagementChecks::before),
                new Check("FCGI-42", "GET_VALUES between two requests is answered", ManagementChecks::between),
                new Check("FCGI-42", "GET_VALUES amid PARAMS is answered", ManagementChecks::amid),
                new Check(
                        "FCGI-48",
                        "An unknown management type is answered by UNKNOWN_TYPE",
                        ManagementChecks::unknownType),
                new Check("FCGI-48", "A request after an UNKNOWN_TYPE is served", ManagementChecks::afterUnknownType));
    }

    private static Finding known(Application application) throws IOException {
        return ask(application, ALL, false);
    }

    private static Finding unknown(Application application) throws IOException {
        return ask(
                application, Pairs.of("FCGI_NO_SUCH", "", "FCGI_MPXS_CONNS", "").encode(), true);
    }

    private static Finding empty(Application application) throws IOException {
        return ask(application, new byte[0], true);
    }

    private static Finding withValues(Application application) throws IOException {
        return ask(application, Pairs.of("FCGI_MPXS_CONNS", "99").encode(), true);
    }

    private static Finding ask(Application application, byte[] question, boolean quiet) throws IOException {
        try (Connection connection = application.connect().record(GET_VALUES, 0, question)) {
            return judge(question, connection.managementAnswer(), connection, quiet);
        }
    }

    private static Finding judge(byte[] question, FcgiRecord answer, Connection connection, boolean quiet) {
        if (answer == null) {
            return fail(connection.silence());
        }
        if (answer.type() != GET_VALUES_RESULT) {
            return fail("answered by " + answer);
        }
        List<String> asked = Pairs.decode(question).stream()
                .map(Pair::name)
                .filter(KNOWN::containsKey)
                .toList();
        List<String> missing = new ArrayList<>(asked);
        for (Pair pair : Pairs.decode(answer.content())) {
            if (!asked.contains(pair.name())) {
                return fail(pair.name() + " was not asked for, or is unknown");
            }
            if (!pair.value().matches(KNOWN.get(pair.name()))) {
                return fail(pair.name() + "=" + pair.value());
            }
            missing.remove(pair.name());
        }
        if (missing.isEmpty()) {
            return quiet ? pass() : pass(values(answer));
        }
        return allowed("does not know " + String.join(", ", missing));
    }

    private static String values(FcgiRecord answer) {
        return String.join(
                ", ",
                Pairs.decode(answer.content()).stream()
                        .map(pair -> pair.name().replace("FCGI_", "") + "=" + pair.value())
                        .toList());
    }

    private static Finding before(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect().record(GET_VALUES, 0, ALL)) {
            if (connection.managementAnswer() == null) {
                return fail(connection.silence());
            }
            return application.same(
                    request,
                    connection,
                    connection.send(request.script(1, CLOSE)).answer(1));
        }
    }

    private static Finding between(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.send(request.script(1, KEEP_CONN)).answer(1);
            if (connection.record(GET_VALUES, 0, ALL).managementAnswer() == null) {
                return fail(connection.silence());
            }
            return application.same(
                    request,
                    connection,
                    connection.send(request.script(1, CLOSE)).answer(1));
        }
    }

    private static Finding amid(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection
                    .begin(1, request.role(), CLOSE)
                    .params(1, request.parameters())
                    .record(GET_VALUES, 0, ALL);
            if (connection.listen(Application.WHILE).isClosed()) {
                return fail("connection closed");
            }
            boolean atOnce = connection.hasManagementAnswer();
            request.input(connection.paramsEnd(1), 1);
            Finding finding = application.same(request, connection, connection.answer(1));
            if (finding.failed()) {
                return finding;
            }
            if (connection.managementAnswer() == null) {
                return fail("not answered, but the request was");
            }
            return atOnce ? finding : allowed("answered later");
        }
    }

    private static Finding unknownType(Application application) throws IOException {
        for (int type : new int[] {0, 12, 255}) {
            try (Connection connection = application.connect()) {
                connection.record(
                        FcgiRecord.of(type, 0, (byte) 1, (byte) 2, (byte) 3).withPadding(new byte[5]));
                FcgiRecord answer = connection.managementAnswer();
                if (answer == null) {
                    return fail("type " + type + ": " + connection.silence());
                }
                byte[] expected = {(byte) type, 0, 0, 0, 0, 0, 0, 0};
                if (answer.type() != UNKNOWN_TYPE || !java.util.Arrays.equals(answer.content(), expected)) {
                    return fail("type " + type + ": answered by " + answer);
                }
            }
        }
        return pass();
    }

    private static Finding afterUnknownType(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect().record(42, 0)) {
            connection.managementAnswer();
            return application.same(
                    request,
                    connection,
                    connection.send(request.script(1, CLOSE)).answer(1));
        }
    }
}
