package dev.gangway.fcgi.request;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.CustomRequestLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that no application sees are in the request log, with the client and what it asked for. */
class RefusedRequestLogTest {
    private static final Pairs ASKED = Pairs.get("/asked?a=1").with("REMOTE_ADDR", "192.0.2.7");

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void hasWhatComesWithoutTheSecret() throws Exception {
        server.fcgi().setSecret("0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        start();

        assertThat(ask(ASKED).response(1)).hasStatus(403);

        awaitLine("192.0.2.7 GET /asked?a=1 403");
    }

    @Test
    void hasWhatIsPastTheLimit() throws Exception {
        server.fcgi().setMaxRequests(1);
        start();
        Peer slow = server.connect().get(1, KEEP_CONN, "/slow");
        Await.until("one is active", () -> server.handling() == 1);

        assertThat(ask(ASKED).response(1)).hasStatus(503);
        assertThat(ask(ASKED.and("HTTP_X_LONG", "x".repeat(10_000))).response(1))
                .hasStatus(503);

        Await.until(
                "both are there",
                () -> lines.stream()
                                .filter("192.0.2.7 GET /asked?a=1 503"::equals)
                                .count()
                        == 2);
        end.countDown();
        slow.response(1);
    }

    @Test
    void hasWhatHasAnotherRole() throws Exception {
        start();

        server.connect().begin(1, 9, KEEP_CONN).params(1, ASKED).paramsEnd(1).response(1);

        Await.until("it is there", () -> !lines.isEmpty());
        assertThat(lines).singleElement().asString().startsWith("192.0.2.7 GET /asked?a=1 ");
    }

    @Test
    void hasWhatIsRejected() throws Exception {
        start();

        assertThat(ask(ASKED.with("HTTP_HOST", "a b")).response(1)).hasStatus(400);

        awaitLine("192.0.2.7 GET /asked?a=1 400");
    }

    private void awaitLine(String line) {
        Await.until(() -> "want " + line + ", got " + lines, () -> lines.equals(List.of(line)));
    }

    private Peer ask(Pairs pairs) {
        return server.connect().request(1, KEEP_CONN, pairs, new byte[0]);
    }

    private void start() throws Exception {
        server.start(Apps.slowUntil(end));
        server.jetty().setRequestLog(new CustomRequestLog(lines::add, "%{client}a %m %U%q %s"));
    }
}
