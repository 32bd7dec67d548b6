package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same application for each environment, all of them in one process behind nginx. */
class EnvironmentsIT {
    private static TempFolder folder;
    private static Behind site;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("environments");
        List<String> applications = new ArrayList<>();
        for (Environment environment : Environment.values()) {
            applications.add("/" + environment + "=" + application(environment));
        }
        applications.add("/old=" + oldApplication());
        applications.add("/migrated=" + migratedApplication());
        site = Behind.nginx(applications);
    }

    /** Some packed, some not. */
    private static Path application(Environment environment) throws IOException {
        WebApplication application = WebApplication.create(folder.resolve(environment + "-directory"), environment);
        application
                .copy("environments/web/web.xml", "WEB-INF/web.xml")
                .copy("environments/web/tags.jsp", "tags.jsp")
                .copy("environments/web/error.jsp", "error.jsp")
                .write("static.txt", "static")
                .classes("environments/classes")
                .library("environments/bundled", Map.of())
                .library(
                        "environments/fragment",
                        Map.of(
                                "META-INF/web-fragment.xml",
                                application.text("environments/fragment/web-fragment.xml"),
                                "META-INF/resources/resource.txt",
                                "resource",
                                "META-INF/services/"
                                        + environment.placeholders().get("namespace")
                                        + ".servlet.ServletContainerInitializer",
                                "fragment.Initializer"));
        return environment.ordinal() % 2 == 0
                ? application.pack(folder.resolve(environment + ".war"))
                : application.directory();
    }

    private static Path oldApplication() throws IOException {
        return WebApplication.create(folder.resolve("old-directory"), Environment.EE8)
                .copy("environments/old/web.xml", "WEB-INF/web.xml")
                .copy("environments/old/old.tld", "WEB-INF/old.tld")
                .copy("environments/old/index.jsp", "index.jsp")
                .classes("environments/old")
                .pack(folder.resolve("old.war"));
    }

    /** Its classes are of EE 11, its descriptor has been forgotten. */
    private static Path migratedApplication() throws IOException {
        WebApplication before = WebApplication.create(folder.resolve("before"), Environment.EE8);
        return WebApplication.create(folder.resolve("migrated"), Environment.EE11)
                .write("WEB-INF/web.xml", before.text("environments/web/web.xml"))
                .classes("environments/classes")
                .directory();
    }

    @AfterAll
    static void stop() {
        site.stop();
        folder.close();
    }

    @ParameterizedTest
    @EnumSource
    void facts(Environment environment) throws IOException {
        try (RawHttp http = new RawHttp(site.port())) {
            String target = "/" + environment + "/facts?a=%C3%A4";
            RawResponse response = http.exchange(RawRequest.get(target));

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text().lines())
                    .containsExactly(
                            "version=" + environment.version(),
                            "context path=/" + environment,
                            "user=null",
                            "scheme=http",
                            "secure=false",
                            "server=" + RawRequest.HOST + ":" + site.port(),
                            "remote=127.0.0.1:" + http.localPort(),
                            "local=127.0.0.1:" + site.port(),
                            "uri=" + target,
                            "protocol=HTTP/1.1",
                            "params=CGI/1.1",
                            "role=RESPONDER",
                            "request=RESPONDER",
                            "injected=hello",
                            "constructed=yes",
                            "looked up=hello",
                            "initializer=Facts,Fail,Later,Loads,Upload,Visits",
                            "websocket=true");
        }
        assertThat(site.log()).contains("facts told at /" + environment);
    }

    @ParameterizedTest
    @EnumSource
    void staticFilesAndResourcesOfLibraries(Environment environment) throws IOException {
        assertThat(site.get("/" + environment + "/static.txt")).isEqualTo("static");
        assertThat(site.get("/" + environment + "/resource.txt")).isEqualTo("resource");
        assertThat(site.get("/" + environment + "/fragment")).isEqualTo("fragment");
    }

    @ParameterizedTest
    @EnumSource
    void pagesWithTags(Environment environment) throws IOException {
        assertThat(site.get("/" + environment + "/tags.jsp").strip()).isEqualTo("2,4,6,&lt;X&gt;");
    }

    @ParameterizedTest
    @EnumSource
    void session(Environment environment) throws IOException {
        RawRequest request = RawRequest.get("/" + environment + "/visits");
        RawResponse first = site.exchange(request);
        String cookie = first.value("Set-Cookie");

        assertThat(cookie).contains("; Path=/" + environment);
        assertThat(first.text()).isEqualTo("1");
        assertThat(site.exchange(request.header("Cookie", cookie.substring(0, cookie.indexOf(';'))))
                        .text())
                .isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource
    void asyncRequest(Environment environment) throws IOException {
        assertThat(site.get("/" + environment + "/later"))
                .startsWith("later, by ")
                .doesNotContain("null");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-90")
    void completionOfAnAsyncRequestIsToldWhenItsClientHasLeft(Environment environment) throws IOException {
        try (RawHttp http = new RawHttp(site.port())) {
            assertThat(http.exchange(RawRequest.get("/" + environment + "/later?endless"))
                            .body()
                            .read())
                    .isEqualTo('e');
        }

        Await.until("the application is told", () -> site.log()
                .contains("events completed at /" + environment + System.lineSeparator()));
    }

    @ParameterizedTest
    @EnumSource
    void multipartUpload(Environment environment) throws IOException {
        String body =
                """
                --b\r
                Content-Disposition: form-data; name="file"; filename="a.txt"\r
                \r
                12345\r
                --b--\r
                """;

        RawResponse response = site.exchange(RawRequest.post("/" + environment + "/upload", Body.of(body))
                .header("Content-Type", "multipart/form-data; boundary=b"));

        assertThat(response.text()).isEqualTo("a.txt of 5");
    }

    @ParameterizedTest
    @EnumSource
    void errorPageOfTheApplication(Environment environment) throws IOException {
        RawResponse response = site.exchange(RawRequest.get("/" + environment + "/fail?status"));

        assertThat(response.status()).isEqualTo(418);
        assertThat(response.text().strip()).isEqualTo("no coffee for /" + environment + "/fail");
    }

    @ParameterizedTest
    @EnumSource
    void visitorsSeeNoStackTrace(Environment environment) throws IOException {
        for (String type : List.of("text/html", "text/plain", "application/json")) {
            RawResponse response =
                    site.exchange(RawRequest.get("/" + environment + "/fail").header("Accept", type));

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text()).doesNotContain("\tat ", "app.Fail");
        }
    }

    @ParameterizedTest
    @EnumSource
    void headersThatAreTooLargeBecomeAnErrorPage(Environment environment) throws IOException {
        for (String query : List.of("header&well", "header", "header&flush", "header&flush&well")) {
            RawResponse response = site.exchange(RawRequest.get("/" + environment + "/fail?" + query));

            assertThat(response.status()).as(query).isEqualTo(500);
            assertThat(response.value("X-Large")).isNull();
            assertThat(response.text()).as(query).contains("Error 500").doesNotContain("not to be seen");
        }
        assertThat(site.log()).contains("response headers of 17");
    }

    @ParameterizedTest
    @EnumSource
    void upgradeToWebSocketIsRefused(Environment environment) throws IOException {
        RawResponse response = site.exchange(RawRequest.get("/" + environment + "/chat")
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="));

        assertThat(response.status()).isEqualTo(404);
        assertThat(site.log()).doesNotContain("WebSocket");
    }

    /** nginx keeps the header of an upgrade to itself; others may not. */
    @ParameterizedTest
    @EnumSource
    void upgradeThatTheWebServerPassesOnIsRefused(Environment environment) {
        Pairs params = Pairs.get("/" + environment + "/chat")
                .and("HTTP_CONNECTION", "Upgrade")
                .and("HTTP_UPGRADE", "websocket")
                .and("HTTP_SEC_WEBSOCKET_VERSION", "13")
                .and("HTTP_SEC_WEBSOCKET_KEY", "AAAAAAAAAAAAAAAAAAAAAA==");

        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(site.socket()))) {
            FcgiResponse response = peer.request(1, 0, params, new byte[0]).response(1);

            assertThat(response.status()).isEqualTo(404);
        }
        assertThat(site.log()).doesNotContain("WebSocket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.gangway.servlet.command.Main",
                "dev.gangway.fcgi.server.FcgiConnectionFactory",
                "dev.gangway.ee.ApplicationDefaults",
                "org.eclipse.jetty.server.Server",
                "picocli.CommandLine$Command",
                "org.objectweb.asm.ClassReader"
            })
    void internalsAreHidden(String name) throws IOException {
        for (Environment environment : Environment.values()) {
            assertThat(site.get("/" + environment + "/loads?" + name))
                    .as(environment.toString())
                    .isEqualTo("nowhere");
            assertThat(site.get("/" + environment + "/loads?dev.gangway.api.FcgiRequest"))
                    .isEqualTo("container");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.slf4j.MDC",
                "org.objectweb.asm.Type",
                "org.eclipse.jetty.server.Request",
                "picocli.CommandLine"
            })
    void librariesOfTheApplicationWin(String name) throws IOException {
        for (Environment environment : Environment.values()) {
            assertThat(site.get("/" + environment + "/loads?" + name))
                    .as(environment.toString())
                    .isEqualTo("application");
        }
    }

    @ParameterizedTest
    @EnumSource
    void loggingIsThereForApplicationsThatBringNone(Environment environment) throws IOException {
        assertThat(site.get("/" + environment + "/loads?org.slf4j.LoggerFactory"))
                .isEqualTo("container");
    }

    @Test
    void applicationWithADescriptorFromBeforeItsMigration() throws IOException {
        assertThat(site.get("/migrated/facts")).startsWith("version=6.1\n").contains("injected=hello");
    }

    @Test
    void applicationWithADescriptorOf2002() throws IOException {
        RawResponse servlet = site.exchange(RawRequest.get("/old/hello.do?name=Duke"));

        assertThat(servlet.value("X-Stamp")).isEqualTo("2002");
        assertThat(servlet.text()).isEqualTo("Good day, Duke");
        // Such pages know no expression language.
        assertThat(site.get("/old/").strip()).isEqualTo("2002 [a] ${1 + 1}");
    }
}
