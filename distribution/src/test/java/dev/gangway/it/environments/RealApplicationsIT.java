package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Applications that others have made, unchanged, side by side in one process behind nginx. */
class RealApplicationsIT {
    private static final Path APPLICATIONS = Path.of(System.getProperty("gangway.applications"));

    private static TempFolder folder;
    private static Behind site;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("applications");
        site = Behind.nginx(List.of(
                "/test=" + APPLICATIONS.resolve("test-jetty-webapp.war"),
                "/jolokia=" + APPLICATIONS.resolve("jolokia-agent-war.war"),
                "/open=" + openJolokia(folder.resolve("open")),
                "/hawtio=" + APPLICATIONS.resolve("hawtio-war.war"),
                "/simple=" + APPLICATIONS.resolve("jetty-ee10-demo-simple-webapp.war")));
    }

    /** A directory, and without the login that the WAR has. */
    private static Path openJolokia(Path directory) throws IOException {
        try (FileSystem war = FileSystems.newFileSystem(APPLICATIONS.resolve("jolokia-agent-war.war"));
                Stream<Path> tree = Files.walk(war.getPath("/"))) {
            for (Path path : tree.toList()) {
                Files.copy(path, directory.resolve(path.toString().substring(1)));
            }
        }
        Path descriptor = directory.resolve("WEB-INF/web.xml");
        Files.writeString(
                descriptor, Files.readString(descriptor).replaceAll("(?s)<login-config>.*</security-role>", ""));
        return directory;
    }

    @AfterAll
    static void stop() {
        site.stop();
        folder.close();
    }

    /** Made for Jetty 9.4, parts of which it brings along, and on which it relies more than it should. */
    @Test
    void jettyTestApplicationOfJavaEe() throws IOException {
        assertThat(site.get("/test/")).contains("Welcome to Jetty 9");
        assertThat(site.get("/test/dump/info?a=b"))
                .contains("Dump Servlet", "<td>/test/dump/info</td>", "<td>a=b</td>");
        assertThat(site.get("/test/jsp/jstl.jsp").replaceAll("<[^>]*>|\\s", "")).endsWith("12345678910");
        assertThat(site.get("/test/jsp/tag.jsp")).containsPattern("\\w{3}, \\d{2}/\\w{3}/\\d{4} [0-9:]{8} \\+0000");
        assertThat(site.get("/test/jsp/tagfile.jsp")).contains("Panel 1");
        assertThat(site.get("/test/jsp/expr.jsp?A=7")).contains("<td>14&nbsp;</td>");
    }

    @Test
    void sessionOfTheJettyTestApplication() throws IOException {
        RawResponse created = site.exchange(RawRequest.of("GET", "/test/session/?Action=New+Session"));

        assertThat(created.value("Set-Cookie")).startsWith("JSESSIONID=");
    }

    @Test
    void errorPageAndLoginOfTheJettyTestApplication() throws IOException {
        RawResponse missing = site.exchange(RawRequest.get("/test/nothing"));
        RawResponse login = site.exchange(RawRequest.get("/test/dump/auth/x"));

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).contains("custom 404 page");
        assertThat(login.status()).isBetween(302, 303);
        assertThat(login.value("Location")).contains("/test/logon.html");
    }

    @Test
    void partsForAnotherJettyAreLeftOut() throws IOException {
        assertThat(site.log())
                .contains("WEB-INF/jetty-web.xml of /test is not used, since it is for"
                        + " org.eclipse.jetty.webapp.WebAppContext of another Jetty")
                .contains("Servlet WSChat is left out, since it needs"
                        + " org.eclipse.jetty.websocket.server.WebSocketServerFactory of another container");
        assertThat(site.exchange(RawRequest.get("/test/ws/")).status()).isEqualTo(404);
    }

    @Test
    void jolokiaAsksForALogin() throws IOException {
        RawResponse response = site.exchange(RawRequest.get("/jolokia/version"));

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.value("WWW-Authenticate")).isEqualTo("Basic realm=\"jolokia\"");
        assertThat(site.exchange(RawRequest.get("/jolokia/version").header("Authorization", "Basic YTph"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void jolokiaWithoutALogin() throws IOException {
        assertThat(site.get("/open/version")).contains("\"agent\":\"2.0.0\"", "\"status\":200");
        assertThat(site.exchange(
                                RawRequest.post(
                                        "/open/",
                                        Body.of(
                                                "{\"type\":\"read\",\"mbean\":\"java.lang:type=Runtime\",\"attribute\":\"VmName\"}")))
                        .text())
                .contains("\"status\":200");
    }

    /** It has a logging library of its own, and parts that know both namespaces. */
    @Test
    void hawtio() throws IOException {
        RawResponse home = site.exchange(RawRequest.get("/hawtio/"));

        assertThat(home.status()).isEqualTo(302);
        assertThat(home.value("Location")).endsWith("/hawtio/login");
        assertThat(site.get("/hawtio/login")).contains("<title>Hawtio</title>");
        assertThat(site.get("/hawtio/plugin")).isEqualTo("[]");
        assertThat(site.log()).contains("Welcome to Hawtio").doesNotContain("SLF4J");
    }

    @Test
    void jettyDemoOfJakartaEe10() throws IOException {
        assertThat(site.get("/simple/")).contains("Hello World EE10!");
        assertThat(site.get("/simple/hello").strip())
                .isEqualTo("HelloWorld from Servlet-6.0 with interface jakarta.servlet.Servlet");
    }
}
