package dev.gangway.fcgi.input;

import static dev.gangway.conformance.record.FcgiNumbers.DATA;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.STDIN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.connection.FcgiConnection;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import dev.gangway.fcgi.testing.StoppedClock;
import dev.gangway.fcgi.testing.Writer;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Link.class)
class FlowControlTest {
    private static final int MIB = 1024 * 1024;

    @RegisterExtension
    final FcgiServer server;

    FlowControlTest(Link link) {
        server = new FcgiServer(link);
    }

    @ParameterizedTest
    @ValueSource(ints = {STDIN, DATA})
    @Tag("FCGI-84")
    @Tag("FCGI-101")
    void takesNoMoreInputThanTheLimitWhileNobodyReads(int stream) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.fcgi().setMaxBufferedStdinBytes(128 * 1024);
        server.fcgi().setStallTimeout(Duration.ofMinutes(5));
        server.fcgi().setRoles(EnumSet.of(Role.RESPONDER, Role.FILTER));
        server.start((request, response, callback) -> {
            Await.latch("end", end);
            callback.succeeded();
        });
        Peer peer = server.connect();
        if (stream == STDIN) {
            peer.open(1, KEEP_CONN, Pairs.post("/", 100 * MIB));
        } else {
            peer.begin(1, FILTER, KEEP_CONN)
                    .params(1, Pairs.get("/").and("FCGI_DATA_LENGTH", Integer.toString(100 * MIB)))
                    .paramsEnd(1)
                    .stdinEnd(1);
        }
        Await.until("it runs", () -> server.handling() == 1);

        int taken = peer.sendUntilStuck(
                new Script().stream(stream, 1, new byte[100 * MIB]).bytes(), Duration.ofMillis(300));
        end.countDown();

        // What the kernel takes for itself is a few MiB.
        assertThat(taken).isLessThan(30 * MIB);
    }

    @Test
    @Tag("FCGI-101")
    void doesNotLetARequestThatNeverReadsBlockAnother() throws Exception {
        CountDownLatch otherHasEnded = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        server.fcgi().setStallTimeout(Duration.ofMillis(200));
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/needs-the-other")) {
                Await.latch("the other one ends", otherHasEnded);
                try {
                    Content.Source.consumeAll(request);
                } catch (Exception e) {
                    failure.set(e);
                }
            }
            Apps.ECHO.handle(request, response, callback);
        });
        Peer peer = server.connect();
        peer.open(1, KEEP_CONN, Pairs.post("/needs-the-other", 20 * MIB)).open(2, KEEP_CONN, Pairs.post("/", 4));

        CompletableFuture<Void> speaking = CompletableFuture.runAsync(() ->
                peer.stdin(1, new byte[20 * MIB]).stdinEnd(1).stdin(2, "body").stdinEnd(2));
        assertThat(peer.response(2)).hasBody("body").isComplete();
        otherHasEnded.countDown();
        FcgiResponse stalled = peer.response(1);
        speaking.join();

        assertThat(failure.get()).isNotNull();
        assertThat(stalled.id()).isEqualTo(1);
        assertThat(peer.post(1, KEEP_CONN, "/", "next".getBytes()).response(1)).hasBody("next");
    }

    @Test
    @Tag("FCGI-101")
    void readsOnAsSoonAsTheApplicationHasTakenSome() throws Exception {
        int length = 500_000;
        server.useScheduler(new StoppedClock());
        server.fcgi().setMaxBufferedStdinBytes(64 * 1024);
        server.start((request, response, callback) -> {
            FcgiConnection connection =
                    (FcgiConnection) request.getConnectionMetaData().getConnection();
            Await.until("it is full", connection.reading()::isPaused);
            // Without demand, which would have it read as well.
            AtomicInteger taken = new AtomicInteger();
            Await.until("all comes", () -> {
                Content.Chunk chunk = request.read();
                if (chunk != null) {
                    taken.addAndGet(chunk.remaining());
                    chunk.release();
                }
                return taken.get() == length;
            });
            callback.succeeded();
        });
        Peer peer = server.connect();
        peer.getValues("FCGI_MPXS_CONNS").managementAnswer();

        peer.post(1, KEEP_CONN, "/", new byte[length]);

        assertThat(peer.response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-102")
    void slowsAWriterDownToItsReader() throws Exception {
        Writer writer = new Writer();
        int total = 60 * MIB;
        server.start((request, response, callback) -> {
            writer.write(response, total);
            callback.succeeded();
        });
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/").sink(1, OutputStream.nullOutputStream());

        writer.awaitBlocked();
        assertThat(writer.written()).isLessThan(total / 2);

        FcgiResponse response = peer.response(1);
        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.bodyLength()).isEqualTo(total);
    }

    @Test
    @Tag("FCGI-103")
    void answersASmallRequestDuringALargeDownload() throws Exception {
        server.start((request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/small")) {
                Content.Sink.write(response, true, "small", callback);
                return;
            }
            new Writer().write(response, 200L * MIB);
            callback.succeeded();
        });
        Peer peer = server.connect(64 * 1024).get(1, KEEP_CONN, "/large").sink(1, OutputStream.nullOutputStream());
        peer.responseWhen(1, response -> response.bodyLength() > 0);

        for (int id = 2; id <= 4; id++) {
            long before = peer.responseWhen(1, response -> true).bodyLength();
            assertThat(peer.get(id, KEEP_CONN, "/small").response(id))
                    .hasBody("small")
                    .isComplete();
            long meanwhile = peer.responseWhen(1, response -> true).bodyLength() - before;
            assertThat(meanwhile).isLessThan(40L * MIB);
        }

        assertThat(peer.response(1)).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-102")
    void completesAnAsynchronousWriteWhenItsBytesAreTaken() throws Exception {
        AtomicReference<String> state = new AtomicReference<>("idle");
        byte[] body = Bytes.random(40 * MIB);
        server.start((request, response, callback) -> {
            state.set("writing");
            response.write(true, ByteBuffer.wrap(body), Callback.from(() -> state.set("written"), callback));
        });
        Peer peer = server.connect(4096).get(1, KEEP_CONN, "/");
        peer.responseWhen(1, FcgiResponse::hasHeader);

        assertThat(state.get()).isEqualTo("writing");
        FcgiResponse response = peer.response(1);

        assertThat(response.body()).isEqualTo(body);
        assertThat(response).isComplete();
        Await.until("the write completes", () -> state.get().equals("written"));
    }
}
