package dev.gangway.fcgi.incident;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.FcgiRequest.Param;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.eclipse.jetty.util.VirtualThreads;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who watches for slow requests. */
class SlowRequestsTest {
    private static final String SECRET = "0123456789abcdef";

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final Watcher watcher = new Watcher();
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void isToldOnceOfWhatHangsWhereAndHowLongItTook() throws Exception {
        server.fcgi().setSecret(SECRET.getBytes(StandardCharsets.UTF_8));
        start(Apps.slowUntil(end));
        Peer peer = server.connect();
        peer.request(
                1,
                KEEP_CONN,
                Pairs.get("/slow?api_key=m4rked&page=2")
                        .and("HTTP_COOKIE", "id=m4rked", "HTTP_AUTHORIZATION", "m4rked", "HTTP_X_AUTH_TOKEN", "m4rked")
                        .and("HTTP_PROXY_AUTHORIZATION", "m4rked", "GANGWAY_SECRET", SECRET, "COPY", SECRET)
                        .and("HTTP_USER_AGENT", "curl"),
                new byte[0]);
        Await.until("it is slow", () -> watcher.slow.size() == 1);

        SlowRequest slow = watcher.slow.get(0);
        assertThat(slow.request().path()).isEqualTo("/slow");
        assertThat(slow.request().ageNanos())
                .isGreaterThan(Duration.ofMillis(100).toNanos());
        assertThat(slow.thread().state()).isIn(Thread.State.WAITING, Thread.State.TIMED_WAITING);
        assertThat(slow.thread().stack()).anyMatch(call -> call.getClassName().equals(Await.class.getName()));
        assertThat(slow.thread().place()).startsWith(Await.class.getName());
        assertThat(slow.params())
                .contains(
                        new Param("HTTP_USER_AGENT", "curl"),
                        new Param("HTTP_COOKIE", "(masked)"),
                        new Param("GANGWAY_SECRET", "(masked)"),
                        new Param("COPY", "(masked)"),
                        new Param("REQUEST_URI", "/slow?api_key=(masked)&page=2"));
        assertThat(slow.toString()).doesNotContain("m4rked", SECRET);
        assertThat(watcher.ended).isEmpty();

        end.countDown();
        peer.response(1);

        Await.until("its end is told", () -> watcher.ended.size() == 1);
        assertThat(watcher.ended.get(0).ageNanos()).isGreaterThan(slow.request().ageNanos());
        assertThat(watcher.slow).hasSize(1);
    }

    @Test
    void isNotToldOfWhatIsQuick() throws Exception {
        start(Apps.TARGET);
        Peer peer = server.connect();

        for (int i = 0; i < 10; i++) {
            peer.get(1, KEEP_CONN, "/").response(1);
        }
        server.awaitNoRequest();

        assertThat(watcher.slow).isEmpty();
        assertThat(watcher.ended).isEmpty();
    }

    /** A client that does not wait any longer makes the web server close the connection. */
    @Test
    void isToldOfWhatRunsThoughTheWebServerHasGone() throws Exception {
        server.start(Apps.slowUntil(end));
        server.factory().watchSlowRequests(Duration.ofMillis(500), watcher);
        Peer peer = server.connect().get(1, KEEP_CONN, "/slow");
        Await.until("the application runs", () -> server.handling() == 1);

        peer.close();
        server.awaitNoConnection();

        Await.until("it is slow", () -> watcher.slow.size() == 1);
        assertThat(watcher.slow.get(0).thread().place()).startsWith(Await.class.getName());
        end.countDown();
        Await.until("its end is told", () -> watcher.ended.size() == 1);
    }

    @Test
    void isToldOfWhatWaitsAsynchronouslyWithoutAThread() throws Exception {
        List<Runnable> completions = new CopyOnWriteArrayList<>();
        start((request, response, callback) -> completions.add(callback::succeeded));
        Peer peer = server.connect().get(1, KEEP_CONN, "/later");
        Await.until("it is slow", () -> watcher.slow.size() == 1);

        assertThat(watcher.slow.get(0).thread()).isNull();

        completions.get(0).run();
        peer.response(1);
        Await.until("its end is told", () -> watcher.ended.size() == 1);
    }

    @Test
    void isToldWhatAVirtualThreadDoes() throws Exception {
        Executor virtual = VirtualThreads.getDefaultVirtualThreadsExecutor();
        Assumptions.assumeTrue(virtual != null, "this Java has no virtual threads");
        server.threads().setVirtualThreadsExecutor(virtual);
        start(Apps.slowUntil(end));
        Peer peer = server.connect().get(1, KEEP_CONN, "/slow");
        Await.until("it is slow", () -> watcher.slow.size() == 1);

        assertThat(watcher.slow.get(0).thread().name()).isNotEmpty();
        assertThat(watcher.slow.get(0).thread().place()).startsWith(Await.class.getName());

        end.countDown();
        peer.response(1);
    }

    private void start(FcgiServer.App app) throws Exception {
        server.start(app);
        server.factory().watchSlowRequests(Duration.ofMillis(100), watcher);
    }

    private static final class Watcher implements SlowRequests {
        private final List<SlowRequest> slow = new CopyOnWriteArrayList<>();
        private final List<ActiveRequest> ended = new CopyOnWriteArrayList<>();

        @Override
        public void onSlow(SlowRequest request) {
            slow.add(request);
        }

        @Override
        public void onEnd(ActiveRequest request) {
            ended.add(request);
        }
    }
}
