package dev.gangway.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Await;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Level;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import dev.gangway.it.harness.WithInstalledCopy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final String FOLDER = "/members/check";
    private static final String FREE = FOLDER + "/public/file.txt";

    /** What a constraint says of a file. */
    private enum Constraint {
        PREFIX("file.txt"),
        EXACT("file.txt"),
        EXTENSION("file.secret");

        private final String folder = FOLDER + "/" + name().toLowerCase();
        private final String file;

        Constraint(String file) {
            this.file = file;
        }

        String path() {
            return folder + "/secret/" + file;
        }

        /** How the path may be written. */
        Set<String> targets() {
            Set<String> targets = new LinkedHashSet<>();
            for (String target : PathConfusionIT.TARGETS) {
                if (target.contains("file.txt")) {
                    targets.add(below(target).replace("file.txt", file));
                }
            }
            for (String before : BEFORE) {
                targets.add(before + path());
            }
            for (String behind : BEHIND) {
                targets.add(path() + behind);
            }
            for (String way : WAYS) {
                targets.add(FOLDER + way + path().substring(FOLDER.length()));
            }
            targets.add(path().toUpperCase());
            targets.add(path().replace("file", "File"));
            targets.add(path().replace("file", "FILE"));
            return targets;
        }

        private String below(String target) {
            String authority = "http://" + RawRequest.HOST;
            return target.startsWith(authority)
                    ? authority + folder + target.substring(authority.length())
                    : folder + target;
        }
    }

    private static final List<String> BEFORE = List.of(
            "/",
            "//",
            "/.",
            "/..",
            "/;",
            "/;x",
            "/%2e",
            "/%2f",
            "/%5c",
            "\\",
            "/x/..",
            "/x/../..",
            "/x/%2e%2e",
            "/x/..%2f..",
            "/public/file.txt/..",
            "/x;/..",
            "/x%3f/..",
            "/x%23/..",
            "/x%00/..",
            "HTTP://" + RawRequest.HOST,
            "http://" + RawRequest.HOST + "/",
            "http://" + RawRequest.HOST + ":80",
            "http://elsewhere",
            "http://x@" + RawRequest.HOST,
            "http:/",
            "http://",
            "x://y");

    private static final List<String> BEHIND = List.of(
            "/x",
            "/x.html",
            "/",
            "//",
            "/.",
            "/..",
            "/../file.txt",
            "/../public",
            "/x/..",
            "/x/../..",
            "/%2e",
            "/%2e%2e",
            "/;",
            "/;x",
            "/%20",
            "/%00",
            "/%2f",
            "%2f",
            "%2fx",
            "%5c",
            "\\",
            "%",
            "%0",
            "%zz",
            "%3b",
            "%3bx",
            "%3fx",
            "%3f/x",
            "%23x",
            "%23/x",
            "?x",
            "?/x",
            "#x",
            "#/x",
            "/?x",
            "/#x",
            ";x=y",
            ";/x",
            ";x/y",
            ";jsessionid=1/x",
            ";jsessionid=1?x",
            "%0a",
            "%09",
            "%20x",
            "+",
            "~",
            ".html",
            "::$DATA",
            "%c0%af",
            "%e2%80%8b",
            "*",
            "&x");

    /** Between the folder and the file. */
    private static final List<String> WAYS = List.of(
            "//",
            "/./",
            "/.//",
            "//.",
            "/x/..",
            "/x//../..",
            "//..//check",
            "/../check",
            "/../../members/check",
            "/..//check",
            "/%2e%2e/check",
            "/public/..",
            "/public;/..",
            "/public;x=/..",
            "/;/..",
            "/;x/..",
            "/x/;/../..",
            "/;/../x/..",
            "//../check",
            "//../check/x/..",
            "/x%2f..",
            "/x/..%2f",
            "/x/..%2f..",
            "/x/..;/..",
            "/public/file.txt/../..",
            "/public/file.txt;/../..",
            "/public/file.txt?/../..",
            "/public/file.txt%3f/../..",
            "/public/file.txt#/../..",
            "/public/file.txt%23/../..",
            "/public/file.txt%00/../..",
            "/public/file.txt%3b/../..",
            "/%70ublic/..",
            "/%3b/..",
            "/%3f/..",
            "/%23/..",
            "/%25/..",
            "/%2500/..",
            "/%252e%252e/..",
            "/%c0%ae/..",
            "/%ff/..",
            "/ä/..");

    /** Those that ask before they serve a file. */
    private enum Guard {
        LIGHTTPD(WebServer.LIGHTTPD, "authorizer", NOBODY),
        NGINX(WebServer.NGINX, "authorizer", NOBODY),
        /** Serves nothing without a user. */
        AUTHNZ_FCGI(WebServer.HTTPD, "authnz", STRANGER),
        FCGID(WebServer.HTTPD, "authorizers", NOBODY);

        private final WebServer server;
        private final String configuration;
        private final String anybody;

        Guard(WebServer server, String configuration, String anybody) {
            this.server = server;
            this.configuration = configuration;
            this.anybody = anybody;
        }
    }

    private static GangwayProcess gangway;

    @BeforeAll
    static void start() throws IOException {
        folder.write("users.properties", "joe: password, friend\nann: password\n");
        WebApplication.create(folder.resolve("app"), Level.EE11).copy("hostile/guard.xml", "WEB-INF/web.xml");
        put(FREE, PUBLIC);
        put(FOLDER + "/public/index.html", PUBLIC);
        put(FOLDER + "/exact/index/index.html", SECRET);
        for (Constraint constraint : Constraint.values()) {
            put(constraint.path(), SECRET);
            put(constraint.folder + "/public/file.txt", PUBLIC);
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
    void noPathGetsAround(Guard guard) throws IOException {
        try (RunningServer running = RunningServer.start(guard.server, guard.configuration, placeholders())) {
            assertThat(ask(running, "GET", FREE, guard.anybody)).contains(PUBLIC);
            assertNothingGetsAround(running, guard.anybody);
        }
    }

    private static void assertNothingGetsAround(RunningServer running, String anybody) throws IOException {
        List<String> around = new ArrayList<>();
        for (Constraint constraint : Constraint.values()) {
            assertThat(ask(running, "GET", constraint.path(), FRIEND)).contains(SECRET);
            for (String target : constraint.targets()) {
                if (ask(running, "GET", target, anybody).contains(SECRET)) {
                    around.add("GET " + target);
                }
            }
            for (String method : METHODS) {
                for (String target : List.of(constraint.path(), constraint.path() + "/x")) {
                    if (ask(running, method, target, anybody).contains(SECRET)) {
                        around.add(method + " " + target);
                    }
                }
            }
        }
        assertThat(around).isEmpty();
    }

    /** Where nginx says which path it is about to serve, that one is decided about. */
    @Test
    void rewritesAndIndexPagesAreDecidedAbout() throws IOException {
        String index = FOLDER + "/exact/index/";
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
            assertThat(ask(nginx, "GET", FOLDER + "/public/", NOBODY)).contains(PUBLIC);
            assertThat(ask(nginx, "GET", FREE + "?/../x", NOBODY)).contains(PUBLIC);
            assertNothingGetsAround(nginx, NOBODY);
        }
    }

    private static Map<String, String> placeholders() {
        Map<String, String> placeholders = new HashMap<>(gangway.placeholders());
        placeholders.put("docroot", folder.resolve("docroot").toString());
        placeholders.put("app", "/");
        placeholders.put("guarded", "/members/");
        placeholders.put("free", FOLDER + "/");
        placeholders.put("realm", "house");
        placeholders.put("sockets", folder.resolve("sockets").toString());
        placeholders.put(
                "command",
                "/usr/bin/env JAVA_HOME=" + System.getProperty("java.home") + " " + installation.command() + " run "
                        + folder.resolve("app") + " --context-path / " + String.join(" ", options()));
        return placeholders;
    }

    /** All that comes back, be it an answer or not. */
    private static String ask(RunningServer running, String method, String target, String user) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port())) {
            socket.setSoTimeout((int) Await.DEADLINE.toMillis());
            OutputStream out = socket.getOutputStream();
            String body = method.equals("POST") ? "Content-Length: 0\r\n" : "";
            out.write((method + " " + target + " HTTP/1.1\r\nHost: " + RawRequest.HOST + "\r\n" + user + body
                            + "Connection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "";
        }
    }
}
