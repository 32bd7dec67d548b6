package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpField;
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
class RequestIdsTest {
    @RegisterExtension
    final FcgiServer server;

    RequestIdsTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-13")
    void keepsTheIdsOfConnectionsApart() throws Exception {
        server.start(Apps.ECHO);
        Peer one = server.connect();
        Peer two = server.connect();

        one.open(1, KEEP_CONN, Pairs.post("/", 3)).stdin(1, "o");
        two.open(1, KEEP_CONN, Pairs.post("/", 3)).stdin(1, "t");
        one.stdin(1, "ne").stdinEnd(1);
        two.stdin(1, "wo").stdinEnd(1);

        assertThat(two.response(1)).hasBody("two");
        assertThat(one.response(1)).hasBody("one");
    }

    @Test
    @Tag("FCGI-22")
    @Tag("FCGI-55")
    void servesAThousandRequestsWithOneId() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        for (int i = 0; i < 1000; i++) {
            peer.send(new Script().get(1, KEEP_CONN, "/" + i));
            assertThat(peer.response(1)).hasStatus(200).hasBody("/" + i).isComplete();
        }
    }

    @Test
    @Tag("FCGI-23")
    void ignoresRecordsForAnIdThatIsNotActive() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        for (int round = 0; round < 2; round++) {
            peer.params(7, Pairs.get("/ghost")).paramsEnd(7).stdin(7, "ghost").stdinEnd(7);
            peer.data(7, new byte[70_000]).dataEnd(7).abort(7).fence();
            assertThat(server.begun()).isEqualTo(round);

            peer.get(7, KEEP_CONN, "/real");
            assertThat(peer.response(7)).hasStatus(200).hasBody("/real").isComplete();
        }
        peer.fence();
    }

    @Test
    @Tag("FCGI-24")
    @Tag("FCGI-66")
    void dropsLeftOverInputOfARequestThatHasEnded() throws Exception {
        server.start((request, response, callback) -> {
            response.setStatus(request.getHttpURI().getPath().equals("/upload") ? 413 : 200);
            Content.Sink.write(response, true, request.getHttpURI().getPath(), callback);
        });
        Peer peer = server.connect();

        peer.open(1, KEEP_CONN, Pairs.post("/upload", 200_000)).stdin(1, new byte[50_000]);
        assertThat(peer.response(1)).hasStatus(413).hasBody("/upload").isComplete();
        peer.stdin(1, new byte[150_000]).stdinEnd(1);
        peer.get(1, KEEP_CONN, "/next");

        assertThat(peer.response(1)).hasStatus(200).hasBody("/next").isComplete();
    }

    @Test
    @Tag("FCGI-24")
    void beginsACleanRequestWhileInputOfTheOldOneIsMissing() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        for (int i = 0; i < 100; i++) {
            peer.open(1, KEEP_CONN, Pairs.post("/unfinished" + i, 100)).stdin(1, "some");
            assertThat(peer.response(1)).hasBody("/unfinished" + i).isComplete();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 32767, 32768, 65535})
    @Tag("FCGI-25")
    void takesAnyId(int id) throws Exception {
        server.start(Apps.TARGET);

        assertThat(server.connect().get(id, KEEP_CONN, "/id").response(id))
                .hasBody("/id")
                .isComplete();
    }

    @Test
    @Tag("FCGI-26")
    void closesTheConnectionOnASecondBeginForARunningRequest() throws Exception {
        AtomicReference<Throwable> seen = new AtomicReference<>();
        server.start((request, response, callback) -> {
            request.addFailureListener(seen::set);
            try {
                Content.Source.asString(request);
            } catch (Exception e) {
                seen.set(e);
                throw e;
            }
            callback.succeeded();
        });
        Peer peer = server.connect();
        peer.open(1, KEEP_CONN, Pairs.post("/first", 10)).stdin(1, "12345");
        Await.until("the first request runs", () -> server.handling() == 1);

        peer.raw(new Script().get(1, KEEP_CONN, "/second").bytes()).expectClosed();

        server.awaitNoRequest();
        assertThat(seen.get()).isNotNull();
        assertThat(server.begun()).isEqualTo(1);
    }

    @Test
    @Tag("FCGI-26")
    void closesTheConnectionOnASecondBeginDuringParams() throws Exception {
        server.start(Apps.TARGET);
        Peer peer = server.connect();

        peer.begin(1, RESPONDER, KEEP_CONN).params(1, Pairs.get("/first"));
        peer.raw(new Script().get(1, KEEP_CONN, "/second").bytes()).expectClosed();

        assertThat(server.begun()).isZero();
    }

    @Test
    @Tag("FCGI-27")
    void showsNothingOfARequestToTheNextOne() throws Exception {
        server.fcgi().setAttributes(List.of("APP_*"));
        server.start((request, response, callback) -> {
            String seen = request.getHeaders().stream().map(HttpField::getName).toList()
                    + " " + Apps.params(request).keySet()
                    + " " + request.getAttribute("APP_SECRET")
                    + " " + request.getAttribute("left")
                    + " " + Content.Source.asString(request);
            request.setAttribute("left", "behind");
            Content.Sink.write(response, true, seen, callback);
        });
        Peer peer = server.connect();
        peer.get(1, KEEP_CONN, "/");
        String plain = peer.response(1).text();

        Pairs rich = Pairs.post("/", 6).and("REMOTE_USER", "alice", "APP_SECRET", "x");
        for (int i = 0; i < 50; i++) {
            rich = rich.and("HTTP_X_" + i, "value");
        }
        peer.request(1, KEEP_CONN, rich, "secret".getBytes());
        assertThat(peer.response(1).text()).contains("X-49", "REMOTE_USER", "secret");
        peer.get(1, KEEP_CONN, "/");

        assertThat(peer.response(1)).hasBody(plain);
        assertThat(plain).contains("null null ");
    }
}
