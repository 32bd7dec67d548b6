package dev.gangway.fcgi.hostile;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing in the body of a request, nor what is left of it, ever becomes another request. */
@ParameterizedClass
@EnumSource(Link.class)
class SmugglingTest {
    private static final byte[] FCGI_REQUEST =
            new Script().get(1, KEEP_CONN, "/evil").get(2, KEEP_CONN, "/evil").bytes();
    private static final byte[] HTTP_REQUEST =
            "0\r\n\r\nGET /evil HTTP/1.1\r\nHost: app.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @RegisterExtension
    final FcgiServer server;

    private final List<String> paths = new CopyOnWriteArrayList<>();

    SmugglingTest(Link link) {
        server = new FcgiServer(link);
    }

    private Peer start() throws Exception {
        server.start((request, response, callback) -> {
            paths.add(request.getHttpURI().getPath());
            response.write(true, Content.Source.asByteBuffer(request), callback);
        });
        return server.connect();
    }

    private static List<byte[]> requests() {
        return List.of(FCGI_REQUEST, HTTP_REQUEST);
    }

    private void assertNext(Peer peer) {
        assertThat(peer.post(1, KEEP_CONN, "/next", "next".getBytes()).response(1))
                .hasBody("next")
                .isComplete();
        assertThat(peer.unanswered()).isEmpty();
        assertThat(paths).endsWith("/next").doesNotContain("/evil");
    }

    @Test
    @Tag("FCGI-67")
    void aBodyThatLooksLikeARequestIsABody() throws Exception {
        Peer peer = start();

        for (byte[] evil : requests()) {
            FcgiResponse response = peer.post(1, KEEP_CONN, "/", evil).response(1);

            assertThat(response.body()).isEqualTo(evil);
            assertNext(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    @Tag("FCGI-67")
    void whatFollowsTheBodyIsDropped(int announced) throws Exception {
        Peer peer = start();

        for (byte[] evil : requests()) {
            peer.open(1, KEEP_CONN, Pairs.post("/", announced))
                    .stdin(1, "body")
                    .stdin(1, evil)
                    .stdinEnd(1);

            assertThat(peer.response(1).text()).doesNotContain("evil");
            assertNext(peer);
        }
    }

    @Test
    @Tag("FCGI-66")
    void whatIsMissingIsNotTakenFromTheNextRequest() throws Exception {
        Peer peer = start();

        for (byte[] evil : requests()) {
            peer.open(1, KEEP_CONN, Pairs.post("/", 1000)).stdin(1, "body").stdinEnd(1);
            assertThat(peer.response(1).text()).doesNotContain("evil");
            peer.post(1, KEEP_CONN, "/", evil);

            assertThat(peer.response(1).body()).isEqualTo(evil);
            assertNext(peer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-5", "+5", "0x5", "5,5", "5 ", " 5", "5;", "5.0", "\uff15", "99999999999999999999", "NaN", "\t5"
            })
    @Tag("FCGI-70")
    void aLengthThatIsNoNumberIsRefused(String length) throws Exception {
        Peer peer = start();

        peer.request(1, KEEP_CONN, Pairs.post("/", 5).with("CONTENT_LENGTH", length), FCGI_REQUEST);

        assertThat(peer.response(1)).hasStatus(400);
        assertThat(paths).isEmpty();
        assertNext(peer);
    }

    @Test
    @Tag("FCGI-129")
    void twoLengthsThatDifferNeverMakeTwoBodies() throws Exception {
        Peer peer = start();
        byte[] body = "12345678".getBytes();

        peer.request(1, KEEP_CONN, Pairs.post("/", 8).and("CONTENT_LENGTH", "4"), body);
        assertThat(peer.response(1).text()).doesNotContain("5678");
        assertNext(peer);

        peer.request(1, KEEP_CONN, Pairs.post("/", 8).and("HTTP_CONTENT_LENGTH", "4"), body);
        assertThat(peer.response(1)).hasStatus(400);
        assertNext(peer);
    }

    @Test
    @Tag("FCGI-131")
    void aTransferCodingIsNotDecoded() throws Exception {
        Peer peer = start();

        peer.request(
                1,
                KEEP_CONN,
                Pairs.post("/", HTTP_REQUEST.length).and("HTTP_TRANSFER_ENCODING", "chunked"),
                HTTP_REQUEST);

        assertThat(peer.response(1).body()).isEqualTo(HTTP_REQUEST);
        assertNext(peer);
    }
}
