package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code --slowlog} and {@code --request-timeout}: applications that hang, behind real web servers. */
class SlowLogIT {
    private static final int THREADS = 8;
    private static final long SECOND_NANOS = 1_000_000_000;
    private static final Pattern LINE = Pattern.compile("at .*app\\.Hanging\\.await\\(Hanging\\.java:\\d+\\)");

    private TempFolder folder;
    private Path hanging;
    private Path slowLog;
    private String application;

    @BeforeEach
    void build() throws IOException {
        folder = TempFolder.create("slow");
        hanging = Files.createFile(folder.resolve("hanging"));
        slowLog = folder.resolve("slow.log");
        application = "/="
                + WebApplication.create(folder.resolve("app"), Environment.EE11)
                        .classes("hanging")
                        .directory();
    }

    @AfterEach
    void remove() {
        folder.close();
    }

    @Test
    void namesWhereAllThreadsHangWhileTheStatusAnswersAndTheServerRecovers() throws IOException {
        int status = FreePort.find();
        try (GangwayProcess gangway = GangwayProcess.start(
                        List.of(application),
                        "--threads=" + THREADS,
                        "--slowlog=" + slowLog,
                        "--slow-after=1",
                        "--status-listen=tcp:127.0.0.1:" + status);
                RunningServer nginx = RunningServer.start(WebServer.NGINX, "status", gangway.placeholders())) {
            List<RawHttp> clients = hang(nginx, 2 * THREADS);
            Await.until("tasks wait for a thread", () -> queued(status) > 0);
            // Requests of which nothing has been read yet have not begun.
            Await.until("the slow log has entries", () -> count("slow: ") > 1);

            assertThat(fastest(status, "/ping")).isLessThan(SECOND_NANOS);
            assertThat(fastest(status, "/?json")).isLessThan(SECOND_NANOS);
            assertThat(text(slowLog))
                    .containsPattern(LINE)
                    .containsPattern("slow: fcgi-\\d+ #1 RESPONDER RUNNING, \\d+ ms, GET /hang/file\n  thread gangway-")
                    .contains("\n  REMOTE_ADDR = 127.0.0.1\n", "\n  HTTP_COOKIE = (masked)\n")
                    .doesNotContain("m4rked", "slow request ended");

            Files.delete(hanging);

            for (RawHttp client : clients) {
                RawResponse response = client.receive(request("file"));
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.text()).isEqualTo("let go\n");
                client.close();
            }
            assertThat(RawHttp.once(nginx.port(), request("file")).text()).isEqualTo("let go\n");
            Await.until("the end of each is told", () -> count("slow request ended: ") == count("slow: "));
        }
    }

    @Test
    void endsAllRequestsThatHangAndGetsTheThreadsBack() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start(
                        List.of(application), "--threads=" + THREADS, "--request-timeout=2", "--slow-after=1");
                RunningServer nginx = RunningServer.start(WebServer.NGINX, "status", gangway.placeholders())) {
            List<RawHttp> clients = hang(nginx, 2 * THREADS);

            for (RawHttp client : clients) {
                RawResponse response = client.receive(request("file"));
                assertThat(response.status()).isEqualTo(504);
                assertThat(response.text()).isEqualTo("The request has taken too long.\n");
                client.close();
            }
            assertThat(gangway.log())
                    .contains("request ended with 504, since it takes longer than 2.0 s")
                    .containsPattern(LINE)
                    .containsPattern("slow: fcgi-\\d+ #1 RESPONDER");
            Await.until("the rest is summed up", () -> gangway.log()
                    .contains("more requests ended, since they took longer than they may"));
            Files.delete(hanging);
            assertThat(RawHttp.once(nginx.port(), request("file")).text()).isEqualTo("let go\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX_KEEPALIVE", "LIGHTTPD_TCP", "HTTPD_TCP", "HAPROXY_MULTIPLEXED", "CADDY_TCP"})
    void isToldToTheClientBehindEveryWebServer(Mode mode) throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start(List.of(application), "--request-timeout=1");
                RunningServer server =
                        RunningServer.start(mode.server(), mode.configuration(), gangway.placeholders())) {
            for (String how : List.of("file", "async")) {
                RawResponse response = RawHttp.once(server.port(), request(how));
                assertThat(response.status()).as(how).isEqualTo(504);
            }
            try (RawHttp client = new RawHttp(server.port())) {
                RawResponse begun = client.exchange(request("begun"));
                // A web server that has not sent anything yet may say that the answer was cut off.
                assertThat(begun.status() >= 500
                                || !begun.isComplete()
                                || mode.limits().contains(Limit.BREAK_UNNOTICED))
                        .isTrue();
            } catch (IOException e) {
                assertThat(e).as("cut off before anything was sent").isNotNull();
            }
        }
    }

    @Test
    void isOpenedAnewAfterTheSignal() throws Exception {
        try (GangwayProcess gangway =
                        GangwayProcess.start(List.of(application), "--slowlog=" + slowLog, "--slow-after=1");
                RunningServer nginx = RunningServer.start(WebServer.NGINX, "tcp", gangway.placeholders())) {
            List<RawHttp> clients = hang(nginx, 1);
            Await.until("the slow log has an entry", () -> count("slow: ") == 1);

            Files.move(slowLog, folder.resolve("slow.log.1"));
            new ProcessBuilder("kill", "-HUP", Long.toString(gangway.pid()))
                    .start()
                    .waitFor();
            Await.until("there is a new file", () -> Files.exists(slowLog));
            Files.delete(hanging);

            assertThat(clients.get(0).receive(request("file")).status()).isEqualTo(200);
            Await.until("its end is in the new one", () -> count("slow request ended: ") == 1);
            clients.get(0).close();
        }
    }

    private RawRequest request(String how) {
        return RawRequest.get("/hang/" + how + "?until=" + hanging).header("Cookie", "id=m4rked");
    }

    private List<RawHttp> hang(RunningServer server, int number) throws IOException {
        List<RawHttp> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            RawHttp client = new RawHttp(server.port());
            client.send(request("file"));
            clients.add(client);
        }
        return clients;
    }

    private long count(String text) {
        return text(slowLog).lines().filter(line -> line.contains(text)).count();
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long queued(int port) {
        try {
            Pattern queued = Pattern.compile("gangway_threads_queued ([\\d.]+)");
            return queued.matcher(RawHttp.once(port, RawRequest.get("/metrics")).text())
                    .results()
                    .findFirst()
                    .map(found -> (long) Double.parseDouble(found.group(1)))
                    .orElse(0L);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the shortest time of some, since the machine may have other things to do} */
    private static long fastest(int port, String target) throws IOException {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begin = System.nanoTime();
            assertThat(RawHttp.once(port, RawRequest.get(target)).status()).isEqualTo(200);
            fastest = Math.min(fastest, System.nanoTime() - begin);
        }
        return fastest;
    }
}
