package dev.gangway.fcgi.incident;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.fcgi.incident.ActiveRequest.Phase;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees of requests while they last. */
class ActiveRequestTest {
    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    @Test
    void showsEachRequestUntilItsEndAndNothingConfidential() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.start(Apps.slowUntil(end));
        Peer peer = server.connect();
        peer.get(1, KEEP_CONN, "/slow?password=secret");
        Await.until("the application runs", () -> server.handling() == 1);
        Peer other = server.connect();
        other.begin(7, RESPONDER, KEEP_CONN).params(7, "REQUEST_METHOD", "GET");
        Await.until("both have begun", () -> requests().size() == 2);

        List<ActiveRequest> requests = requests();

        ActiveRequest running = requests.get(0);
        assertThat(running.id()).isEqualTo(1);
        assertThat(running.role()).isEqualTo(Role.RESPONDER);
        assertThat(running.phase()).isEqualTo(Phase.RUNNING);
        assertThat(running.ageNanos()).isPositive();
        assertThat(running.method()).isEqualTo("GET");
        assertThat(running.path()).isEqualTo("/slow");
        assertThat(running.toString()).matches("#1 RESPONDER RUNNING, \\d+ ms, GET /slow");
        ActiveRequest receiving = requests.get(1);
        assertThat(receiving.id()).isEqualTo(7);
        assertThat(receiving.phase()).isEqualTo(Phase.RECEIVING);
        assertThat(receiving.path()).isNull();
        assertThat(receiving.connection()).isNotEqualTo(running.connection());

        end.countDown();
        peer.response(1);
        other.abort(7).response(7);
        Await.until("none is left", () -> requests().isEmpty());
    }

    private List<ActiveRequest> requests() {
        return server.factory().listActiveRequests();
    }
}
