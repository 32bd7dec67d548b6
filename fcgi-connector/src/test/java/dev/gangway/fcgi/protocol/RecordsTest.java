package dev.gangway.fcgi.protocol;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.MAX_CONTENT;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Link.class)
class RecordsTest {
    private static final int HEADER = 8;

    @RegisterExtension
    final FcgiServer server;

    RecordsTest(Link link) {
        server = new FcgiServer(link);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    @Tag("FCGI-14")
    void closesTheConnectionOnAnotherVersion(int version) throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();
        byte[] bytes = new Script().get(1, KEEP_CONN, "/never").bytes();
        bytes[0] = (byte) version;

        peer.raw(bytes).expectClosed();

        assertThat(server.begun()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 1000, 65536})
    @Tag("FCGI-15")
    void takesTheLargestRecordInPiecesOfAnySize(int piece) throws Exception {
        server.start(Apps.ECHO);
        byte[] body = Bytes.random(MAX_CONTENT);

        FcgiResponse response = server.connect()
                .sendInPieces(new Script().post(1, KEEP_CONN, "/echo", body), piece)
                .response(1);

        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    @Tag("FCGI-15")
    void takesARequestByteByByte() throws Exception {
        server.start(Apps.ECHO);

        FcgiResponse response = server.connect()
                .sendInPieces(new Script().post(1, KEEP_CONN, "/echo", "body".getBytes()), 1)
                .response(1);

        assertThat(response).hasStatus(200).hasBody("body").isComplete();
    }

    @Test
    @Tag("FCGI-16")
    void skipsTheLargestPaddingThatLooksLikeRecords() throws Exception {
        server.start(Apps.ECHO);
        byte[] body = Bytes.random(MAX_CONTENT);
        byte[] padding =
                Arrays.copyOf(new Script().abort(1).begin(1, RESPONDER, 0).bytes(), 255);
        Script script = new Script();
        for (FcgiRecord record : new Script().post(1, KEEP_CONN, "/echo", body).records()) {
            script.record(record.withPadding(padding));
        }

        FcgiResponse response = server.connect().send(script).response(1);

        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    @Tag("FCGI-17")
    void ignoresReservedBytes() throws Exception {
        server.start(Apps.TARGET);
        byte[] bytes = new Script().get(1, KEEP_CONN, "/reserved").bytes();
        for (int at = 0;
                at < bytes.length;
                at += HEADER + ByteBuffer.wrap(bytes).getShort(at + 4)) {
            bytes[at + 7] = (byte) 0xFF;
        }
        Arrays.fill(bytes, HEADER + 3, HEADER + 8, (byte) 0xFF);

        FcgiResponse response = server.connect().expect(1).raw(bytes).response(1);

        assertThat(response).hasStatus(200).hasBody("/reserved").isComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {65528, 65535, 65536, 131071, 10 * 1024 * 1024})
    @Tag("FCGI-18")
    @Tag("FCGI-20")
    void splitsOutputThatIsLongerThanARecord(int length) throws Exception {
        byte[] body = Bytes.random(length);
        server.start((request, response, callback) -> response.write(true, ByteBuffer.wrap(body), callback));

        FcgiResponse response = server.connect().get(1, KEEP_CONN, "/").response(1);

        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    @Tag("FCGI-19")
    void beginsEachRecordAtAMultipleOfEightBytes() throws Exception {
        server.start((request, response, callback) -> {
            for (int length : new int[] {1, 2, 7, 8, 9, 65535}) {
                Content.Sink.write(response, false, ByteBuffer.wrap(Bytes.random(length)));
            }
            callback.succeeded();
        });
        Peer peer = server.connect();

        peer.get(1, KEEP_CONN, "/1").response(1);
        peer.getValues("FCGI_MAX_REQS").managementAnswer();
        peer.get(1, KEEP_CONN, "/2").response(1);

        assertThat(peer.aligned()).isTrue();
    }

    @Test
    @Tag("FCGI-21")
    void takesACutAtAnyByteForAnAbort() throws Exception {
        AtomicInteger readToTheEnd = new AtomicInteger();
        server.start((request, response, callback) -> {
            Content.Source.asByteBuffer(request);
            readToTheEnd.incrementAndGet();
            callback.succeeded();
        });
        Script script = new Script()
                .open(1, KEEP_CONN, Pairs.of("REQUEST_METHOD", "POST", "REQUEST_URI", "/", "CONTENT_LENGTH", "4"))
                .stdin(1, "body")
                .stdinEnd(1);
        byte[] bytes = script.bytes();

        for (int cut = 0; cut < bytes.length; cut++) {
            Peer peer = server.connect();
            peer.raw(Arrays.copyOf(bytes, cut));
            peer.close();
        }

        server.awaitNoConnection();
        server.awaitNoRequest();
        // Past CONTENT_LENGTH bytes nothing is missing for the application.
        assertThat(readToTheEnd).hasValueLessThanOrEqualTo(HEADER);
    }
}
