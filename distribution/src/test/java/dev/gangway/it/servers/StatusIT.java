package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Browser;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code --status} and {@code --status-listen}: what a running server tells, and to whom. */
class StatusIT {
    private static final int THREADS = 8;

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HTTPD"})
    void shownThroughAWebServerInEveryForm(WebServer webServer) throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start(
                        "--ping=/gangway/ping", "--status=/gangway/status", "--status-allow=127.0.0.1");
                RunningServer server = RunningServer.start(webServer, "status", gangway.placeholders())) {
            assertThat(RawHttp.once(server.port(), RawRequest.get("/gangway/ping"))
                            .text())
                    .isEqualTo("pong\n");
            assertThat(RawHttp.once(server.port(), RawRequest.get("/probe/status?code=404"))
                            .status())
                    .isEqualTo(404);

            assertThat(RawHttp.once(server.port(), RawRequest.get("/probe/session"))
                            .status())
                    .isEqualTo(200);

            RawResponse page = RawHttp.once(server.port(), RawRequest.get("/gangway/status"));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.value("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(page.text()).contains("<h2>Applications</h2>", "available", "GET /gangway/status");

            Map<?, ?> json = RawHttp.once(server.port(), RawRequest.get("/gangway/status?json"))
                    .json();
            assertThat(figure(json, "responses", "4xx")).isEqualTo(1);
            assertThat(figure(json, "sessions", "open")).isEqualTo(1);
            assertThat(figure(json, "applications", "available")).isEqualTo(1);
            assertThat(figure(json, "traffic", "received")).isPositive();

            RawResponse metrics = RawHttp.once(
                    server.port(),
                    RawRequest.get("/gangway/status").header("Accept", "application/openmetrics-text;version=1.0.0"));
            assertThat(metrics.value("Content-Type")).startsWith("application/openmetrics-text");
            assertThat(metrics.text())
                    .contains(
                            "gangway_responses_total{status=\"4xx\"} 1.0\n",
                            "gangway_application_up{context=\"/\"} 1.0\n",
                            "gangway_request_duration_seconds_bucket{le=\"60.0\"} ",
                            "jvm_memory_used_bytes{")
                    .endsWith("# EOF\n");
        }
    }

    @Test
    void drawnInABrowser() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start("--status=/gangway/status", "--status-allow=127.0.0.1");
                RunningServer server = RunningServer.start(WebServer.NGINX, "status", gangway.placeholders());
                Browser browser = Browser.start("http://127.0.0.1:" + server.port())) {
            browser.open("/gangway/status");
            String drawn = ".charts:not([hidden]) polyline[points*=',']";
            Await.until("all six lines are drawn", () -> browser.count(drawn) == 6);

            browser.awaitText("#threads figcaption", "in use");
            Await.until("a slow request is seen", () -> {
                waitAWhile(server.port());
                return Double.parseDouble(browser.text("#latency output[data-of=p99]")) > 250;
            });
            assertThat(browser.text("#rate output")).isNotEqualTo("0");
            assertThat(browser.errors()).isEmpty();
        }
    }

    private static void waitAWhile(int port) {
        try {
            RawResponse response = RawHttp.once(port, RawRequest.get("/probe/wait?ms=300&id=slow"));
            assertThat(response.status()).isEqualTo(200);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void notForOtherClientsNorForWhoIsNotNamed() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start(
                        "--status=/gangway/status",
                        "--status-allow=198.51.100.0/24,user:joe",
                        "--trust-remote-user",
                        "--forwarded=127.0.0.1");
                RunningServer server = RunningServer.start(WebServer.NGINX, "status", gangway.placeholders())) {
            RawRequest request = RawRequest.get("/gangway/status");

            RawResponse refusal = RawHttp.once(server.port(), request);
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.text()).isEqualTo("Forbidden\n");
            assertThat(RawHttp.once(server.port(), request.header("X-Forwarded-For", "198.51.100.7"))
                            .status())
                    .isEqualTo(200);
            assertThat(RawHttp.once(server.port(), RawRequest.get("//gangway/status"))
                            .status())
                    .isNotEqualTo(200);

            assertThat(askedBy(gangway, "REMOTE_USER", "joe")).isEqualTo(200);
            assertThat(askedBy(gangway, "REMOTE_USER", "jim")).isEqualTo(403);
            assertThat(askedBy(gangway, "REMOTE_ADDR", "198.51.100.9")).isEqualTo(200);
            assertThat(askedBy(gangway, "REMOTE_ADDR", "")).isEqualTo(403);
            assertThat(askedBy(gangway, "REMOTE_ADDR", "localhost")).isEqualTo(403);
        }
    }

    private static int askedBy(GangwayProcess gangway, String name, String value) {
        try (Peer peer = Peer.connect(gangway.unix())) {
            peer.request(1, 0, Pairs.get("/gangway/status").with(name, value), new byte[0]);
            return peer.response(1).status();
        }
    }

    @Test
    void answersWhileAllThreadsAreBusyAndShowsWhatTheyDo() throws IOException {
        int port = FreePort.find();
        List<Peer> peers = new ArrayList<>();
        try (GangwayProcess gangway =
                GangwayProcess.start("--threads=" + THREADS, "--status-listen=tcp:127.0.0.1:" + port)) {
            for (int i = 0; i < 2 * THREADS; i++) {
                Peer peer = Peer.connect(gangway.unix());
                peers.add(peer);
                peer.get(1, 0, "/probe/wait?ms=600000&id=confidential-" + i);
            }

            Await.until("tasks wait for a thread", () -> figure(json(port), "threads", "queued") > 0);

            Map<?, ?> json = json(port);
            assertThat((Object[]) json.get("requests")).isNotEmpty();
            assertThat(figure(json, "requests", "active")).isGreaterThan(1);
            assertThat(status(port)).contains("/probe/wait").doesNotContain("confidential");
            assertThat(RawHttp.once(port, RawRequest.get("/ping")).text()).isEqualTo("pong\n");
            assertThat(RawHttp.once(port, RawRequest.get("/metrics")).text()).contains("gangway_threads_max 8.0\n");
            assertThat(RawHttp.once(port, RawRequest.get("/")).text()).contains("GET /probe/wait</td>");
            assertThat(RawHttp.once(port, RawRequest.get("/elsewhere")).status())
                    .isEqualTo(404);
            assertThat(RawHttp.once(port, RawRequest.of("DELETE", "/")).status())
                    .isEqualTo(405);
        } finally {
            peers.forEach(Peer::close);
        }
    }

    /** Neither the start nor the memory of a server is to suffer from what nobody has asked for. */
    @Test
    void loadsWhatItNeedsWhenSomebodyAsks() throws IOException {
        Map<String, String> telling = Map.of("GANGWAY_JAVA_OPTS", "-Xlog:class+load");
        List<String> sample = List.of("/=" + Installation.built().sampleWar());
        int port = FreePort.find();
        try (GangwayProcess gangway = GangwayProcess.start(telling, sample, "--ping=/ping")) {
            assertThat(gangway.log())
                    .contains("dev.gangway.servlet.process.Runner")
                    .doesNotContain("dev.gangway.servlet.figures.", "StatusServer", "io.micrometer.");
        }
        try (GangwayProcess gangway = GangwayProcess.start(telling, sample, "--status-listen=tcp:127.0.0.1:" + port)) {
            assertThat(gangway.log()).contains("StatusServer").doesNotContain("io.micrometer.");

            assertThat(RawHttp.once(port, RawRequest.get("/metrics")).status()).isEqualTo(200);

            assertThat(gangway.log()).contains("io.micrometer.");
        }
    }

    private static String status(int port) {
        try {
            return RawHttp.once(port, RawRequest.get("/?json")).text();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<?, ?> json(int port) {
        try {
            return RawHttp.once(port, RawRequest.get("/").header("Accept", "application/json"))
                    .json();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long figure(Map<?, ?> json, String group, String name) {
        Map<?, ?> figures = (Map<?, ?>) json.get("figures");
        return ((Number) ((Map<?, ?>) figures.get(group)).get(name)).longValue();
    }
}
