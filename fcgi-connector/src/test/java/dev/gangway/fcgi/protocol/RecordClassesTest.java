package dev.gangway.fcgi.protocol;

import static dev.gangway.conformance.record.FcgiNumbers.ABORT_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.BEGIN_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.DATA;
import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES;
import static dev.gangway.conformance.record.FcgiNumbers.GET_VALUES_RESULT;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.STDERR;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_TYPE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Link.class)
class RecordClassesTest {
    @RegisterExtension
    final FcgiServer server;

    RecordClassesTest(Link link) {
        server = new FcgiServer(link);
    }

    @ParameterizedTest
    @ValueSource(ints = {BEGIN_REQUEST, ABORT_REQUEST, PARAMS, STDIN, DATA})
    @Tag("FCGI-28")
    void closesTheConnectionOnAnApplicationRecordWithoutAnId(int type) throws Exception {
        server.start(Apps.TARGET);

        server.connect()
                .raw(FcgiRecord.of(type, 0, new byte[] {0, 1, 1, 0, 0, 0, 0, 0}).encode())
                .expectClosed();
    }

    @Test
    @Tag("FCGI-29")
    void ignoresGetValuesWithAnInactiveId() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.record(GET_VALUES, 5, Pairs.of("FCGI_MAX_REQS", "").encode()).fence();

        assertThat(peer.get(5, KEEP_CONN, "/").response(5)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-29")
    void closesTheConnectionOnGetValuesWithAnActiveId() throws Exception {
        server.start(Apps.TARGET);

        server.connect()
                .begin(5, RESPONDER, KEEP_CONN)
                .record(GET_VALUES, 5, Pairs.of("FCGI_MAX_REQS", "").encode())
                .expectClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {END_REQUEST, STDOUT, STDERR, GET_VALUES_RESULT, UNKNOWN_TYPE})
    @Tag("FCGI-30")
    void closesTheConnectionOnARecordThatOnlyAnApplicationMaySend(int type) throws Exception {
        server.start(Apps.TARGET);

        server.connect().raw(FcgiRecord.of(type, 0, new byte[8]).encode()).expectClosed();
        server.connect()
                .begin(3, RESPONDER, KEEP_CONN)
                .record(type, 3, new byte[8])
                .expectClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {END_REQUEST, STDOUT, STDERR, GET_VALUES_RESULT, UNKNOWN_TYPE})
    @Tag("FCGI-23")
    void ignoresARecordThatOnlyAnApplicationMaySendForAnInactiveId(int type) throws Exception {
        server.start(Apps.TARGET);

        server.connect().record(type, 3, new byte[8]).fence();
    }

    @Test
    @Tag("FCGI-31")
    @Tag("FCGI-35")
    void givesTheSameRequestHoweverItsStreamsAreCut() throws Exception {
        server.start((request, response, callback) -> {
            response.getHeaders().put("X-Params", Apps.params(request).toString());
            Apps.ECHO.handle(request, response, callback);
        });
        Peer peer = server.connect();
        byte[] params = Pairs.of(
                        "REQUEST_METHOD", "POST", "REQUEST_URI", "/cut", "CONTENT_LENGTH", "5", "LONG", "v".repeat(130))
                .encode();
        byte[] body = "a b c".getBytes();
        String expected = null;

        for (int cut = 1; cut < params.length; cut++) {
            Script script = new Script().begin(1, RESPONDER, KEEP_CONN);
            script.record(PARAMS, 1, Arrays.copyOf(params, cut));
            script.record(PARAMS, 1, Arrays.copyOfRange(params, cut, params.length))
                    .paramsEnd(1);
            int bodyCut = 1 + cut % (body.length - 1);
            script.stdin(1, Arrays.copyOf(body, bodyCut));
            script.stdin(1, Arrays.copyOfRange(body, bodyCut, body.length)).stdinEnd(1);
            var response = peer.send(script).response(1);

            assertThat(response).hasStatus(200).hasBody("a b c").isComplete();
            expected = expected == null ? response.header().one("X-Params") : expected;
            assertThat(response).hasField("X-Params", expected);
        }
    }

    @Test
    @Tag("FCGI-35")
    void takesParamsInRecordsOfOneByte() throws Exception {
        server.start(Apps.TARGET);
        Script script = new Script().begin(1, RESPONDER, KEEP_CONN);
        for (byte b : Pairs.get("/one?byte=each").and("LONG", "v".repeat(300)).encode()) {
            script.record(PARAMS, 1, b);
        }

        var response = server.connect().send(script.paramsEnd(1).stdinEnd(1)).response(1);

        assertThat(response).hasStatus(200).hasBody("/one?byte=each").isComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12, 200, 255})
    @Tag("FCGI-32")
    void skipsRecordsOfAnUnknownTypeWithAnId(int type) throws Exception {
        server.start(Apps.ECHO);
        Peer peer = server.connect();
        FcgiRecord unknown = FcgiRecord.of(type, 1, new byte[300]).withPadding(new byte[7]);

        peer.record(unknown).begin(1, RESPONDER, KEEP_CONN).record(unknown);
        peer.params(1, Pairs.post("/", 4)).record(unknown).paramsEnd(1).record(unknown);
        peer.stdin(1, "bo").record(unknown).stdin(1, "dy").stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(200).hasBody("body").isComplete();
        peer.record(unknown).fence();
    }
}
