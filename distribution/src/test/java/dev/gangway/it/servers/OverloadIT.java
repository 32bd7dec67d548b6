package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A refusal looks like one behind every web server: several take an answer without content for a success. */
class OverloadIT {
    private static GangwayProcess gangway;

    @BeforeAll
    static void startGangway() {
        gangway = GangwayProcess.start("--max-requests-at-once=1");
    }

    @AfterAll
    static void stopGangway() {
        gangway.close();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "NGINX_TCP",
                "NGINX_KEEPALIVE",
                "LIGHTTPD_TCP",
                "HTTPD_TCP",
                "HTTPD_REUSE",
                "HAPROXY_TCP",
                "HAPROXY_MULTIPLEXED",
                "CADDY_TCP",
                "H2O_TCP"
            })
    @Tag("FCGI-97")
    @Tag("FCGI-98")
    void refusalArrivesAsServiceUnavailable(Mode mode) throws IOException {
        RawRequest slow = RawRequest.get("/probe/async?ms=2000");
        List<RawHttp> clients = new ArrayList<>();
        try (RunningServer server = RunningServer.start(mode.server(), mode.configuration(), gangway.placeholders())) {
            for (int i = 0; i < 4; i++) {
                RawHttp client = new RawHttp(server.port());
                clients.add(client);
                client.send(slow);
            }

            List<Integer> statuses = new ArrayList<>();
            for (RawHttp client : clients) {
                statuses.add(client.receive(slow).status());
            }

            // One was there first; it must not suffer from the others.
            assertThat(statuses).containsOnlyOnce(200).contains(503).containsOnly(200, 503);
        } finally {
            for (RawHttp client : clients) {
                client.close();
            }
        }
    }
}
