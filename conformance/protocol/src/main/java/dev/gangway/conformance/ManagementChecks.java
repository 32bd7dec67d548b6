package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.allowed;
import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_TYPE;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Pairs.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Records with id 0: questions to the application as a whole. */
final class ManagementChecks {
    private static final Map<String, String> KNOWN =
            Map.of("FCGI_MAX_CONNS", "[1-9][0-9]*", "FCGI_MAX_REQS", "[1-9][0-9]*", "FCGI_MPXS_CONNS", "[01]");
    private static final Pairs ALL = Pairs.of("FCGI_MAX_CONNS", "", "FCGI_MAX_REQS", "", "FCGI_MPXS_CONNS", "");

    private ManagementChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-45", "GET_VALUES: the three variables have sound values", app -> ask(app, ALL)),
                new Check("FCGI-43", "GET_VALUES: unknown names are left out", ManagementChecks::unknown),
                new Check("FCGI-44", "GET_VALUES: an empty question has an empty answer", app -> ask(app, Pairs.of())),
                new Check("FCGI-47", "GET_VALUES: values in the question are ignored", ManagementChecks::withValues),
                new Check("FCGI-42", "GET_VALUES before a request and between two", ManagementChecks::between),
                new Check("FCGI-42", "GET_VALUES amid PARAMS", ManagementChecks::amid),
                new Check("FCGI-48", "UNKNOWN_TYPE answers an unknown management type", ManagementChecks::unknownType),
                new Check("FCGI-48", "A request after that is served", ManagementChecks::afterUnknownType));
    }

    private static Finding unknown(Application application) throws IOException {
        return ask(application, Pairs.of("FCGI_NO_SUCH", "", "FCGI_MPXS_CONNS", ""));
    }

    private static Finding withValues(Application application) throws IOException {
        return ask(application, Pairs.of("FCGI_MPXS_CONNS", "99"));
    }

    private static Finding ask(Application application, Pairs question) throws IOException {
        try (Connection connection = application.connect().record(GET_VALUES, 0, question.encode())) {
            FcgiRecord answer = connection.managementAnswer();
            if (answer == null) {
                return fail(connection.silence());
            }
            return answer.type() == GET_VALUES_RESULT
                    ? judge(Pairs.decode(question.encode()), Pairs.decode(answer.content()))
                    : fail("answered by " + answer);
        } catch (AssertionError malformed) {
            return fail(malformed.getMessage());
        }
    }

    private static Finding judge(List<Pair> question, List<Pair> answer) {
        List<String> asked =
                question.stream().map(Pair::name).filter(KNOWN::containsKey).toList();
        List<String> missing = new ArrayList<>(asked);
        List<String> unasked = new ArrayList<>();
        for (Pair pair : answer) {
            if (KNOWN.containsKey(pair.name()) && !pair.value().matches(KNOWN.get(pair.name()))) {
                return fail(pair.name() + "=" + pair.value());
            }
            if (!asked.contains(pair.name())) {
                unasked.add(pair.name());
            }
            missing.remove(pair.name());
        }
        if (unasked.contains("FCGI_NO_SUCH")) {
            return fail("FCGI_NO_SUCH is in the answer");
        }
        if (!unasked.isEmpty()) {
            return allowed("tells " + String.join(", ", unasked) + " unasked");
        }
        return missing.isEmpty() ? pass(text(answer)) : allowed("does not know " + String.join(", ", missing));
    }

    private static String text(List<Pair> pairs) {
        return String.join(
                ", ",
                pairs.stream()
                        .map(pair -> pair.name().replace("FCGI_", "") + "=" + pair.value())
                        .toList());
    }

    private static Finding between(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect().record(GET_VALUES, 0, ALL.encode())) {
            if (connection.managementAnswer() == null) {
                return fail("before: " + connection.silence());
            }
            connection.send(plain.request().script(1, KEEP_CONN)).answer(1);
            if (connection.record(GET_VALUES, 0, ALL.encode()).managementAnswer() == null) {
                return fail("between: " + connection.silence());
            }
            return plain.sameOn(connection);
        }
    }

    private static Finding amid(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            plain.request().head(connection, 1, CLOSE).record(GET_VALUES, 0, ALL.encode());
            boolean atOnce = connection.answersManagementSoon();
            Finding finding =
                    plain.same(connection, plain.request().rest(connection, 1).answer(1));
            if (finding.failed()) {
                return finding;
            }
            if (connection.managementAnswer() == null) {
                return fail("not answered, but the request is");
            }
            return atOnce ? finding : allowed("answered later");
        }
    }

    private static Finding unknownType(Application application) throws IOException {
        for (int type : new int[] {0, 12, 255}) {
            try (Connection connection = application.connect()) {
                connection.record(FcgiRecord.of(type, 0, Application.body(3)).withPadding(new byte[5]));
                FcgiRecord answer = connection.managementAnswer();
                if (answer == null) {
                    return fail("type " + type + ": " + connection.silence());
                }
                byte[] expected = {(byte) type, 0, 0, 0, 0, 0, 0, 0};
                if (answer.type() != UNKNOWN_TYPE || !Arrays.equals(answer.content(), expected)) {
                    return fail("type " + type + ": answered by " + answer);
                }
            }
        }
        return pass();
    }

    private static Finding afterUnknownType(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect().record(42, 0)) {
            if (connection.managementAnswer() == null) {
                return fail(connection.silence());
            }
            return plain.sameOn(connection);
        }
    }
}
