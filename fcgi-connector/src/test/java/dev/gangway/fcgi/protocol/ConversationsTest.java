package dev.gangway.fcgi.protocol;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Random but valid conversations of several requests at once, with applications of every kind. */
@ParameterizedClass
@EnumSource(Link.class)
class ConversationsTest {
    private static final int CONVERSATIONS = 60;

    /** What an application does; its name is the path of the request. */
    private enum Kind {
        /** Answers with the body as it comes. */
        ECHO,
        /** The same, with blocking calls on another thread. */
        LATER,
        /** Answers before it reads, and never reads. */
        EARLY,
        /** Reads all, then fails. */
        FAILS,
        /** Reads nothing and answers with a lot. */
        LARGE
    }

    /** One request and how far it has been said. */
    private static final class Saying {
        private final int id;
        private final Kind kind;
        private final byte[] body;
        private final boolean aborted;
        private int said = -1;

        private Saying(int id, Random random) {
            this.id = id;
            this.kind = Kind.values()[random.nextInt(Kind.values().length)];
            this.body = Bytes.random(random.nextInt(4) == 0 ? random.nextInt(300_000) : random.nextInt(300));
            this.aborted = random.nextInt(10) == 0;
        }

        /** Says a bit more; returns whether that was all. */
        private boolean sayMore(Peer peer, Random random) {
            if (said < 0) {
                peer.open(id, KEEP_CONN, Pairs.post("/" + kind, body.length));
                said = 0;
                return false;
            }
            if (aborted && random.nextInt(3) == 0) {
                peer.abort(id);
                return true;
            }
            if (said == body.length) {
                peer.stdinEnd(id);
                return true;
            }
            int to = Math.min(body.length, said + 1 + random.nextInt(40_000));
            peer.stdin(id, Arrays.copyOfRange(body, said, to));
            said = to;
            return false;
        }

        private void check(FcgiResponse response) {
            if (aborted && response.appStatus() != 0) {
                return;
            }
            assertThat(response.protocolStatus()).isEqualTo(REQUEST_COMPLETE);
            switch (kind) {
                case ECHO, LATER -> {
                    assertThat(response).hasStatus(200).isComplete();
                    assertThat(response.body()).isEqualTo(body);
                }
                case EARLY ->
                    assertThat(response).hasStatus(413).hasBody("early").isComplete();
                case FAILS -> assertThat(response).hasStatus(500);
                case LARGE -> {
                    assertThat(response).hasStatus(200).isComplete();
                    assertThat(response.body()).hasSize(500_000);
                }
            }
        }
    }

    @RegisterExtension
    final FcgiServer server;

    ConversationsTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-20")
    @Tag("FCGI-93")
    @Tag("FCGI-94")
    @Tag("FCGI-100")
    @Tag("FCGI-101")
    void answersEveryRequestOnce() throws Exception {
        server.start(ConversationsTest::handle);

        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            Random random = new Random(seed);
            List<Saying> requests = new ArrayList<>();
            for (int id = 1 + random.nextInt(8); id > 0; id--) {
                requests.add(new Saying(id, random));
            }
            Peer peer = server.connect();

            CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> say(peer, requests, random));
            for (Saying request : requests) {
                request.check(peer.response(request.id));
            }
            speaking.join();
            peer.fence();
            peer.close();
        }
    }

    private static void say(Peer peer, List<Saying> requests, Random random) {
        // Each is begun before any may have ended: then the connection is known to be shared, and none is broken off.
        requests.forEach(request -> request.sayMore(peer, random));
        List<Saying> unfinished = new ArrayList<>(requests);
        while (!unfinished.isEmpty()) {
            Saying next = unfinished.get(random.nextInt(unfinished.size()));
            if (next.sayMore(peer, random)) {
                unfinished.remove(next);
            }
        }
    }

    private static void handle(Request request, Response response, Callback callback) throws Exception {
        switch (Kind.valueOf(request.getHttpURI().getPath().substring(1))) {
            case ECHO -> Apps.ECHO.handle(request, response, callback);
            case LATER ->
                request.getComponents().getExecutor().execute(() -> echoBlocking(request, response, callback));
            case EARLY -> {
                response.setStatus(413);
                Content.Sink.write(response, true, "early", callback);
            }
            case FAILS -> {
                Content.Source.consumeAll(request);
                throw new IllegalStateException("expected by the test");
            }
            case LARGE -> {
                for (int i = 0; i < 50; i++) {
                    Content.Sink.write(response, false, ByteBuffer.allocate(10_000));
                }
                callback.succeeded();
            }
        }
    }

    private static void echoBlocking(Request request, Response response, Callback callback) {
        // Unless it is closed the stream keeps a part that it has not handed out.
        try (InputStream in = Content.Source.asInputStream(request)) {
            in.transferTo(Content.Sink.asOutputStream(response));
            callback.succeeded();
        } catch (Throwable e) {
            callback.failed(e);
        }
    }
}
