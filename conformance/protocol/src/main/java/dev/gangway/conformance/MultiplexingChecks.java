package dev.gangway.conformance;

import static dev.gangway.conformance.Finding.*;
import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.FcgiRecord;
import dev.gangway.conformance.peer.Pairs;
import dev.gangway.conformance.peer.Script;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Several requests on one connection at once. */
final class MultiplexingChecks {
    private static final byte[] YES = Pairs.of("FCGI_MPXS_CONNS", "1").encode();
    private static final String SINGLE = "does not say FCGI_MPXS_CONNS=1";

    private MultiplexingChecks() {}

    static List<Check> all() {
        return List.of(
                new Check(
                        "FCGI-96",
                        "A second request at once is served or gets CANT_MPX_CONN",
                        MultiplexingChecks::second),
                new Check(
                        "FCGI-46",
                        "It does multiplex if it says so: the second may end first",
                        MultiplexingChecks::asSaid),
                new Check(
                        "FCGI-100", "The records of two requests may be interleaved", MultiplexingChecks::interleaved),
                new Check("FCGI-93", "An abort of one leaves the other alone", MultiplexingChecks::abortOfOne));
    }

    private static Finding second(Application application) throws IOException {
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.begin(1, request.role(), KEEP_CONN).params(1, request.parameters());
            connection.send(request.script(2, KEEP_CONN));
            request.input(connection.paramsEnd(1), 1);
            Finding first = application.same(request, connection.answer(1));
            if (first.failed()) {
                return fail("the first request: " + first.reason());
            }
            Answer second = connection.answer(2);
            if (second.ended() && second.protocolStatus() == CANT_MPX_CONN) {
                return pass("CANT_MPX_CONN");
            }
            return second.complete() ? pass("served") : fail("the second request: " + second.summary());
        }
    }

    private static Finding asSaid(Application application) throws IOException {
        if (!multiplexes(application)) {
            return notApplicable(SINGLE);
        }
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.begin(1, request.role(), KEEP_CONN).params(1, request.parameters());
            Answer second = connection.send(request.script(2, KEEP_CONN)).answer(2);
            if (!second.complete()) {
                return fail("the second request, while the first one waits: " + second.summary());
            }
            request.input(connection.paramsEnd(1), 1);
            return application.same(request, connection, connection.answer(1));
        }
    }

    private static Finding interleaved(Application application) throws IOException {
        if (!multiplexes(application)) {
            return notApplicable(SINGLE);
        }
        Request request = application.get();
        List<FcgiRecord> first = request.script(1, KEEP_CONN).records();
        List<FcgiRecord> second = request.script(2, KEEP_CONN).records();
        Script both = new Script();
        for (int i = 0; i < first.size(); i++) {
            both.record(first.get(i)).record(second.get(i));
        }
        try (Connection connection = application.connect().send(both)) {
            Finding finding = application.same(request, connection.answer(1));
            return finding.failed() ? finding : application.same(request, connection, connection.answer(2));
        }
    }

    private static Finding abortOfOne(Application application) throws IOException {
        if (!multiplexes(application)) {
            return notApplicable(SINGLE);
        }
        Request request = application.get();
        try (Connection connection = application.connect()) {
            connection.begin(1, request.role(), KEEP_CONN).params(1, request.parameters());
            connection.begin(2, request.role(), KEEP_CONN).params(2, request.parameters());
            Answer aborted = connection.abort(2).answer(2);
            if (!aborted.ended()) {
                return fail("the aborted request: " + aborted.missing());
            }
            request.input(connection.paramsEnd(1), 1);
            return application.same(request, connection, connection.answer(1));
        }
    }

    private static boolean multiplexes(Application application) throws IOException {
        try (Connection connection = application.connect().getValues("FCGI_MPXS_CONNS")) {
            FcgiRecord answer = connection.managementAnswer();
            return answer != null && answer.type() == GET_VALUES_RESULT && Arrays.equals(answer.content(), YES);
        }
    }
}
