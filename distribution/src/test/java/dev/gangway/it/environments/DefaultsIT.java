package dev.gangway.it.environments;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for an application that says nothing about it, and that it may say otherwise; behind nginx. */
class DefaultsIT {
    private static final int LARGE = 4 << 20;
    private static final List<String> TYPES = List.of("text/html", "text/plain", "application/json", "*/*");

    private static TempFolder folder;
    private static Behind site;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("defaults");
        List<String> applications = new ArrayList<>();
        for (Environment environment : Environment.values()) {
            applications.add(
                    "/" + environment + "=" + application(environment.toString(), environment, "defaults/web.xml"));
            for (String other : List.of("open", "welcome", "unwelcome")) {
                String name = other + "-" + environment;
                applications.add("/" + name + "=" + application(name, environment, "defaults/" + other + ".xml"));
            }
        }
        site = Behind.nginx(applications);
    }

    private static Path application(String name, Environment environment, String descriptor) throws IOException {
        return WebApplication.create(folder.resolve(name), environment)
                .copy(descriptor, "WEB-INF/web.xml")
                .copy("defaults/told.jsp", "told.jsp")
                .write("files/private.txt", "private")
                .write("files/large.txt", "x".repeat(LARGE))
                .write("pages/index.html", "page")
                .write("jsps/index.jsp", "jsp")
                .classes("defaults/classes")
                .directory();
    }

    @AfterAll
    static void stop() {
        site.stop();
        folder.close();
    }

    @ParameterizedTest
    @EnumSource
    void listsNoDirectory(Environment environment) throws IOException {
        RawResponse response = site.exchange(RawRequest.get("/" + environment + "/files/"));

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.text()).doesNotContain("private.txt");
        assertThat(site.get("/" + environment + "/files/private.txt")).isEqualTo("private");
        assertThat(site.get("/open-" + environment + "/files/")).contains("private.txt");
    }

    @ParameterizedTest
    @EnumSource
    void tellsVisitorsNothingOfAnException(Environment environment) throws IOException {
        for (String type : TYPES) {
            RawResponse response =
                    site.exchange(RawRequest.get("/" + environment + "/fail").header("Accept", type));

            assertThat(response.status()).isEqualTo(500);
            assertThat(response.text())
                    .contains("Server Error")
                    .doesNotContain("secret", "Exception", "CAUSED", "cause");
        }
        assertThat(site.log()).contains("outer secret", "inner secret");
    }

    @ParameterizedTest
    @EnumSource
    void tellsVisitorsWhatTheApplicationSays(Environment environment) throws IOException {
        RawResponse said = site.exchange(RawRequest.get("/" + environment + "/fail?say"));
        String text = said.text();

        assertThat(text).as("%s\n%s", said, site.log()).contains("said on purpose");
        assertThat(said.status()).isEqualTo(409);
        assertThat(site.exchange(RawRequest.get("/open-" + environment + "/fail"))
                        .text()
                        .strip())
                .isEqualTo("told: inner secret");
    }

    /** Its page has to wait for a large response on the same connection. */
    @ParameterizedTest
    @EnumSource
    void tellsWhatTheApplicationSaysWhenItsTurnComes(Environment environment) throws IOException {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(site.socket()))) {
            peer.request(1, KEEP_CONN, Pairs.get("/" + environment + "/files/large.txt"), new byte[0]);
            peer.responseWhen(1, FcgiResponse::hasHeader);
            peer.request(2, KEEP_CONN, Pairs.get("/" + environment + "/fail?say=" + environment), new byte[0]);
            Await.until("it says so", () -> site.log().contains("says " + environment));
            // By the time another visitor has been told the same, the page waits.
            tellsVisitorsWhatTheApplicationSays(environment);

            FcgiResponse said = peer.response(2);
            assertThat(said.text()).as(said.headerText()).contains("said on purpose");
            assertThat(said.status()).isEqualTo(409);
            assertThat(peer.response(1).bodyLength()).isEqualTo(LARGE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheSessionFromScripts(Environment environment) throws IOException {
        assertThat(cookie("/" + environment)).containsIgnoringCase("; HttpOnly").doesNotContainIgnoringCase("SameSite");
        assertThat(cookie("/open-" + environment)).startsWith("JSESSIONID=").doesNotContainIgnoringCase("HttpOnly");
    }

    private static String cookie(String application) throws IOException {
        return site.exchange(RawRequest.get(application + "/session")).value("Set-Cookie");
    }

    @ParameterizedTest
    @EnumSource
    void welcomesByAServlet(Environment environment) throws IOException {
        assertThat(site.get("/" + environment + "/")).isEqualTo("welcome");
    }

    /** Where no file is, as on Tomcat. */
    @ParameterizedTest
    @EnumSource
    void welcomesByAServletThatHasTheExtension(Environment environment) throws IOException {
        assertThat(site.get("/welcome-" + environment + "/")).isEqualTo("welcome");
        assertThat(site.get("/welcome-" + environment + "/files/")).isEqualTo("welcome");
        assertThat(site.get("/welcome-" + environment + "/pages/")).isEqualTo("page");
        assertThat(site.get("/welcome-" + environment + "/jsps/")).isEqualTo("jsp");
        assertThat(site.exchange(RawRequest.get("/unwelcome-" + environment + "/"))
                        .status())
                .isEqualTo(403);
    }

    /** Without any word of the application it is UTF-8, which can say what ISO-8859-1 can, and more. */
    @ParameterizedTest
    @EnumSource
    void charsetOfPages(Environment environment) throws IOException {
        for (String japanese : List.of("tl", "lt", "tgl", "lg", "l")) {
            assertCharset(environment, japanese, "Shift_JIS");
        }
        for (String unicode : List.of("t", "tg", "u", "ul", "lu")) {
            assertCharset(environment, unicode, "UTF-8");
        }
    }

    private static void assertCharset(Environment environment, String steps, String charset) throws IOException {
        RawResponse response = site.exchange(RawRequest.get("/" + environment + "/charset?" + steps));

        assertThat(response.bytes())
                .as(environment + " " + steps)
                .isEqualTo("\u3042".getBytes(Charset.forName(charset)));
        if (!steps.equals("l") && !steps.equals("lg")) {
            assertThat(response.value("Content-Type"))
                    .as(environment + " " + steps)
                    .isEqualToIgnoringCase("text/html;charset=" + charset);
        }
    }

    @ParameterizedTest
    @EnumSource
    void dispatchOfWhatIsWrapped(Environment environment) throws IOException {
        assertThat(site.get("/" + environment + "/wrapped?a=b")).isEqualTo("dispatched b");
    }
}
