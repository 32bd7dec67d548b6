package dev.gangway.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * However the path of a file is written, behind no web server does it get around the security constraint of the file.
 */
class PathConfusionIT {
    private static final String SECRET = "for friends only";
    /** A part of the descriptor, which nobody may read. */
    private static final String DESCRIPTOR = "security-constraint";

    /** For a file of the application; {@code /public} is open to all. */
    static final List<String> TARGETS = Stream.of(
                    Stream.of(
                            "/secret/file.txt",
                            "/public/../secret/file.txt",
                            "/public/%2e%2e/secret/file.txt",
                            "/public/.%2e/secret/file.txt",
                            "/public/%2E%2E%2Fsecret/file.txt",
                            "/public/..%2fsecret/file.txt",
                            "/public/..;/secret/file.txt",
                            "/public/..;x=y/secret/file.txt",
                            "/public;/../secret/file.txt",
                            "/public/;/../../secret/file.txt",
                            "/public/..\\secret\\file.txt",
                            "/public/..%5csecret%5cfile.txt",
                            "/public/%c0%ae%c0%ae/secret/file.txt",
                            "/public/%c0%ae%c0%ae%c0%afsecret/file.txt",
                            "/public/%e0%80%ae%e0%80%ae/secret/file.txt",
                            "/public/%252e%252e/secret/file.txt",
                            "/public/%u002e%u002e/secret/file.txt",
                            "/../secret/file.txt",
                            "/./secret/file.txt",
                            "/%2e/secret/file.txt",
                            "//secret/file.txt",
                            "///secret///file.txt",
                            "/;/secret/file.txt",
                            "/;x/secret/file.txt",
                            "/%2fsecret/file.txt",
                            "/%5csecret/file.txt",
                            "\\secret\\file.txt",
                            "/secret;x/file.txt",
                            "/secret;/file.txt",
                            "/secret/;x/file.txt",
                            "/secret/;/file.txt",
                            "/secret/file.txt;x",
                            "/secret/file.txt;jsessionid=1",
                            "/secret/.;/file.txt",
                            "/secret%2ffile.txt",
                            "/secret%2Ffile.txt",
                            "/secret%5cfile.txt",
                            "/secret\\file.txt",
                            "/secret%3b/file.txt",
                            "/secret/%2e/file.txt",
                            "/secret/x/../file.txt",
                            "/secret//file.txt",
                            "/secret/file.txt/",
                            "/secret/file.txt/.",
                            "/secret/file.txt%00",
                            "/secret/file.txt%00.html",
                            "/secret%00/file.txt",
                            "/%00/../secret/file.txt",
                            "/secret/file.txt%20",
                            "/secret/file.txt.",
                            "/secret/file.txt?/../../public/file.txt",
                            "/secret/file.txt#/public",
                            "/secret/file.txt%23",
                            "/secret/file.txt%3f",
                            "/%73ecret/file.txt",
                            "/%73%65%63%72%65%74/file.txt",
                            "/%2573ecret/file.txt",
                            "/SECRET/file.txt",
                            "/secret./file.txt",
                            "/secret%09/file.txt",
                            "/secret%0d%0a/file.txt",
                            "http://" + RawRequest.HOST + "/secret/file.txt",
                            "http://" + RawRequest.HOST + "/public/../secret/file.txt",
                            "http://" + RawRequest.HOST + "//secret/file.txt"),
                    Stream.of(
                            "/WEB-INF/web.xml",
                            "/web-inf/web.xml",
                            "/WEB-INF/./web.xml",
                            "/WEB-INF;/web.xml",
                            "/WEB-INF;x/web.xml",
                            "/WEB-INF/web.xml;x",
                            "/WEB-INF/web.xml%00",
                            "/WEB-INF%2fweb.xml",
                            "/WEB-INF%5cweb.xml",
                            "/WEB-INF\\web.xml",
                            "/%57EB-INF/web.xml",
                            "/%2e/WEB-INF/web.xml",
                            "/;/WEB-INF/web.xml",
                            "//WEB-INF/web.xml",
                            "/public/../WEB-INF/web.xml",
                            "/public/..;/WEB-INF/web.xml",
                            "/public/%2e%2e/WEB-INF/web.xml",
                            "/public/..%2fWEB-INF/web.xml",
                            "/WEB-INF./web.xml",
                            "/WEB-INF%20/web.xml",
                            "/WEB-INF/../WEB-INF/web.xml"))
            .flatMap(targets -> targets)
            .toList();

    private static TempFolder folder;
    private static Installation installation;
    private static GangwayProcess gangway;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("confusion");
        // mod_fcgid runs as a user who may not read the clone of a developer.
        installation = Installation.copyTo(folder);
        folder.write("users.properties", "joe: password, friend\n");
        WebApplication.create(folder.resolve("app"), Environment.EE11)
                .copy("hostile/web.xml", "WEB-INF/web.xml")
                .write("secret/file.txt", SECRET)
                .write("public/file.txt", "for everybody");
        gangway = GangwayProcess.start(List.of("/=" + folder.resolve("app")), "--users=" + users());
    }

    private static String users() {
        return folder.resolve("users.properties").toString();
    }

    @AfterAll
    static void stop() {
        gangway.close();
        folder.close();
    }

    @TestFactory
    @Tag("FCGI-121")
    @Tag("FCGI-163")
    Stream<DynamicTest> noPathGetsAround() {
        return Stream.of(
                        Map.entry(WebServer.NGINX, "tcp"),
                        Map.entry(WebServer.LIGHTTPD, "tcp"),
                        Map.entry(WebServer.HTTPD, "tcp"),
                        Map.entry(WebServer.HTTPD, "fcgid-shared"),
                        Map.entry(WebServer.HAPROXY, "tcp"),
                        Map.entry(WebServer.CADDY, "tcp"),
                        Map.entry(WebServer.H2O, "tcp"))
                .map(server ->
                        DynamicTest.dynamicTest(server.toString(), () -> confuse(server.getKey(), server.getValue())));
    }

    private static void confuse(WebServer server, String mode) throws IOException {
        Map<String, String> placeholders = new HashMap<>(installation.placeholders());
        placeholders.putAll(gangway.placeholders());
        placeholders.put("war", folder.resolve("app") + " --users " + users());
        try (RunningServer running = RunningServer.start(server, mode, placeholders)) {
            assertThat(get(running, "/public/file.txt")).isEqualTo("for everybody");
            assertThat(get(running, "/secret/file.txt", "Basic am9lOnBhc3N3b3Jk"))
                    .isEqualTo(SECRET);
            for (String target : TARGETS) {
                for (String method : List.of("GET", "POST", "get", "FOO")) {
                    assertThat(answer(running, RawRequest.of(method, target)))
                            .as("%s %s behind %s", method, target, server.title())
                            .doesNotContain(SECRET, DESCRIPTOR);
                }
            }
        }
    }

    private static String get(RunningServer running, String target, String... authorization) throws IOException {
        RawRequest request = RawRequest.get(target);
        for (String value : authorization) {
            request = request.header("Authorization", value);
        }
        try (RawHttp http = new RawHttp(running.port())) {
            return http.exchange(request).text();
        }
    }

    /** Some web servers close the connection at what they do not understand. */
    private static String answer(RunningServer running, RawRequest request) {
        try (RawHttp http = new RawHttp(running.port())) {
            return http.exchange(request).text();
        } catch (IOException e) {
            return "";
        }
    }
}
