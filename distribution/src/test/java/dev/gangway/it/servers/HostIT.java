package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Host and port as web servers tell them by the parameter files that Debian ships, and by health checks. */
class HostIT {
    private static GangwayProcess gangway;
    private static RunningServer nginx;

    @BeforeAll
    static void start() {
        gangway = GangwayProcess.start();
        nginx = RunningServer.start(WebServer.NGINX, "host", gangway.placeholders());
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        gangway.close();
    }

    private static Echo echo(String head) throws IOException {
        try (RawHttp http = new RawHttp(nginx.port())) {
            http.send(head + "\r\n");
            return Echo.of(http.receive(RawRequest.get("/")));
        }
    }

    @Test
    @Tag("FCGI-125")
    void hostHasThePortThatNginxLeavesOut() throws IOException {
        String host = "app.example:" + nginx.port();

        Echo echo = echo("GET /probe/echo HTTP/1.1\r\nHost: " + host + "\r\n");

        assertThat(echo.header("Host")).isEqualTo(host);
        assertThat(echo.text("serverName")).isEqualTo("app.example");
        assertThat(echo.number("serverPort")).isEqualTo(nginx.port());
    }

    @Test
    @Tag("FCGI-40")
    void laterParametersOverrideThoseOfTheIncludedFile() throws IOException {
        String host = "twice.example:8443";

        Echo echo = echo("GET /probe/echo HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: mine\r\n");

        assertThat(echo.header("Host")).isEqualTo(host);
        assertThat(echo.number("serverPort")).isEqualTo(8443);
        assertThat(echo.header("Authorization")).isEqualTo("own");
        assertThat(echo.header("Content-Type")).isEqualTo("text/own");
    }

    @Test
    @Tag("FCGI-125")
    void serverNameThatIsAPatternIsNoHost() throws IOException {
        for (String path : new String[] {"/probe/echo", "/plain/"}) {
            Echo echo = echo("GET " + path + " HTTP/1.0\r\n");

            assertThat(echo.text("serverName")).as(path).isEqualTo("127.0.0.1");
            assertThat(echo.number("serverPort")).as(path).isEqualTo(nginx.port());
            assertThat(echo.hasHeader("Host")).as(path).isFalse();
        }
    }

    @Test
    @Tag("FCGI-122")
    void queryNeedNotBeUtf8() throws IOException {
        Echo echo = echo("GET /probe/echo?q=caf\u00e9&r=1 HTTP/1.1\r\nHost: app.example\r\n");

        assertThat(echo.parameter("q")).containsExactly("caf\ufffd");
        assertThat(echo.parameter("r")).containsExactly("1");
    }

    @Test
    @Tag("FCGI-125")
    void healthCheckByAUnixSocketIsServed() {
        try (RunningServer haproxy = RunningServer.start(WebServer.HAPROXY, "check", gangway.placeholders())) {
            Await.until("HAProxy has checked", () -> haproxy.log().contains("Health check"));
            assertThat(haproxy.log()).contains("Layer7 check passed, code: 200").doesNotContain("DOWN", "failed");
        }
    }
}
