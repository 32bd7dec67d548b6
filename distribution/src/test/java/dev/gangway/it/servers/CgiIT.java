package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.CgiProgram;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.SharedDaemons;
import dev.gangway.it.harness.WebServer;
import dev.gangway.it.harness.WithInstalledCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain CGI at a path of its own, by each client of the daemon. */
class CgiIT extends WithInstalledCopy {
    private static final String MOUNTED = "cgi-mounted";

    @ParameterizedTest
    @CsvSource({"HTTPD,perl", "HTTPD,cgi-fcgi", "LIGHTTPD,perl", "LIGHTTPD,cgi-fcgi"})
    void servesAnApplicationAtItsPath(WebServer server, String client) throws IOException {
        try (CgiProgram program =
                        CgiProgram.print(installation, Map.of("GANGWAY_RELAY", client), "--context-path=/shop");
                RunningServer running = RunningServer.start(server, MOUNTED, program.placeholders())) {
            Site site = new Site(running.port(), Set.of(), 0);

            assertPathIsThatOfTheClient(site);
            assertUploadArrives(site);
            assertStatusAndLocationArrive(site);
            assertSessionHoldsUntilTheDaemonDies(site, program);
            assertDaemonKnowsNothingOfTheRequest(program);
        }
    }

    private static void assertPathIsThatOfTheClient(Site site) throws IOException {
        Echo echo = site.echo(RawRequest.get("/shop/probe/echo/a%20b?x=%20+"));

        assertThat(echo.text("requestURI")).isEqualTo("/shop/probe/echo/a%20b");
        assertThat(echo.text("contextPath")).isEqualTo("/shop");
        assertThat(echo.text("servletPath")).isEqualTo("/probe/echo");
        assertThat(echo.text("pathInfo")).isEqualTo("/a b");
        assertThat(echo.text("queryString")).isEqualTo("x=%20+");
        assertThat(echo.text("remoteAddr")).isEqualTo("127.0.0.1");
    }

    private static void assertUploadArrives(Site site) throws IOException {
        Body file = Body.ofLength(1_000_000);
        Body form = Body.concat(
                Body.of("--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"some.bin\"\r\n\r\n"),
                file,
                Body.of("\r\n--limit--\r\n"));
        RawRequest request =
                RawRequest.post("/shop/upload", form).header("Content-Type", "multipart/form-data; boundary=limit");

        site.exchange(request, response -> assertThat(response.text()).contains(file.sha256()));
    }

    private static void assertStatusAndLocationArrive(Site site) throws IOException {
        site.exchange(RawRequest.get("/shop/probe/status?code=422&body=told"), response -> {
            assertThat(response.status()).isEqualTo(422);
            assertThat(response.text()).isEqualTo("told");
        });
        site.exchange(RawRequest.get("/shop/probe/redirect?to=echo"), response -> {
            assertThat(response.status()).isEqualTo(302);
            assertThat(response.value("Location")).endsWith("echo");
        });
    }

    private static void assertSessionHoldsUntilTheDaemonDies(Site site, CgiProgram program) throws IOException {
        RawRequest session = RawRequest.get("/shop/probe/session");
        site.exchange(session, first -> {
            assertThat(first.value("Set-Cookie")).contains("Path=/shop");
            RawRequest again =
                    session.header("Cookie", first.value("Set-Cookie").split(";")[0]);

            site.exchange(
                    again, second -> assertThat(second.json().get("count")).isEqualTo(2L));
            assertThat(program.daemons().running()).hasSize(1);

            program.daemons().running().forEach(SharedDaemons::kill);
            site.exchange(again, next -> assertThat(next.json().get("count")).isEqualTo(1L));
            assertThat(program.daemons().running()).hasSize(1);
        });
    }

    private static void assertDaemonKnowsNothingOfTheRequest(CgiProgram program) throws IOException {
        long pid = program.daemons().running().get(0).pid();

        assertThat(Files.readString(Path.of("/proc/" + pid + "/environ")))
                .contains("PATH=")
                .doesNotContain("HTTP_HOST", "REQUEST_URI", "GATEWAY_INTERFACE", "REMOTE_ADDR");
    }

    @ParameterizedTest
    @CsvSource({"HTTPD", "LIGHTTPD"})
    void missingApplicationIsAnError(WebServer server) throws IOException {
        Path missing = folder.resolve("missing.war");
        try (CgiProgram program = CgiProgram.print(installation, Map.of(), List.of(missing.toString()));
                RunningServer running = RunningServer.start(server, MOUNTED, program.placeholders())) {
            Site site = new Site(running.port(), Set.of(), 0);

            site.exchange(RawRequest.get("/shop/"), response -> assertThat(response.status())
                    .isEqualTo(503));

            assertThat(running.text("error.log") + running.log()).contains("gangway: there is no " + missing);
        }
    }
}
