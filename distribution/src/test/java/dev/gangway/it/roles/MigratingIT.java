package dev.gangway.it.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Certificates;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application sees the same of its clients before and after its move from Tomcat. */
class MigratingIT {
    private static final String SECRET = "0123456789abcdef";

    private static TempFolder folder;
    private static Path application;
    private static TomcatProcess tomcat;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("migrating");
        application = WebApplication.create(folder.resolve("app"), Environment.EE11)
                .classes("migrating/classes")
                .directory();
        tomcat = TomcatProcess.start(folder, application, SECRET);
    }

    @AfterAll
    static void stop() {
        if (tomcat != null) {
            tomcat.close();
        }
        folder.close();
    }

    @Test
    @Tag("FCGI-124")
    void fromHttpBehindNginx() throws IOException {
        assertToldTheSame("former-http", "tcp", socket -> socket, "http");
    }

    @Test
    @Tag("FCGI-124")
    void fromHttpBehindNginxWithTls() throws Exception {
        assertToldTheSame("former-https", "tls", Certificates.create(folder).client(), "https");
    }

    /** Without a header that says who the client is, or a valve that believes it. */
    private static void assertToldTheSame(String former, String mode, RawHttp.Layer layer, String scheme)
            throws IOException {
        RawHttp.Layer client = from("127.0.0.2", layer);
        RawRequest request = RawRequest.get("/told");

        String before = told(WebServer.NGINX, former, tomcat.placeholders(), client, request);
        String after;
        String forged;
        try (GangwayProcess gangway = GangwayProcess.start(List.of("/=" + application))) {
            after = told(WebServer.NGINX, mode, gangway.placeholders(), client, request);
            forged = told(
                    WebServer.NGINX,
                    mode,
                    gangway.placeholders(),
                    client,
                    request.header("X-Forwarded-For", "192.0.2.7").header("X-Forwarded-Proto", "http"));
        }

        assertThat(before)
                .contains("client=127.0.0.2\n", "url=" + scheme + "://app.example:PORT/told\n")
                .contains("secure=" + scheme.equals("https") + "\n");
        assertThat(after).isEqualTo(before);
        assertThat(forged).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"former-ajp", "former-jk"})
    @Tag("FCGI-128")
    @Tag("FCGI-136")
    void fromAjpBehindHttpd(String former) throws IOException {
        RawRequest request =
                RawRequest.get("/told").header("Authorization", AuthorizerClient.basic("joe", "joes-password"));
        RawHttp.Layer client = from("127.0.0.2", socket -> socket);

        String before = told(WebServer.HTTPD, former, tomcat.placeholders(), client, request);
        String after;
        try (GangwayProcess gangway = GangwayProcess.start(
                List.of("/=" + application),
                "--trust-remote-user",
                "--attributes=GEO_COUNTRY",
                "--secret-file=" + folder.write("secret", SECRET + "\n"))) {
            after = told(WebServer.HTTPD, "attributes", gangway.placeholders(), client, request);
        }

        assertThat(before)
                .contains("client=127.0.0.2\n", "user=joe\n", "type=Basic\n", "country=NL\n", "authorization=Basic ");
        assertThat(after).isEqualTo(before);
    }

    private static String told(
            WebServer webServer, String mode, Map<String, String> backEnd, RawHttp.Layer client, RawRequest request)
            throws IOException {
        Map<String, String> placeholders = new HashMap<>(backEnd);
        placeholders.putAll(IdentityIT.placeholders(folder, "/", "/"));
        placeholders.putAll(Map.of("secret", SECRET, "tls", folder.path().toString()));
        try (RunningServer server = RunningServer.start(webServer, mode, placeholders);
                RawHttp http = new RawHttp(server.port(), client)) {
            RawResponse response = http.exchange(request);
            String text = response.text();
            assertThat(response.status()).as(text).isEqualTo(200);
            return text.replace(":" + server.port(), ":PORT");
        }
    }

    /** A client with another address than the web server. */
    private static RawHttp.Layer from(String address, RawHttp.Layer layer) {
        return socket -> {
            socket.close();
            return layer.over(new Socket(socket.getInetAddress(), socket.getPort(), InetAddress.getByName(address), 0));
        };
    }
}
