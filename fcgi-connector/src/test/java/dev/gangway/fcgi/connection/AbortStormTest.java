package dev.gangway.fcgi.connection;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AbortStormTest {
    private static final int ABORTED = 5_000;
    private static final int THREADS = 10;
    private static final int STEADY = 200;

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    @Test
    @Tag("FCGI-91")
    @Tag("FCGI-163")
    void asksForFewThreadsInVainWhileNoneIsFree() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.threads().setMaxThreads(THREADS);
        server.start(Apps.slowUntil(end));
        // Without a free thread there would be no new connection.
        Peer peer = server.connect().fence();
        List<Peer> slow = new ArrayList<>();
        for (int i = 0; i < 2 * THREADS; i++) {
            slow.add(server.connect().get(1, KEEP_CONN, "/slow"));
        }
        Await.until("no thread is free", () -> server.threads().getQueueSize() > 0);
        Script storm = new Script();
        for (int id = 1; id <= ABORTED; id++) {
            storm.open(id, KEEP_CONN, Pairs.get("/")).abort(id);
        }

        CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> peer.send(storm));
        CompletableFuture<Void> listening = CompletableFuture.runAsync(() -> {
            speaking.join();
            for (int id = 1; id <= ABORTED; id++) {
                peer.response(id);
            }
        });

        assertThat(steadyQueue()).isLessThan(ABORTED / 2);
        end.countDown();
        listening.join();
        for (Peer one : slow) {
            assertThat(one.response(1).status()).isEqualTo(200);
        }
    }

    /** How many wait for a thread when that has not changed for a while. */
    private int steadyQueue() {
        int[] last = {0};
        int[] steady = {0};
        Await.until(() -> "the server has read what it wants; " + server.threads(), () -> {
            int size = server.threads().getQueueSize();
            steady[0] = size == last[0] && size > THREADS * 3 ? steady[0] + 1 : 0;
            last[0] = size;
            return steady[0] > STEADY;
        });
        return last[0];
    }
}
