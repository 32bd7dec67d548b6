package dev.gangway.fcgi.input;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** STDIN as Jetty's asynchronous content, and what handlers may do with their threads. */
@ParameterizedClass
@EnumSource(Link.class)
class ContentReadingTest {
    @RegisterExtension
    final FcgiServer server;

    ContentReadingTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-139")
    void callsBackWhenTheContentIsThereAlready() throws Exception {
        server.start((request, response, callback) -> request.demand(() -> {
            Content.Chunk chunk = request.read();
            response.write(true, chunk.getByteBuffer(), Callback.from(callback, chunk::release));
        }));
        Peer peer = server.connect();

        for (int i = 0; i < 50; i++) {
            FcgiResponse response =
                    peer.post(1, KEEP_CONN, "/", "body".getBytes()).response(1);

            assertThat(response).hasStatus(200).hasBody("body").isComplete();
        }
    }

    @Test
    @Tag("FCGI-139")
    void saysTheEndAgainAndAgain() throws Exception {
        List<Content.Chunk> chunks = new ArrayList<>();
        server.start((request, response, callback) -> {
            Content.Source.consumeAll(request);
            for (int i = 0; i < 3; i++) {
                chunks.add(request.read());
            }
            request.demand(() -> {
                chunks.add(request.read());
                callback.succeeded();
            });
        });

        server.connect().post(1, KEEP_CONN, "/", "body".getBytes()).response(1);

        assertThat(chunks).hasSize(4).allSatisfy(chunk -> {
            assertThat(chunk.isLast()).isTrue();
            assertThat(Content.Chunk.isFailure(chunk)).isFalse();
        });
    }

    @Test
    @Tag("FCGI-68")
    void saysAFailureAgainAndAgain() throws Exception {
        List<Content.Chunk> chunks = new ArrayList<>();
        CountDownLatch sent = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Await.latch("all is sent", sent);
            Content.Chunk chunk = request.read();
            while (!Content.Chunk.isFailure(chunk)) {
                if (chunk != null) {
                    chunk.release();
                }
                chunk = request.read();
            }
            chunks.add(chunk);
            chunks.add(request.read());
            request.demand(() -> {
                chunks.add(request.read());
                callback.succeeded();
            });
        });
        Peer peer = server.connect();

        peer.request(1, KEEP_CONN, Pairs.post("/", 10), "short".getBytes());
        sent.countDown();
        peer.response(1);

        assertThat(chunks).hasSize(3).allMatch(chunk -> Content.Chunk.isFailure(chunk, true));
    }

    @Test
    @Tag("FCGI-55")
    void servesTheNextRequestWhileTheLastHandlerHasNotReturned() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            boolean first = request.getHttpURI().getPath().equals("/first");
            if (!first) {
                second.countDown();
            }
            Apps.TARGET.handle(request, response, callback);
            if (first) {
                Await.latch("the second request", second);
            }
        });
        Peer peer = server.connect();

        assertThat(peer.get(1, KEEP_CONN, "/first").response(1))
                .hasBody("/first")
                .isComplete();
        assertThat(peer.get(1, KEEP_CONN, "/second").response(1))
                .hasBody("/second")
                .isComplete();
    }

    @Test
    @Tag("FCGI-55")
    void servesRequestsThatOtherThreadsAnswer() throws Exception {
        server.start((request, response, callback) -> server.threads().execute(() -> {
            try {
                Apps.ECHO.handle(request, response, callback);
            } catch (Exception e) {
                callback.failed(e);
            }
        }));
        Peer peer = server.connect();

        for (int i = 0; i < 500; i++) {
            byte[] body = ("body " + i).getBytes();
            if (i % 2 == 0) {
                peer.post(1, KEEP_CONN, "/", body);
            } else {
                Script script = new Script().post(1, KEEP_CONN, "/", body);
                peer.sendCut(script, script.bytes().length - 10);
            }
            assertThat(peer.response(1)).hasStatus(200).hasBody("body " + i).isComplete();
        }
    }

    @Test
    @Tag("FCGI-139")
    @Tag("FCGI-162")
    void servesHandlersThatNeverBlock() throws Exception {
        server.start(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                Apps.ECHO.handle(request, response, callback);
                return true;
            }
        });
        byte[] body = Bytes.random(3_000_000);
        Peer peer = server.connect();

        for (int i = 0; i < 300; i++) {
            assertThat(peer.post(1, KEEP_CONN, "/", "small".getBytes()).response(1))
                    .hasBody("small")
                    .isComplete();
        }
        peer.open(1, KEEP_CONN, Pairs.post("/", body.length)).open(2, KEEP_CONN, Pairs.post("/", 4));
        CompletableFuture<Void> speaking = CompletableFuture.runAsync(
                () -> peer.stdin(1, body).stdinEnd(1).stdin(2, "body").stdinEnd(2));
        FcgiResponse large = peer.response(1);
        speaking.join();

        assertThat(large.body()).isEqualTo(body);
        assertThat(peer.response(2)).hasBody("body").isComplete();
    }
}
