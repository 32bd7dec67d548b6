package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Apache Jackrabbit's WebDAV server behind every web server: methods and headers that only WebDAV has, and targets that
 * have to name the server as the application knows it.
 */
class WebDavIT {
    private static final Path APPLICATIONS = Path.of(System.getProperty("gangway.applications"));
    /** {@code admin:admin}. */
    private static final String ADMIN = "Basic YWRtaW46YWRtaW4=";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static TempFolder folder;
    private static GangwayProcess gangway;

    @BeforeAll
    static void start() throws Exception {
        folder = TempFolder.create("webdav");
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.copy(Path.of("src/test/resources/applications/repository.xml"), home.resolve("repository.xml"));
        gangway = GangwayProcess.start(List.of("/dav=" + APPLICATIONS.resolve("jackrabbit-webapp.war")));
        try (RunningServer nginx = RunningServer.start(WebServer.NGINX, "keepalive", gangway.placeholders())) {
            HttpRequest installation = HttpRequest.newBuilder(uri(nginx, "/dav/admin"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("mode=existing&repository_home=" + home))
                    .build();
            HttpResponse<String> installed = CLIENT.send(installation, BodyHandlers.ofString());

            assertThat(installed.headers().firstValue("Location"))
                    .get()
                    .asString()
                    .endsWith("/bootstrap/success.jsp");
        }
    }

    @AfterAll
    static void stop() {
        int exitCode = gangway.stop();
        gangway.close();
        folder.close();

        assertThat(exitCode).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void filesAreMadeCopiedMovedAndDeleted(WebServer server) throws Exception {
        String mode = server == WebServer.NGINX ? "keepalive" : "tcp";
        try (RunningServer running = RunningServer.start(server, mode, gangway.placeholders())) {
            String folder = "/dav/repository/default/" + server.name().toLowerCase();
            String text = "what is in the file, behind " + server.title();

            assertThat(status(running, "MKCOL", folder)).isEqualTo(201);
            assertThat(send(running, "PUT", folder + "/a%20b.txt", text).statusCode())
                    .isEqualTo(201);
            assertThat(status(
                            running,
                            "COPY",
                            folder + "/a%20b.txt",
                            "Destination",
                            uri(running, folder + "/c.txt").toString()))
                    .isEqualTo(201);
            assertThat(status(
                            running,
                            "MOVE",
                            folder + "/c.txt",
                            "Destination",
                            uri(running, folder + "/d.txt").toString(),
                            "Overwrite",
                            "F"))
                    .isEqualTo(201);
            HttpResponse<String> listing = send(running, "PROPFIND", folder, "", "Depth", "1");
            assertThat(listing.statusCode()).isEqualTo(207);
            assertThat(listing.body())
                    .contains("<D:href>" + uri(running, folder + "/a%20b.txt") + "</D:href>")
                    .contains("<D:href>" + uri(running, folder + "/d.txt") + "</D:href>")
                    .doesNotContain("c.txt");
            assertThat(send(running, "GET", folder + "/d.txt", "").body()).isEqualTo(text);
            assertThat(status(running, "DELETE", folder)).isEqualTo(204);
            assertThat(status(running, "GET", folder + "/d.txt")).isEqualTo(404);
        }
    }

    /** But those of new applications are always open: they are on the class path of the JVM. */
    @Test
    void librariesOfAnEnvironmentAreOpenOnlyIfAnApplicationNeedsThem() throws IOException {
        assertThat(gangway.hasOpen("/lib/ee8/")).isTrue();
        assertThat(gangway.hasOpen("/lib/ee9/")).isFalse();
        assertThat(gangway.hasOpen("/lib/ee10/")).isFalse();
    }

    private static URI uri(RunningServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static int status(RunningServer server, String method, String path, String... headers)
            throws IOException, InterruptedException {
        return send(server, method, path, "", headers).statusCode();
    }

    private static HttpResponse<String> send(
            RunningServer server, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(server, path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Authorization", ADMIN);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
