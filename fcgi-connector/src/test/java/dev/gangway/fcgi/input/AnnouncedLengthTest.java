package dev.gangway.fcgi.input;

import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.FcgiConfiguration.HalfClose;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.util.Jetty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A body that has come as CONTENT_LENGTH says, without the empty record that ends STDIN: HAProxy leaves it out after an
 * empty DATA frame of HTTP/2.
 */
@ParameterizedClass
@EnumSource(Link.class)
class AnnouncedLengthTest {
    /** Older ones answer by the exception around it, over HTTP too. */
    private static final boolean FORM_FAILURE_IS_WRAPPED =
            Set.of("12.1.7", "12.1.10").contains(Jetty.VERSION);

    @RegisterExtension
    final FcgiServer server;

    private final CountDownLatch end = new CountDownLatch(1);

    AnnouncedLengthTest(Link link) {
        server = new FcgiServer(link);
        // What a time-out would do in the end has to happen before.
        server.fcgi().setRequestIdleTimeout(Duration.ofMinutes(10));
    }

    private Peer open(Pairs pairs) {
        return server.connect().open(1, KEEP_CONN, pairs);
    }

    private static Pairs with(String method, int length) {
        return Pairs.request(method, "/").and("CONTENT_LENGTH", Integer.toString(length));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, 5",
        "POST, 0",
        "PUT, 5",
        "PUT, 0",
        "DELETE, 5",
        "DELETE, 0",
        "PROPFIND, 5",
        "PROPFIND, 0",
        "GET, 5",
        "GET, 0"
    })
    @Tag("FCGI-68")
    void isTheEndForWhoeverReads(String method, int length) throws Exception {
        server.start((request, response, callback) ->
                Content.Sink.write(response, true, Content.Source.asString(request), callback));
        Peer peer = open(with(method, length));

        if (length > 0) {
            peer.stdin(1, "he").stdin(1, "llo");
        }

        assertThat(peer.response(1))
                .hasStatus(200)
                .hasBody("hello".substring(0, length))
                .isComplete();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    @Tag("FCGI-68")
    void isTheEndForWhoeverIsCalledBack(int length) throws Exception {
        server.start(Apps.ECHO);
        Peer peer = open(with("POST", length)).fence();

        if (length > 0) {
            peer.stdin(1, "hello");
        }

        assertThat(peer.response(1))
                .hasStatus(200)
                .hasBody("hello".substring(0, length))
                .isComplete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b"})
    @Tag("FCGI-68")
    void isTheEndOfAForm(String form) throws Exception {
        server.start((request, response, callback) -> Content.Sink.write(
                response, true, "a is " + FormFields.getFields(request).getValue("a"), callback));
        Peer peer = open(with("POST", form.length()).and("CONTENT_TYPE", "application/x-www-form-urlencoded"));

        if (!form.isEmpty()) {
            peer.stdin(1, form);
        }

        assertThat(peer.response(1))
                .hasBody(form.isEmpty() ? "a is null" : "a is b")
                .isComplete();
    }

    @Test
    @Tag("FCGI-68")
    void isTheEndOfALargeBodyThatIsReadLate() throws Exception {
        int length = 3_000_000;
        server.start((request, response, callback) -> {
            Await.latch("all is sent", end);
            int read = Content.Source.asByteBuffer(request).remaining();
            Content.Sink.write(response, true, Integer.toString(read), callback);
        });
        Peer peer = open(with("POST", length)).stdin(1, new byte[length]);
        end.countDown();

        assertThat(peer.response(1)).hasBody(Integer.toString(length)).isComplete();
    }

    @Test
    @Tag("FCGI-23")
    @Tag("FCGI-55")
    void leavesTheConnectionInOrderIfTheEndComesLate() throws Exception {
        server.start(Apps.ECHO);
        Peer peer = server.connect();

        for (int i = 0; i < 50; i++) {
            peer.open(1, KEEP_CONN, with("POST", 5)).stdin(1, "hello");
            assertThat(peer.response(1)).hasBody("hello").isComplete();
            // Now and then it does not come at all.
            if (i % 3 > 0) {
                peer.stdinEnd(1);
            }
        }
        assertThat(peer.get(1, KEEP_CONN, "/").stdinEnd(1).response(1))
                .hasStatus(200)
                .isComplete();
    }

    @Test
    @Tag("FCGI-25")
    void endsTheConnectionWhenTheEndHasComeIfThatIsAskedFor() throws Exception {
        server.start(Apps.ECHO);
        Peer peer = server.connect().open(1, 0, with("POST", 5)).stdin(1, "hello");

        assertThat(peer.response(1)).hasBody("hello").isComplete();
        peer.expectEof();
        peer.stdinEnd(1);
        server.awaitNoConnection();
    }

    /** As over HTTP, where the client is to blame too. */
    @Test
    @Tag("FCGI-68")
    void doesNotHideThatSomeIsMissing() throws Exception {
        server.start((request, response, callback) ->
                Content.Sink.write(response, true, Content.Source.asString(request), callback));
        Peer peer = open(with("POST", 5)).stdin(1, "hell").stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(400);
        assertThat(peer.get(2, KEEP_CONN, "/").response(2)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-68")
    void doesNotHideThatSomeOfAFormIsMissing() throws Exception {
        server.start((request, response, callback) ->
                Content.Sink.write(response, true, FormFields.getFields(request).toString(), callback));
        Peer peer = open(with("POST", 9).and("CONTENT_TYPE", "application/x-www-form-urlencoded"))
                .stdin(1, "a=1&b")
                .stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(FORM_FAILURE_IS_WRAPPED ? 500 : 400);
    }

    @Test
    @Tag("FCGI-69")
    void doesNotHideThatMoreComes() throws Exception {
        server.start((request, response, callback) -> {
            Await.latch("all is sent", end);
            Content.Sink.write(response, true, Content.Source.asString(request), callback);
        });
        Peer peer = open(with("POST", 5)).stdin(1, "hello").stdin(1, "!").fence();
        end.countDown();

        assertThat(peer.response(1).status()).isEqualTo(400);
        assertThat(peer.get(2, KEEP_CONN, "/").response(2)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-69")
    void doesNotHideThatMoreComesWhenTheBodyHasBeenRead() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            String body = Content.Source.asString(request);
            read.countDown();
            Await.latch("more is sent", end);
            Content.Sink.write(response, true, body, callback);
        });
        Peer peer = open(with("POST", 5)).stdin(1, "hello");
        Await.latch("the body is read", read);

        peer.stdin(1, "!").fence();
        end.countDown();

        assertThat(peer.response(1).status()).isGreaterThanOrEqualTo(400);
        assertThat(peer.get(2, KEEP_CONN, "/").response(2)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-92")
    void isAWholeRequestBeforeAHalfClose() throws Exception {
        server.fcgi().setHalfClose(HalfClose.TOLERATE);
        server.start((request, response, callback) -> {
            String body = Content.Source.asString(request);
            Await.latch("end", end);
            Content.Sink.write(response, true, body, callback);
        });
        Peer peer = open(with("POST", 5)).stdin(1, "hello");
        Await.until("the application runs", () -> server.handling() == 1);

        peer.halfClose();
        end.countDown();

        assertThat(peer.response(1)).hasBody("hello").isComplete();
        peer.expectEof();
    }

    /** STDIN needs its end all the same, since the response of a Filter has to wait for it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("FCGI-82")
    @Tag("FCGI-83")
    void isTheEndOfTheDataOfAFilter(boolean body) throws Exception {
        server.fcgi().setRoles(EnumSet.of(Role.FILTER));
        server.start((request, response, callback) -> {
            String stdin = Content.Source.asString(request);
            String data = new String(Apps.fcgi(request).data().inputStream().readAllBytes());
            Content.Sink.write(response, true, stdin + " " + data, callback);
        });
        Pairs pairs = with("POST", body ? 5 : 0).and("FCGI_DATA_LENGTH", "4");
        Peer peer =
                server.connect().begin(1, FILTER, KEEP_CONN).params(1, pairs).paramsEnd(1);

        if (body) {
            peer.stdin(1, "hello");
        }
        peer.stdinEnd(1).data(1, "file".getBytes());

        assertThat(peer.response(1)).hasBody(body ? "hello file" : " file").isComplete();
    }
}
