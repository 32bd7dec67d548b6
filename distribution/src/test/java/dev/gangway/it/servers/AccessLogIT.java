package dev.gangway.it.servers;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.util.ajax.JSON;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code --access-log} and {@code --access-log-format}: what is written of requests through web servers. */
class AccessLogIT {
    private static final RawRequest REQUEST = RawRequest.get("/probe/status?body=hello")
            .header("User-Agent", "a \"b\"")
            .header("Referer", "http://r.example/");

    private final TempFolder folder = TempFolder.create("access");
    private final Path log = folder.resolve("access.log");

    @AfterEach
    void remove() {
        folder.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "HTTPD"})
    void isCombinedUnlessAskedFor(WebServer webServer) throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start("--access-log=" + log);
                RunningServer server = RunningServer.start(webServer, "tcp", gangway.placeholders())) {
            assertThat(RawHttp.once(server.port(), REQUEST).status()).isEqualTo(200);

            assertThat(line(0))
                    .matches("127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000]"
                            + " \"GET /probe/status\\?body=hello HTTP/1\\.1\" 200 5"
                            + " \"http://r\\.example/\" \"a \\\\\"b\\\\\"\"");
        }
    }

    @Test
    void isJsonIfAskedForAlsoOfWhatNoApplicationSees() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start("--access-log=" + log, "--access-log-format=json");
                RunningServer server = RunningServer.start(WebServer.NGINX, "tcp", gangway.placeholders());
                Peer peer = Peer.connect(gangway.unix())) {
            assertThat(RawHttp.once(server.port(), REQUEST).status()).isEqualTo(200);

            Map<?, ?> served = json(0);
            assertThat(served.get("client")).isEqualTo("127.0.0.1");
            assertThat(served.get("role")).isEqualTo("RESPONDER");
            assertThat((String) served.get("id")).matches("fcgi-\\d+#1");
            assertThat(served.get("target")).isEqualTo("/probe/status?body=hello");
            assertThat(served.get("agent")).isEqualTo("a \"b\"");
            assertThat(served.get("status")).isEqualTo(200L);
            assertThat(served.get("bytes")).isEqualTo(5L);
            assertThat((Long) served.get("micros")).isPositive();

            Pairs asked = Pairs.get("/asked").with("REMOTE_ADDR", "192.0.2.7");
            peer.request(1, KEEP_CONN, asked.with("HTTP_HOST", "a b"), new byte[0])
                    .response(1);
            peer.begin(2, 9, KEEP_CONN).params(2, asked).paramsEnd(2).response(2);

            for (int rejected = 1; rejected <= 2; rejected++) {
                assertThat(json(rejected).get("client")).isEqualTo("192.0.2.7");
                assertThat(json(rejected).get("target")).isEqualTo("/asked");
                assertThat((Long) json(rejected).get("status")).isGreaterThanOrEqualTo(400);
            }
        }
    }

    @Test
    void hasWhatIsAskedForByCodes() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start(
                        "--access-log=stdout",
                        "--access-log-format=told %{fcgi.role}attr %{fcgi.id}attr %{fcgi.param.SERVER_SOFTWARE}attr %s %D");
                RunningServer server = RunningServer.start(WebServer.NGINX, "tcp", gangway.placeholders())) {
            assertThat(RawHttp.once(server.port(), REQUEST).status()).isEqualTo(200);

            Await.until("the line is there", () -> gangway.log().contains("\ntold "));
            assertThat(gangway.log()).containsPattern("\ntold RESPONDER fcgi-\\d+#1 nginx/[\\d.]+ 200 \\d+\n");
        }
    }

    private Map<?, ?> json(int index) {
        return (Map<?, ?>) new JSON().fromJSON(line(index));
    }

    private String line(int index) {
        Await.until("the line is there", () -> lines().size() > index);
        return lines().get(index);
    }

    private List<String> lines() {
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
