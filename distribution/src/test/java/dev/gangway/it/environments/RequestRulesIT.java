package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Body;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The options for suspicious paths, forms and queries, and what cookies are, in every environment behind nginx. */
class RequestRulesIT {
    private static TempFolder folder;
    private static GangwayProcess gangway;
    private static GangwayProcess strict;
    private static RunningServer nginx;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("rules");
        List<String> applications = new ArrayList<>();
        for (Environment environment : Environment.values()) {
            applications.add("/" + environment + "="
                    + WebApplication.create(folder.resolve(environment.toString()), environment)
                            .copy("environments/rules/web.xml", "WEB-INF/web.xml")
                            .classes("environments/rules")
                            .write("guarded/page.jsp", "guarded")
                            .write("guarded/page.txt", "guarded")
                            .write("WEB-INF/page.jsp", "guarded")
                            .directory());
        }
        gangway = GangwayProcess.start(
                applications,
                "--allow-in-paths=encoded-slash,empty-segment,encoded-percent,encoded-backslash",
                "--max-form-bytes=300000",
                "--max-form-keys=100",
                "--query-charset=ISO-8859-1",
                "--authorizer=original");
        strict = GangwayProcess.start(applications, "--allow-in-paths=encoded-slash");
        nginx = RunningServer.start(WebServer.NGINX, "tcp", gangway.placeholders());
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        gangway.close();
        strict.close();
        folder.close();
    }

    private record Answer(int status, String text) {}

    private static Answer ask(RawRequest request) throws IOException {
        try (RawHttp http = new RawHttp(nginx.port())) {
            RawResponse response = http.exchange(request);
            return new Answer(response.status(), response.text());
        }
    }

    private static Answer ask(Environment environment, String path) throws IOException {
        return ask(RawRequest.get("/" + environment + path));
    }

    private static int status(GangwayProcess process, Pairs pairs) {
        try (Peer peer = Peer.connect(process.tcp())) {
            return peer.request(1, 0, pairs, new byte[0]).response(1).status();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-121")
    void allowedPathsAreServedAsTheyAre(Environment environment) throws IOException {
        assertThat(ask(environment, "/told/a%2Fb").text()).contains("uri=/" + environment + "/told/a%2Fb\npath=/a/b\n");
        assertThat(ask(environment, "/told//a").text()).contains("uri=/" + environment + "/told//a\npath=//a\n");
        assertThat(ask(environment, "/told/a%25b").text()).contains("path=/a%b\n");
        assertThat(ask(environment, "/told/a%5Cb").text()).contains("path=/a\\b\n");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-121")
    void onlyTheNamedPathsAreAllowed(Environment environment) {
        String told = "/" + environment + "/told/";

        assertThat(status(strict, Pairs.get(told + "a%2Fb"))).isEqualTo(200);
        for (String path : List.of("/a", "a%25b", "a%5Cb", "a%2Fb//c")) {
            assertThat(status(strict, Pairs.get(told + path))).as(path).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-121")
    void dotSegmentsAreNeverServed(Environment environment) throws IOException {
        for (String path : List.of(
                "/told/a%2F..%2Fb",
                "/told/..%2Fb",
                "/told/%2e%2e%2Fb",
                "/told/a%2F%2e",
                "/told//../told/b",
                "/told/%252e%252e/b",
                "/told/..%5Cb",
                "/told/a%2F..;x%2Fb",
                "/told/%5C%00",
                "/told/%5C%0A")) {
            assertThat(status(gangway, Pairs.get("/" + environment + path)))
                    .as(path)
                    .isEqualTo(400);
            // nginx refuses some of them itself.
            assertThat(ask(environment, path).status()).as(path).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-121")
    void allowedPathsDoNotLeadPastAConstraint(Environment environment) throws IOException {
        assertThat(ask(environment, "/guarded/told").status()).isEqualTo(403);
        for (String path : List.of(
                "//guarded/told",
                "/guarded%2Ftold",
                "/guarded%5Ctold",
                "/guard%2565d/told",
                "//guarded/page.jsp",
                "/guarded%2Fpage.jsp",
                "/guarded%2Fpage.txt",
                "//WEB-INF/page.jsp",
                "/WEB-INF%2Fpage.jsp",
                "/web-inf%5Cpage.jsp")) {
            assertThat(ask(environment, path).status()).as(path).isEqualTo(400);
        }
        assertThat(ask(environment, "/guarded//told").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-121")
    void authorizerIsNotAskedAboutThem(Environment environment) {
        Pairs asked = Pairs.get("/").and("FCGI_ROLE", "AUTHORIZER");

        assertThat(status(gangway, asked.with("REQUEST_URI", "/" + environment + "/told/a")))
                .isEqualTo(200);
        for (String path : List.of("/told/a%2Fb", "/told//a", "/told/a%25b", "/told/a%5Cb")) {
            assertThat(status(gangway, asked.with("REQUEST_URI", "/" + environment + path)))
                    .as(path)
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource
    void formsHaveTheirLimits(Environment environment) throws IOException {
        assertThat(form(environment, "form=" + "x".repeat(290_000)).text()).contains("form=290000\n");
        assertThat(form(environment, "form=" + "x".repeat(300_001)).status()).isEqualTo(400);
        assertThat(form(environment, keys(100)).text()).contains("keys=100\n");
        assertThat(form(environment, keys(101)).status()).isEqualTo(400);
        assertThat(upload(environment, 100).text()).contains("keys=100\n");
        assertThat(upload(environment, 101).status()).isEqualTo(400);
    }

    private static String keys(int number) {
        return IntStream.range(0, number).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining("&"));
    }

    private static Answer form(Environment environment, String form) throws IOException {
        return post(environment, "application/x-www-form-urlencoded", form);
    }

    private static Answer upload(Environment environment, int parts) throws IOException {
        String body = IntStream.range(0, parts)
                .mapToObj(i -> "--b\r\nContent-Disposition: form-data; name=\"k" + i + "\"\r\n\r\nv\r\n")
                .collect(Collectors.joining("", "", "--b--\r\n"));
        return post(environment, "multipart/form-data; boundary=b", body);
    }

    private static Answer post(Environment environment, String type, String body) throws IOException {
        return ask(RawRequest.post("/" + environment + "/told/", Body.of(body.getBytes(StandardCharsets.US_ASCII)))
                .header("Content-Type", type));
    }

    @ParameterizedTest
    @EnumSource
    void queriesHaveTheirCharset(Environment environment) throws IOException {
        assertThat(ask(environment, "/told/?q=caf%E9").text()).contains("q=caf\u00e9\n");
        assertThat(status(strict, Pairs.get("/" + environment + "/told/?q=caf%C3%A9")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void cookiesHaveTheirQuotesFromServlet61On(Environment environment) throws IOException {
        RawRequest request = RawRequest.get("/" + environment + "/told/").header("Cookie", "a=\"v\"; b=x,c=y; d=1");

        String quoted = environment == Environment.EE11 ? "\"v\"" : "v";
        for (int i = 0; i < 2; i++) {
            assertThat(ask(request).text()).contains("cookies=a=" + quoted + " d=1\n");
        }
    }
}
