package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Gangway ends connections that web servers keep, and no response suffers. HAProxy 2.6 has crashed on that. */
class KeptConnectionsIT {
    private static final int CLIENTS = 16;
    private static final int REQUESTS = 12;
    private static final int LENGTH = 200_000;

    @ParameterizedTest
    @EnumSource(names = {"NGINX_KEEPALIVE", "HAPROXY_TCP", "HAPROXY_MULTIPLEXED"})
    @Tag("FCGI-55")
    @Tag("FCGI-160")
    void areEndedWithoutHarm(Mode mode) {
        try (GangwayProcess gangway = GangwayProcess.start("--max-requests-per-connection=5");
                RunningServer server =
                        RunningServer.start(mode.server(), mode.configuration(), gangway.placeholders())) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.runAsync(
                        () -> askAgainAndAgain(server.port()), task -> new Thread(task).start()));
            }
            clients.forEach(CompletableFuture::join);
        }
    }

    private static void askAgainAndAgain(int port) {
        RawRequest request = RawRequest.get("/probe/bytes?length=false&n=" + LENGTH);
        for (int i = 0; i < REQUESTS; i++) {
            // HAProxy lets a client on a kept connection ask again, so there it is a connection for each.
            try (RawHttp http = new RawHttp(port)) {
                assertThat(http.exchange(request).bytes()).hasSize(LENGTH);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
