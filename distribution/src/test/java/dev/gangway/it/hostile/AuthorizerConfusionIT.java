package dev.gangway.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import dev.gangway.it.harness.WithInstalledCopy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However the path of a file is written, a web server that asks {@code --authorizer=container} serves nothing but what
 * was decided about.
 */
@Tag("FCGI-75")
@Tag("FCGI-80")
class AuthorizerConfusionIT extends WithInstalledCopy {
    private static final String SECRET = "for friends only";
    private static final String PUBLIC = "for everybody who asks";
    private static final List<String> METHODS = List.of("HEAD", "POST", "OPTIONS", "TRACE", "PROPFIND", "get");

    private static final String NOBODY = "";
    private static final String FRIEND = "Authorization: Basic am9lOnBhc3N3b3Jk\r\n";
    /** A user who may not do more than anybody. */
    private static final String STRANGER = "Authorization: Basic YW5uOnBhc3N3b3Jk\r\n";

    private static final String FREE = GuardedFile.FOLDER + "/public/file.txt";

    /** Those that ask before they serve a file. */
    private enum GuardedServer {
        LIGHTTPD(WebServer.LIGHTTPD, "authorizer", NOBODY),
        NGINX(WebServer.NGINX, "authorizer", NOBODY),
        /** Serves nothing without a user. */
        AUTHNZ_FCGI(WebServer.HTTPD, "authnz", STRANGER),
        FCGID(WebServer.HTTPD, "authorizers", NOBODY);

        private final WebServer server;
        private final String configuration;
        private final String anybody;

        GuardedServer(WebServer server, String configuration, String anybody) {
            this.server = server;
            this.configuration = configuration;
            this.anybody = anybody;
        }
    }

    private static GangwayProcess gangway;

    @BeforeAll
    static void start() throws IOException {
        folder.write("users.properties", "joe: password, friend\nann: password\n");
        WebApplication.create(folder.resolve("app"), Environment.EE11).copy("hostile/guard.xml", "WEB-INF/web.xml");
        put(FREE, PUBLIC);
        put(GuardedFile.FOLDER + "/public/index.html", PUBLIC);
        put(GuardedFile.FOLDER + "/exact/index/index.html", SECRET);
        for (GuardedFile file : GuardedFile.values()) {
            put(file.path(), SECRET);
            put(file.folder() + "/public/file.txt", PUBLIC);
        }
        gangway = GangwayProcess.start(List.of("/=" + folder.resolve("app")), options());
    }

    private static String[] options() {
        return new String[] {"--authorizer=container", "--users=" + folder.resolve("users.properties")};
    }

    private static void put(String path, String text) throws IOException {
        Path file = folder.resolve("docroot" + path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @AfterAll
    static void stop() {
        gangway.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-121")
    @Tag("FCGI-163")
    void noPathGetsAround(GuardedServer guard) throws IOException {
        try (RunningServer running = RunningServer.start(guard.server, guard.configuration, placeholders())) {
            assertThat(ask(running, "GET", FREE, guard.anybody)).contains(PUBLIC);
            assertNothingGetsAround(running, guard.anybody);
        }
    }

    private static void assertNothingGetsAround(RunningServer running, String anybody) throws IOException {
        List<String> around = new ArrayList<>();
        for (GuardedFile file : GuardedFile.values()) {
            assertThat(ask(running, "GET", file.path(), FRIEND)).contains(SECRET);
            for (String target : file.targets()) {
                if (ask(running, "GET", target, anybody).contains(SECRET)) {
                    around.add("GET " + target);
                }
            }
            for (String method : METHODS) {
                for (String target : List.of(file.path(), file.path() + "/x")) {
                    if (ask(running, method, target, anybody).contains(SECRET)) {
                        around.add(method + " " + target);
                    }
                }
            }
        }
        assertThat(around).isEmpty();
        assertThat(ask(running, "GET", GuardedFile.PREFIX.path(), FRIEND)).contains(SECRET);
    }

    /** Where nginx says which path it is about to serve, that one is decided about. */
    @Test
    void rewritesAndIndexPagesAreDecidedAbout() throws IOException {
        String index = GuardedFile.FOLDER + "/exact/index/";
        String rewritten = "/members/latest";
        try (RunningServer usual = RunningServer.start(WebServer.NGINX, "authorizer", placeholders());
                RunningServer nginx = RunningServer.start(WebServer.NGINX, "rewrite", placeholders())) {
            // As by the application itself, whose constraint is that of the page alone.
            assertThat(ask(usual, "GET", index, NOBODY)).contains(SECRET);
            assertThat(ask(usual, "GET", index + "index.html", NOBODY)).contains(" 401 ");

            assertThat(ask(nginx, "GET", index, NOBODY)).contains(" 401 ");
            assertThat(ask(nginx, "GET", index, FRIEND)).contains(SECRET);
            assertThat(ask(nginx, "GET", rewritten, NOBODY)).contains(" 401 ");
            assertThat(ask(nginx, "GET", rewritten, FRIEND)).contains(SECRET);
            assertThat(ask(nginx, "GET", GuardedFile.FOLDER + "/public/", NOBODY))
                    .contains(PUBLIC);
            assertThat(ask(nginx, "GET", FREE + "?/../x", NOBODY)).contains(PUBLIC);
            assertNothingGetsAround(nginx, NOBODY);
        }
    }

    private static Map<String, String> placeholders() {
        Map<String, String> placeholders = new HashMap<>(gangway.placeholders());
        placeholders.put("docroot", folder.resolve("docroot").toString());
        placeholders.put("app", "/");
        placeholders.put("guarded", "/members/");
        placeholders.put("free", GuardedFile.FOLDER + "/");
        // Not asked for here.
        placeholders.put("staff", "/staff/");
        placeholders.put("passwords", "/dev/null");
        placeholders.put("realm", "house");
        placeholders.put("sockets", folder.resolve("sockets").toString());
        String command = "/usr/bin/env JAVA_HOME=" + System.getProperty("java.home") + " " + installation.command()
                + " run " + folder.resolve("app") + " --context-path / " + String.join(" ", options());
        placeholders.put("command", command);
        placeholders.put("command.trusting", command);
        return placeholders;
    }

    /** All that comes back, be it an answer or not. */
    private static String ask(RunningServer running, String method, String target, String user) throws IOException {
        String body = method.equals("POST") ? "Content-Length: 0\r\n" : "";
        String request = method + " " + target + " HTTP/1.1\r\nHost: " + RawRequest.HOST + "\r\n" + user + body
                + "Connection: close\r\n\r\n";
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
            socket.setSoTimeout((int) Await.DEADLINE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            // A web server may break off at what it does not understand; what it has sent counts.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
