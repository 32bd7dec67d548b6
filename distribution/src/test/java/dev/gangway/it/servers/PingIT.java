package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code --ping}: what load balancers and web servers make of it. */
class PingIT {
    @ParameterizedTest
    @EnumSource(
            names = {
                "NGINX_UNIX",
                "NGINX_KEEPALIVE",
                "LIGHTTPD_TCP",
                "HTTPD_UNIX",
                "HAPROXY_TCP",
                "CADDY_TCP",
                "H2O_TCP"
            })
    void answersBehindEveryWebServer(Mode mode) throws IOException {
        // It is not one of the requests after which the process ends.
        try (GangwayProcess gangway = GangwayProcess.start("--ping=/gangway/ping", "--max-requests=2");
                RunningServer server =
                        RunningServer.start(mode.server(), mode.configuration(), gangway.placeholders())) {
            for (String target : new String[] {"/gangway/ping", "/gangway/ping?x", "/gangway/ping"}) {
                RawResponse answer = answer(server, RawRequest.get(target));

                assertThat(answer.status()).as(target).isEqualTo(200);
                assertThat(answer.value("Cache-Control")).isEqualTo("no-store");
                assertThat(answer.text()).isEqualTo("pong\n");
            }
            assertThat(answer(server, RawRequest.of("HEAD", "/gangway/ping")).status())
                    .isEqualTo(200);
            assertThat(answer(server, RawRequest.get("/gangway/ping/")).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void haproxyTakesAServerThatStopsFromItsClients() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start("--ping=/ping");
                RunningServer haproxy = RunningServer.start(WebServer.HAPROXY, "ping", gangway.placeholders())) {
            Await.until("the server is up", () -> haproxy.log().contains("gangway/app succeeded"));
            assertThat(answer(haproxy, RawRequest.get("/probe/echo")).status()).isEqualTo(200);

            assertThat(gangway.stop()).isZero();

            Await.until("the server is down", () -> haproxy.log().contains("Server gangway/app is DOWN"));
            assertThat(answer(haproxy, RawRequest.get("/probe/echo")).status()).isEqualTo(503);
        }
    }

    private static RawResponse answer(RunningServer server, RawRequest request) throws IOException {
        return RawHttp.once(server.port(), request);
    }
}
