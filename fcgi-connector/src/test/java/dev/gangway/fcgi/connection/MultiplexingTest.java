package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.Bytes;
import dev.gangway.fcgi.testing.StoppedClock;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Several requests at once on one connection. */
@ParameterizedClass
@EnumSource(Link.class)
class MultiplexingTest {
    @RegisterExtension
    final FcgiServer server;

    MultiplexingTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-46")
    @Tag("FCGI-100")
    void endsAFastRequestBeforeASlowOne() throws Exception {
        CountDownLatch fastHasEnded = new CountDownLatch(1);
        server.start(Apps.slowUntil(fastHasEnded));
        Peer peer = server.connect().get(1, KEEP_CONN, "/slow").get(2, KEEP_CONN, "/fast");

        assertThat(peer.response(2)).hasBody("/fast").isComplete();
        assertThat(peer.unanswered()).containsExactly(1);
        fastHasEnded.countDown();

        assertThat(peer.response(1)).hasBody("/slow").isComplete();
    }

    @Test
    @Tag("FCGI-46")
    @Tag("FCGI-100")
    void readsOnWhileTheApplicationIsBusyOnceThePeerHasAsked() throws Exception {
        CountDownLatch fastHasEnded = new CountDownLatch(1);
        server.useScheduler(new StoppedClock());
        server.start(Apps.slowUntil(fastHasEnded));
        Peer peer = server.connect();
        peer.getValues("FCGI_MPXS_CONNS").managementAnswer();
        peer.get(1, KEEP_CONN, "/slow");
        Await.until("the application is busy", () -> server.handling() == 1);

        assertThat(peer.get(2, KEEP_CONN, "/fast").response(2)).hasBody("/fast").isComplete();
        fastHasEnded.countDown();

        assertThat(peer.response(1)).hasBody("/slow").isComplete();
    }

    @Test
    @Tag("FCGI-103")
    void writesShortRecordsWhereRequestsShareTheConnection() throws Exception {
        byte[] body = Bytes.random(300_000);
        server.start((request, response, callback) -> response.write(true, ByteBuffer.wrap(body), callback));
        Peer peer = server.connect();
        peer.getValues("FCGI_MPXS_CONNS").managementAnswer();

        FcgiResponse response = peer.get(1, KEEP_CONN, "/").response(1);

        assertThat(response.body()).isEqualTo(body);
        // HAProxy 2.6 crashes on those that do not fit into its buffer.
        assertThat(response.stdoutRecords()).allMatch(content -> content.length <= 8 * 1024);
    }

    @Test
    @Tag("FCGI-100")
    void startsARequestWhileTheFirstOneWaitsForItsBody() throws Exception {
        server.start(Apps.ECHO);
        Peer peer = server.connect().open(1, KEEP_CONN, Pairs.post("/", 4)).stdin(1, "bo");

        for (int i = 0; i < 20; i++) {
            assertThat(peer.post(2, KEEP_CONN, "/", "other".getBytes()).response(2))
                    .hasBody("other")
                    .isComplete();
        }

        assertThat(peer.stdin(1, "dy").stdinEnd(1).response(1)).hasBody("body").isComplete();
    }

    @Test
    @Tag("FCGI-20")
    @Tag("FCGI-100")
    @Tag("FCGI-101")
    void echoesManyInterleavedBodies() throws Exception {
        server.start(Apps.ECHO);
        Peer peer = server.connect();
        Map<Integer, byte[]> bodies = new HashMap<>();
        for (int id = 1; id <= 40; id++) {
            bodies.put(id, Bytes.random(50_000 + 1000 * id));
        }

        CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> interleave(peer, bodies));
        speaking.join();
        for (int id = 1; id <= 40; id++) {
            FcgiResponse response = peer.response(id);

            assertThat(response).hasStatus(200).isComplete();
            assertThat(response.body()).isEqualTo(bodies.get(id));
        }
    }

    /** Says all requests at once, a piece of each in turn, in an order that a seed decides. */
    private static void interleave(Peer peer, Map<Integer, byte[]> bodies) {
        Random random = new Random(1);
        Map<Integer, Integer> said = new HashMap<>();
        while (said.values().stream().filter(length -> length < 0).count() < bodies.size()) {
            int id = 1 + random.nextInt(bodies.size());
            byte[] body = bodies.get(id);
            Integer from = said.get(id);
            if (from == null) {
                peer.open(id, KEEP_CONN, Pairs.post("/" + id, body.length));
                said.put(id, 0);
            } else if (from == body.length) {
                peer.stdinEnd(id);
                said.put(id, -1);
            } else if (from >= 0) {
                int to = Math.min(body.length, from + 1 + random.nextInt(9000));
                peer.stdin(id, Arrays.copyOfRange(body, from, to));
                said.put(id, to);
            }
        }
    }

    @Test
    @Tag("FCGI-20")
    @Tag("FCGI-93")
    @Tag("FCGI-100")
    void survivesAMixOfSlowAndFastRequestsAndAborts() throws Exception {
        server.start((request, response, callback) -> {
            int length = Integer.parseInt(request.getHttpURI().getQuery());
            byte[] body = Bytes.random(length);
            for (int from = 0; from < length; from += 10_000) {
                int to = Math.min(length, from + 10_000);
                Content.Sink.write(response, false, ByteBuffer.wrap(Arrays.copyOfRange(body, from, to)));
            }
            callback.succeeded();
        });
        Peer peer = server.connect();
        Random random = new Random(7);
        int[] lengths = random.ints(300, 1, 200_000).toArray();

        CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> {
            for (int id = 1; id <= lengths.length; id++) {
                peer.get(id, KEEP_CONN, "/?" + lengths[id - 1]);
                if (id % 10 == 0) {
                    peer.abort(id);
                }
            }
        });
        for (int id = 1; id <= lengths.length; id++) {
            FcgiResponse response = peer.response(id);

            if (id % 10 != 0 || response.appStatus() == 0) {
                assertThat(response).hasStatus(200).isComplete();
                assertThat(response.body()).isEqualTo(Bytes.random(lengths[id - 1]));
            }
        }
        speaking.join();
        peer.fence();
    }

    /** HAProxy gives up all requests of a connection on which FCGI_OVERLOADED is said of one. */
    @Test
    @Tag("FCGI-93")
    @Tag("FCGI-97")
    @Tag("FCGI-100")
    @Tag("FCGI-160")
    void refusesOverlappingRequestsPastTheLimitOnly() throws Exception {
        server.fcgi().setMaxRequests(5);
        CountDownLatch end = new CountDownLatch(1);
        server.start((request, response, callback) -> {
            Await.latch("end", end);
            Apps.TARGET.handle(request, response, callback);
        });
        Peer peer = server.connect();
        for (int id = 1; id <= 8; id++) {
            peer.get(id, KEEP_CONN, "/" + id);
        }

        for (int id = 6; id <= 8; id++) {
            assertThat(peer.response(id)).hasStatus(503).endedWith(0, REQUEST_COMPLETE);
        }
        end.countDown();

        for (int id = 1; id <= 5; id++) {
            assertThat(peer.response(id)).hasBody("/" + id).isComplete();
        }
    }
}
