package dev.gangway.fcgi.incident;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiNumbers;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.AllowedPeers;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import dev.gangway.fcgi.testing.LogCapture;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class RateLimitedLogTest {
    private static final int MANY = 20;

    @RegisterExtension
    final LogCapture log = new LogCapture();

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final Later later = new Later();
    private final RateLimitedLog limited =
            new RateLimitedLog(LoggerFactory.getLogger(RateLimitedLogTest.class), "such things", () -> later);

    @Test
    void logsAFewAndThenHowManyMore() {
        for (int i = 1; i <= 1000; i++) {
            limited.warn("thing {}", i);
        }

        assertThat(log.text().lines()).hasSize(3);
        assertThat(later.tasks).hasSize(1);
        later.run();
        assertThat(log.text()).as("it has not been looked whether it is calm").doesNotContain("more");
        later.run();

        assertThat(log.text())
                .contains("thing 1\n", "thing 2\n", "thing 3\n", "997 more such things")
                .doesNotContain("thing 4\n");
        assertThat(limited.count()).isEqualTo(1000);
        assertThat(later.tasks).isEmpty();
    }

    @Test
    void saysNothingOfNone() {
        limited.warn("one");
        limited.warn("two");
        limited.warn("three");

        assertThat(later.tasks).isEmpty();
        limited.sumUp();
        assertThat(log.text().lines()).hasSize(3);
    }

    @Test
    void waitsForTheCalm() {
        for (int i = 1; i <= 10; i++) {
            limited.warn("thing {}", i);
        }
        later.run();
        limited.warn("thing 11");
        later.run();
        assertThat(log.text()).doesNotContain("more");
        later.run();

        assertThat(log.text()).contains("8 more such things");
    }

    @Test
    void saysTheRestAtTheEnd() {
        for (int i = 1; i <= 5; i++) {
            limited.warn("thing {}", i);
        }

        limited.sumUp();
        later.run();

        assertThat(log.text().lines().filter(line -> line.contains("more"))).hasSize(1);
        assertThat(log.text()).contains("2 more such things");
    }

    @Test
    @Tag("FCGI-9")
    @Tag("FCGI-163")
    void keepsPeersThatMayNotConnectFromFillingTheLog() throws Exception {
        server.fcgi().setAllowedPeers(AllowedPeers.of(List.of("192.0.2.1")));
        server.start(Apps.TARGET);

        for (int i = 0; i < 100; i++) {
            server.connect().expectClosed();
        }
        server.jetty().stop();

        assertThat(log.text().lines().filter(line -> line.contains("is not an allowed peer")))
                .hasSize(3);
        assertThat(log.text()).contains("97 more connections refused, of peers that are not allowed");
        assertThat(server.factory().getForeignPeers()).isEqualTo(100);
    }

    @Test
    @Tag("FCGI-159")
    @Tag("FCGI-163")
    void keepsAnyPeerFromFillingTheLog() throws Exception {
        server.fcgi().setSecret("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        server.start(Apps.TARGET);
        Pairs good = Pairs.get("/").and("GANGWAY_SECRET", "0123456789abcdef");

        for (int i = 0; i < 50; i++) {
            Peer peer = server.connect();
            peer.get(1, FcgiNumbers.KEEP_CONN, "/").response(1);
            peer.request(1, FcgiNumbers.KEEP_CONN, good.with("HTTP_HOST", "a b"), new byte[0])
                    .response(1);
            peer.begin(1, 9, FcgiNumbers.KEEP_CONN).paramsEnd(1).response(1);
            peer.raw("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8)).expectClosed();
        }
        server.jetty().stop();

        assertThat(log.text().lines().filter(line -> line.contains("Incidents")))
                .hasSize(4 * 4);
        assertThat(server.factory().getRequestsWithoutSecret()).isEqualTo(50);
        assertThat(server.factory().getBadRequests()).isEqualTo(50);
        assertThat(server.factory().getRequestsOfOtherRoles()).isEqualTo(50);
        assertThat(server.factory().getConnectionErrors()).isEqualTo(50);
    }

    @Test
    void keepsCertificatesThatCannotBeReadFromFillingTheLog() throws Exception {
        server.start((request, response, callback) -> {
            ((EndPoint.SslSessionData) request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE)).peerCertificates();
            callback.succeeded();
        });
        Pairs pairs = Pairs.get("/").and("HTTPS", "on", "SSL_CLIENT_VERIFY", "SUCCESS", "SSL_CLIENT_CERT", "rubbish");
        Peer peer = server.connect();

        for (int i = 0; i < MANY; i++) {
            peer.request(1, FcgiNumbers.KEEP_CONN, pairs, new byte[0]).response(1);
        }
        server.jetty().stop();

        assertLimited("certificate cannot be read", "client certificates left out, since they cannot be read");
        assertThat(server.factory().getUnreadableCertificates()).isEqualTo(MANY);
    }

    @Test
    void keepsOverloadFromFillingTheLog() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.fcgi().setMaxRequests(1);
        server.start(Apps.slowUntil(end));
        Peer slow = server.connect().get(1, FcgiNumbers.KEEP_CONN, "/slow");
        Await.until("one is active", () -> server.handling() == 1);
        Peer peer = server.connect();

        for (int i = 0; i < MANY; i++) {
            peer.get(1, FcgiNumbers.KEEP_CONN, "/").response(1);
        }
        end.countDown();
        slow.response(1);
        server.jetty().stop();

        assertLimited("as many as may be are active", "requests refused, since too many are active");
    }

    @Test
    void keepsConnectionsPastTheLimitFromFillingTheLog() throws Exception {
        server.fcgi().setMaxConnections(1);
        server.start(Apps.TARGET);
        Peer first = server.connect();
        first.get(1, FcgiNumbers.KEEP_CONN, "/").response(1);

        for (int i = 0; i < MANY; i++) {
            server.connect().expectClosed();
        }
        first.close();
        server.jetty().stop();

        assertLimited("connection refused: 1 are open", "connections refused, since too many are open");
    }

    @Test
    void keepsRequestsThatTakeTooLongFromFillingTheLog() throws Exception {
        server.fcgi().setRequestTimeout(Duration.ofMillis(1));
        server.start((request, response, callback) -> request.addFailureListener(callback::failed));
        Peer peer = server.connect();

        for (int id = 1; id <= MANY; id++) {
            peer.get(id, FcgiNumbers.KEEP_CONN, "/");
        }
        for (int id = 1; id <= MANY; id++) {
            peer.response(id);
        }
        server.awaitNoRequest();
        server.jetty().stop();

        assertLimited("request ended with 504", "requests ended, since they took longer than they may");
    }

    private void assertLimited(String line, String kind) {
        assertThat(log.text().lines().filter(logged -> logged.contains(line))).hasSize(3);
        assertThat(log.text()).contains((MANY - 3) + " more " + kind);
    }

    /** What is to be done later is done when the test says so. */
    private static final class Later extends AbstractLifeCycle implements Scheduler {
        private final List<Runnable> tasks = new ArrayList<>();

        @Override
        public Task schedule(Runnable task, long delay, TimeUnit units) {
            tasks.add(task);
            return () -> tasks.remove(task);
        }

        void run() {
            List<Runnable> due = List.copyOf(tasks);
            tasks.clear();
            due.forEach(Runnable::run);
        }
    }
}
