package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.api.FcgiData;
import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.FcgiServer.App;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.http.HttpFields;
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
class FilterTest {
    /** Answers with the body of the request, a bar, and the file. */
    private static final App BOTH = (request, response, callback) -> {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            // All of it, before the first write: output is held back until STDIN has ended.
            byte[] body = Content.Source.asInputStream(request).readAllBytes();
            out.write(body);
            out.write('|');
            Apps.fcgi(request).data().inputStream().transferTo(out);
        }
        callback.succeeded();
    };

    @RegisterExtension
    final FcgiServer server;

    FilterTest(Link link) {
        server = new FcgiServer(link);
        server.fcgi().setRoles(EnumSet.of(Role.FILTER, Role.RESPONDER));
    }

    private static Pairs filter(long stdin, long data) {
        return Pairs.post("/page.md", stdin)
                .and("FCGI_DATA_LENGTH", Long.toString(data), "FCGI_DATA_LAST_MOD", "1000000000");
    }

    private Peer begin(Pairs pairs) {
        return server.connect().begin(1, FILTER, KEEP_CONN).params(1, pairs).paramsEnd(1);
    }

    @Test
    @Tag("FCGI-82")
    void passesBothStreams() throws Exception {
        server.start((request, response, callback) -> {
            FcgiData data = Apps.fcgi(request).data();
            assertThat(Apps.fcgi(request).role()).isEqualTo(Role.FILTER);
            assertThat(data.length()).isEqualTo(4);
            assertThat(data.lastModified()).isEqualTo(Instant.parse("2001-09-09T01:46:40Z"));
            assertThat(data.inputStream()).isSameAs(data.inputStream());
            BOTH.handle(request, response, callback);
        });
        Peer peer = begin(filter(4, 4));

        peer.stdin(1, "body").stdinEnd(1).data(1, "file".getBytes()).dataEnd(1);

        assertThat(peer.response(1)).hasBody("body|file").isComplete();
        assertThat(peer.get(1, KEEP_CONN, "/").unanswered()).containsExactly(1);
    }

    @Test
    @Tag("FCGI-83")
    @Tag("FCGI-89")
    void answersAnAbortBeforeTheEndOfStdin() throws Exception {
        server.start(BOTH);
        Peer peer = server.connect().begin(1, FILTER, KEEP_CONN).abort(1);

        assertThat(peer.response(1)).endedWith(1, REQUEST_COMPLETE);
    }

    @Test
    @Tag("FCGI-83")
    @Tag("FCGI-115")
    void forgetsRequestsWhoseStdinHasNotEndedWithTheirConnection() throws Exception {
        server.start(
                (request, response, callback) -> response.write(true, ByteBuffer.wrap("early".getBytes()), callback));

        server.connect().begin(1, FILTER, KEEP_CONN).close();
        server.connect().begin(1, FILTER, KEEP_CONN).params(1, filter(4, 4)).close();
        server.connect().begin(1, FILTER, KEEP_CONN).paramsEnd(1).close();
        Peer answered = begin(filter(4, 4));
        Await.until("one has begun", () -> server.begun() == 1);
        answered.close();

        // The server insists that no request is active after the test.
        server.awaitNoConnection();
    }

    @Test
    @Tag("FCGI-82")
    @Tag("FCGI-84")
    void streamsLargeInputs() throws Exception {
        server.start(BOTH);
        byte[] stdin = Bytes.random(5_000_000);
        byte[] data = Bytes.random(20_000_000);
        Peer peer = begin(filter(stdin.length, data.length));

        CompletableFuture<Void> speaking = CompletableFuture.runAsync(
                () -> peer.stdin(1, stdin).stdinEnd(1).data(1, data).dataEnd(1));
        FcgiResponse response = peer.response(1);
        speaking.join();

        assertThat(response).hasStatus(200).isComplete();
        byte[] body = response.body();
        assertThat(Arrays.equals(body, 0, stdin.length, stdin, 0, stdin.length)).isTrue();
        assertThat(Arrays.equals(body, stdin.length + 1, body.length, data, 0, data.length))
                .isTrue();
    }

    @Test
    @Tag("FCGI-83")
    void holdsTheOutputBackUntilStdinHasEnded() throws Exception {
        server.start(
                (request, response, callback) -> response.write(true, ByteBuffer.wrap("early".getBytes()), callback));
        Peer peer = begin(filter(4, 4));
        Await.until("it runs", () -> server.begun() == 1);

        peer.stdin(1, "bo").fence();
        assertThat(peer.heardOf(1)).isFalse();
        peer.stdin(1, "dy").fence();
        assertThat(peer.heardOf(1)).isFalse();
        peer.stdinEnd(1);

        assertThat(peer.response(1)).hasBody("early").isComplete();
        peer.data(1, "file".getBytes()).dataEnd(1);
        assertThat(peer.begin(1, FILTER, CLOSE)
                        .params(1, filter(0, 0))
                        .paramsEnd(1)
                        .stdinEnd(1)
                        .response(1))
                .hasBody("early");
        peer.dataEnd(1).expectEof();
    }

    @Test
    @Tag("FCGI-83")
    @Tag("FCGI-150")
    void holdsAnInterimResponseBackAsWell() throws Exception {
        server.fcgi().setEarlyHints(true);
        server.start((request, response, callback) -> {
            response.writeInterim(103, HttpFields.build().add("Link", "</a>; rel=preload"));
            callback.succeeded();
        });
        Peer peer = begin(filter(0, 0));
        Await.until("it runs", () -> server.begun() == 1);
        peer.fence();

        assertThat(peer.heardOf(1)).isFalse();
        assertThat(peer.stdinEnd(1).dataEnd(1).response(1)).hasStatus(103);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 3_000_000})
    @Tag("FCGI-83")
    void drainsStdinThatIsNotReadWhileItWrites(int length) throws Exception {
        byte[] page = Bytes.random(2_000_000);
        server.start((request, response, callback) -> {
            try (OutputStream out = Content.Sink.asOutputStream(response)) {
                out.write(page);
            }
            callback.succeeded();
        });
        Peer peer = begin(filter(length, 0));

        CompletableFuture<Void> speaking = CompletableFuture.runAsync(
                () -> peer.stdin(1, new byte[length]).stdinEnd(1).dataEnd(1));
        FcgiResponse response = peer.response(1);
        speaking.join();

        assertThat(response).hasStatus(200).isComplete();
        assertThat(Arrays.equals(response.body(), page)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 3_000_000})
    @Tag("FCGI-83")
    @Tag("FCGI-84")
    void readsDataWithoutReadingStdin(int length) throws Exception {
        server.start((request, response, callback) -> {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            Apps.fcgi(request).data().inputStream().transferTo(file);
            response.write(true, ByteBuffer.wrap(file.toByteArray()), callback);
        });
        Peer peer = begin(filter(length, 4));

        CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> peer.stdin(1, new byte[length])
                .stdinEnd(1)
                .data(1, "file".getBytes())
                .dataEnd(1));
        FcgiResponse response = peer.response(1);
        speaking.join();

        assertThat(response).hasBody("file").isComplete();
    }

    @Test
    @Tag("FCGI-84")
    void answersWithoutReadingDataAndDropsIt() throws Exception {
        server.start((request, response, callback) -> {
            response.setStatus(304);
            callback.succeeded();
        });
        Peer peer = begin(filter(0, 3_000_000)).stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(304).isComplete();
        peer.data(1, new byte[3_000_000]).dataEnd(1);

        peer.begin(2, FILTER, KEEP_CONN).params(2, filter(0, 0)).paramsEnd(2).stdinEnd(2);
        assertThat(peer.response(2)).hasStatus(304).isComplete();
        assertThat(peer.dataEnd(2).get(3, KEEP_CONN, "/").response(3)).hasStatus(304);
    }

    @Test
    @Tag("FCGI-85")
    @Tag("FCGI-86")
    void failsTheReadWhenDataIsTooLong() throws Exception {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        server.start((request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).data().inputStream().transferTo(read))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("DATA is longer than the 4 bytes announced");
            callback.succeeded();
        });
        Peer peer = begin(filter(0, 4)).stdinEnd(1).data(1, "files".getBytes()).dataEnd(1);

        assertThat(peer.response(1)).hasStatus(200).isComplete();
        assertThat(read.toString()).isEqualTo("file");
    }

    @Test
    @Tag("FCGI-86")
    void failsTheReadWhenDataIsTooShort() throws Exception {
        server.start((request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).data().inputStream().readAllBytes())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("DATA ended after 3 of 4 bytes");
            callback.succeeded();
        });
        Peer peer = begin(filter(0, 4)).stdinEnd(1).data(1, "fil".getBytes()).dataEnd(1);

        assertThat(peer.response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-86")
    void failsTheReadWhenStdinIsTooShort() throws Exception {
        server.start((request, response, callback) -> {
            assertThatThrownBy(() -> Content.Source.asString(request)).isInstanceOf(IOException.class);
            response.write(
                    true,
                    ByteBuffer.wrap(Apps.fcgi(request).data().inputStream().readAllBytes()),
                    callback);
        });
        Peer peer = begin(filter(5, 4))
                .stdin(1, "body")
                .stdinEnd(1)
                .data(1, "file".getBytes())
                .dataEnd(1);

        FcgiResponse response = peer.response(1);
        assertThat(response.ended()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5", "99999999999999999999"})
    @Tag("FCGI-87")
    void refusesWithoutALength(String length) throws Exception {
        server.start(BOTH);
        Peer peer = begin(Pairs.get("/").and("FCGI_DATA_LENGTH", length)).fence();

        assertThat(peer.heardOf(1)).isFalse();
        peer.stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(400);
        assertThat(server.begun()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "99999999999999999999"})
    @Tag("FCGI-87")
    void doesNotNeedATime(String time) throws Exception {
        server.start((request, response, callback) -> {
            assertThat(Apps.fcgi(request).data().lastModified()).isNull();
            callback.succeeded();
        });
        Peer peer = begin(Pairs.get("/").and("FCGI_DATA_LENGTH", "0", "FCGI_DATA_LAST_MOD", time));

        assertThat(peer.stdinEnd(1).dataEnd(1).response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-88")
    void skipsDataOfAResponder() throws Exception {
        server.start(Apps.ECHO);
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 4)).stdin(1, "bo");

        peer.data(1, "file".getBytes()).stdin(1, "dy").dataEnd(1).stdinEnd(1);

        assertThat(peer.response(1)).hasBody("body").isComplete();
    }

    @Test
    @Tag("FCGI-57")
    void refusesDataBeforeTheEndOfStdin() throws Exception {
        server.start(BOTH);
        Peer peer = begin(filter(4, 4))
                .stdin(1, "bo")
                .data(1, "file".getBytes())
                .stdin(1, "dy")
                .stdinEnd(1);

        assertThat(peer.response(1).status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    @Tag("FCGI-83")
    void doesNotWaitForEverForData() throws Exception {
        server.fcgi().setRequestIdleTimeout(Duration.ofMillis(300));
        server.start((request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).data().inputStream().readAllBytes())
                    .isInstanceOf(IOException.class);
            callback.succeeded();
        });

        assertThat(begin(filter(0, 4)).stdinEnd(1).data(1, "f".getBytes()).response(1))
                .hasStatus(200);
    }

    @Test
    @Tag("FCGI-83")
    void doesNotHoldForEver() throws Exception {
        server.fcgi().setRequestIdleTimeout(Duration.ofMillis(300));
        server.start(Apps.text("held"));

        assertThat(begin(filter(4, 4)).response(1)).hasBody("held");
    }

    @Test
    @Tag("FCGI-90")
    void endsTheReadsWhenAborted() throws Exception {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        server.start((request, response, callback) -> {
            try {
                Apps.fcgi(request).data().inputStream().readAllBytes();
                failure.complete(null);
            } catch (IOException e) {
                failure.complete(e);
            }
            callback.succeeded();
        });
        Peer peer = begin(filter(0, 4)).stdinEnd(1).data(1, "f".getBytes());
        Await.until("it runs", () -> server.handling() == 1);

        peer.abort(1);

        assertThat(peer.response(1).ended()).isTrue();
        assertThat(failure.get()).isNotNull();
    }

    @Test
    @Tag("FCGI-89")
    void endsWithoutTheEndOfStdinWhenAbortedAmidParams() throws Exception {
        server.start(Apps.text("not asked"));
        Peer peer = server.connect().begin(1, FILTER, KEEP_CONN).params(1, filter(4, 4));

        assertThat(peer.abort(1).response(1).protocolStatus()).isEqualTo(REQUEST_COMPLETE);
        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasBody("not asked");
    }

    @Test
    @Tag("FCGI-89")
    void endsWithoutTheEndOfStdinWhenAbortedAmidStdin() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Content.Sink.write(response, true, "held", callback);
            answered.countDown();
        });
        Peer peer = begin(filter(4, 4)).stdin(1, "ab");
        Await.latch("answered", answered);

        assertThat(peer.abort(1).response(1).protocolStatus()).isEqualTo(REQUEST_COMPLETE);
        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasBody("held");
    }
}
