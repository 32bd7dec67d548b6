package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.allowed;
import static dev.gangway.conformance.Finding.fail;
import static dev.gangway.conformance.Finding.notApplicable;
import static dev.gangway.conformance.Finding.pass;
import static dev.gangway.conformance.record.FcgiNumbers.CANT_MPX_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;

import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Several requests on one connection at once. */
final class MultiplexingChecks {
    private static final byte[] YES = Pairs.of("FCGI_MPXS_CONNS", "1").encode();

    private MultiplexingChecks() {}

    static List<Check> all() {
        return List.of(
                new Check("FCGI-96", "A second request at once does not harm the first", MultiplexingChecks::second),
                ifMultiplexing("FCGI-46", "The second may end before the first", MultiplexingChecks::overtaking),
                ifMultiplexing("FCGI-100", "The records of two may be interleaved", MultiplexingChecks::interleaved),
                ifMultiplexing("FCGI-93", "An abort of one leaves the other alone", MultiplexingChecks::abortOfOne));
    }

    private static Check ifMultiplexing(String requirement, String what, Check.Trial trial) {
        return new Check(
                requirement,
                "Multiplexing, if FCGI_MPXS_CONNS is 1: " + what.substring(0, 1).toLowerCase() + what.substring(1),
                application -> multiplexes(application)
                        ? trial.run(application)
                        : notApplicable("does not say FCGI_MPXS_CONNS=1"));
    }

    private static boolean multiplexes(Application application) throws IOException {
        try (Connection connection = application.connect().getValues("FCGI_MPXS_CONNS")) {
            FcgiRecord answer = connection.managementAnswer();
            return answer != null && answer.type() == GET_VALUES_RESULT && Arrays.equals(answer.content(), YES);
        }
    }

    /** Section 3.3 lets an application that takes one request at a time ignore the ids of others. */
    private static Finding second(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            plain.request().head(connection, 1, KEEP_CONN);
            connection.send(plain.request().script(2, KEEP_CONN));
            Finding first = plain.same(plain.request().rest(connection, 1).answer(1));
            if (first.failed()) {
                return fail("the first: " + first.reason());
            }
            if (!connection.answersSoon(2)) {
                return allowed("the second is ignored" + (connection.isClosed() ? ", connection closed" : ""));
            }
            Answer second = connection.answer(2);
            if (second.protocolStatus() == CANT_MPX_CONN) {
                return pass("CANT_MPX_CONN");
            }
            return second.complete() ? pass("served") : fail("the second: " + second.summary());
        }
    }

    private static Finding overtaking(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            plain.request().head(connection, 1, KEEP_CONN);
            Answer second =
                    connection.send(plain.request().script(2, KEEP_CONN)).answer(2);
            if (!second.complete()) {
                return fail("the second, while the first waits: " + second.summary());
            }
            return plain.same(connection, plain.request().rest(connection, 1).answer(1));
        }
    }

    private static Finding interleaved(Application application) throws IOException {
        Reference plain = application.reference();
        List<FcgiRecord> first = plain.request().script(1, KEEP_CONN).records();
        List<FcgiRecord> second = plain.request().script(2, KEEP_CONN).records();
        Script both = new Script();
        for (int i = 0; i < first.size(); i++) {
            both.record(first.get(i)).record(second.get(i));
        }
        try (Connection connection = application.connect().send(both)) {
            Finding finding = plain.same(connection.answer(1));
            return finding.failed() ? finding : plain.same(connection, connection.answer(2));
        }
    }

    private static Finding abortOfOne(Application application) throws IOException {
        Reference plain = application.reference();
        try (Connection connection = application.connect()) {
            plain.request().head(connection, 1, KEEP_CONN);
            Answer aborted =
                    plain.request().head(connection, 2, KEEP_CONN).abort(2).answer(2);
            if (!aborted.ended()) {
                return fail("the aborted one: " + aborted.summary());
            }
            return plain.same(connection, plain.request().rest(connection, 1).answer(1));
        }
    }
}
