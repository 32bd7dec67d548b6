package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.conformance.record.FcgiNumbers.STDOUT;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Link.class)
class ResponderTest {
    @RegisterExtension
    final FcgiServer server;

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final AtomicReference<Throwable> readFailure = new AtomicReference<>();

    ResponderTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-66")
    @Tag("FCGI-139")
    void echoesABodyThatIsLargerThanAllBuffers() throws Exception {
        server.start(Apps.ECHO);

        assertEchoed(Pairs.post("/echo", 20_000_000), 20_000_000);
    }

    private void assertEchoed(Pairs pairs, int length) {
        byte[] body = Bytes.random(length);
        Peer peer = server.connect().open(1, KEEP_CONN, pairs);

        CompletableFuture<Void> speaking =
                CompletableFuture.runAsync(() -> peer.stdin(1, body).stdinEnd(1));
        FcgiResponse response = peer.response(1);
        speaking.join();

        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.body()).isEqualTo(body);
    }

    @Test
    @Tag("FCGI-66")
    void answersWhileTheBodyArrives() throws Exception {
        server.start(Apps.ECHO);
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 8));

        peer.stdin(1, "ping");
        peer.responseWhen(1, response -> response.text().equals("ping"));
        peer.stdin(1, "pong").stdinEnd(1);

        assertThat(peer.response(1)).hasBody("pingpong").isComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 70_000})
    @Tag("FCGI-67")
    void deliversNoMoreThanContentLength(int length) throws Exception {
        server.start((request, response, callback) -> {
            readAll(request);
            callback.succeeded();
        });
        byte[] body = Bytes.random(length + 5);

        server.connect().request(1, KEEP_CONN, Pairs.post("/", length), body).response(1);

        assertThat(read.size()).isLessThanOrEqualTo(length);
        assertThat(readFailure.get()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 70_000})
    @Tag("FCGI-68")
    void failsTheReadWhenTheBodyIsShort(int missing) throws Exception {
        server.start((request, response, callback) -> {
            readAll(request);
            callback.succeeded();
        });

        server.connect()
                .request(1, KEEP_CONN, Pairs.post("/", 80_000 + missing), new byte[80_000])
                .response(1);

        assertThat(read.size()).isLessThanOrEqualTo(80_000);
        assertThat(readFailure.get()).isInstanceOf(EofException.class);
    }

    @Test
    @Tag("FCGI-68")
    void answersWithAnErrorWhenTheApplicationLetsTheShortReadFail() throws Exception {
        server.start(Apps.READ);
        Peer peer = server.connect();

        FcgiResponse response =
                peer.request(1, KEEP_CONN, Pairs.post("/", 100), new byte[60]).response(1);

        assertThat(response.status()).isGreaterThanOrEqualTo(400);
        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(200).isComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "", "-1"})
    @Tag("FCGI-69")
    @Tag("FCGI-70")
    void takesABodyOfUnknownLength(String length) throws Exception {
        server.start((request, response, callback) -> {
            assertThat(request.getLength()).isEqualTo(-1);
            Apps.ECHO.handle(request, response, callback);
        });
        Pairs pairs = Pairs.request("POST", "/");

        assertEchoed(length.equals("absent") ? pairs : pairs.and("CONTENT_LENGTH", length), 1 << 20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-2", "+5", "1 ", " 1", "0x10", "99999999999999999999", "5, 5", "1.0", "abc", "--1"})
    @Tag("FCGI-70")
    @Tag("FCGI-99")
    void refusesAMalformedContentLength(String length) throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.request(1, KEEP_CONN, Pairs.request("POST", "/").and("CONTENT_LENGTH", length), new byte[5]);

        assertThat(peer.response(1)).hasStatus(400).endedWith(0, REQUEST_COMPLETE);
        assertThat(server.begun()).isZero();
        assertThat(peer.get(1, KEEP_CONN, "/good").response(1)).hasBody("/good").isComplete();
    }

    @Test
    @Tag("FCGI-71")
    @Tag("FCGI-95")
    void endsWithStdoutAndThenTheRequest() throws Exception {
        server.start(Apps.text("body"));

        FcgiResponse response = server.connect().get(513, KEEP_CONN, "/").response(513);

        assertThat(response.records()).extracting(record -> record.type()).endsWith(STDOUT, STDOUT, END_REQUEST);
        assertThat(response.records().get(response.records().size() - 1).content())
                .containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404, 500, 503})
    @Tag("FCGI-72")
    void endsWithStatusZeroWhateverTheHttpStatus(int status) throws Exception {
        server.start((request, response, callback) -> {
            response.setStatus(status);
            Content.Sink.write(response, true, "text", callback);
        });

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1))
                .hasStatus(status)
                .hasBody("text")
                .isComplete();
    }

    @Test
    @Tag("FCGI-113")
    void answersWithAnErrorPageWhenTheApplicationThrows() throws Exception {
        server.start((request, response, callback) -> {
            throw new IllegalStateException("expected by the test");
        });
        Peer peer = server.connect();

        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(500);
        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(500);
    }

    private void readAll(Request request) {
        try (InputStream in = Content.Source.asInputStream(request)) {
            in.transferTo(read);
        } catch (Throwable e) {
            readFailure.set(e);
        }
    }
}
