package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may connect, and what they have to know. */
class TrustIT {
    private static final String SECRET = "oPeNsEsAmE-0123456789";
    private static final List<String> SAMPLE =
            List.of("/=" + Installation.built().sampleWar());

    private static final InetAddress OTHER = address("127.0.0.2");
    private static final String REFUSED = "/%s:\\d+.* is not an allowed peer";

    private static TempFolder folder;
    private static GangwayProcess gangway;

    @BeforeAll
    static void start() {
        folder = TempFolder.create("trust");
        gangway = GangwayProcess.start(
                Map.of("FCGI_WEB_SERVER_ADDRS", "127.0.0.1,192.0.2.1"),
                SAMPLE,
                "--listen=tcp:0.0.0.0:" + FreePort.find(),
                "--secret-file=" + folder.write("secret", SECRET + "\n"),
                "--attributes=GANGWAY_*",
                "--access-log=-");
    }

    @AfterAll
    static void stop() {
        gangway.close();
        folder.close();
    }

    @Test
    @Tag("FCGI-159")
    void secretComesByNginxAndGoesNoFurther() throws IOException {
        Map<String, String> placeholders = new HashMap<>(gangway.placeholders());
        placeholders.put("secret", SECRET);
        try (RunningServer nginx = RunningServer.start(WebServer.NGINX, "secret", placeholders);
                RawHttp http = new RawHttp(nginx.port())) {
            RawResponse page = GuardedSite.read(http.exchange(RawRequest.get("/")));

            assertThat(page.status()).isEqualTo(200);
            assertThat(page.text()).contains("REQUEST_METHOD").doesNotContain(SECRET, "GANGWAY_SECRET");
            assertThat(gangway.log()).doesNotContain(SECRET);
        }
    }

    /** It gives each variable another name when it redirects a request within itself. */
    @Test
    @Tag("FCGI-159")
    void secretGoesNoFurtherWhenHttpdRedirects() throws IOException {
        Map<String, String> placeholders = new HashMap<>(gangway.placeholders());
        placeholders.put("secret", SECRET);
        try (RunningServer httpd = RunningServer.start(WebServer.HTTPD, "secret", placeholders);
                RawHttp http = new RawHttp(httpd.port())) {
            for (String redirected : List.of("/probe/authorize/pretty", "/probe/authorize/missing")) {
                RawResponse page = GuardedSite.read(http.exchange(RawRequest.get(redirected)));

                assertThat(page.text()).contains("REDIRECT_URL=" + redirected).doesNotContain(SECRET, "GANGWAY_SECRET");
            }
        }
    }

    @Test
    @Tag("FCGI-159")
    void requestWithoutTheSecretIsRefused() {
        for (String secret : new String[] {"", "oPeNsEsAmE-0123456788", SECRET + "x"}) {
            assertThat(AuthorizerClient.respond(gangway, Pairs.get("/").and("GANGWAY_SECRET", secret))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(AuthorizerClient.respond(gangway, Pairs.get("/").and("HTTP_GANGWAY_SECRET", SECRET))
                        .status())
                .isEqualTo(403);
        assertThat(AuthorizerClient.respond(gangway, Pairs.get("/").and("GANGWAY_SECRET", SECRET))
                        .status())
                .isEqualTo(200);
        assertThat(gangway.log()).contains("request without the secret refused");
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("FCGI-9")
    void otherAddressIsClosedUnread() {
        try (Peer peer = Peer.connect(OTHER, gangway.tcp())) {
            peer.expectClosed();
        }
        assertThat(gangway.log()).containsPattern(REFUSED.formatted("127.0.0.2"));
    }

    @Test
    @Tag("FCGI-159")
    void allowedAddressIsServedAndOthersAreTold() {
        try (GangwayProcess allowing =
                        GangwayProcess.start("--allow-peers=192.0.2.0/24, 127.0.0.2", "--allow-peers=2001:db8::/64");
                Peer allowed = Peer.connect(OTHER, allowing.tcp());
                Peer other = Peer.connect(allowing.tcp());
                Peer local = Peer.connect(allowing.unix())) {
            other.expectClosed();
            assertThat(allowed.get(1, KEEP_CONN, "/probe/status").response(1).status())
                    .isEqualTo(200);
            assertThat(local.get(1, KEEP_CONN, "/probe/status").response(1).status())
                    .isEqualTo(200);
            assertThat(allowing.log())
                    .containsPattern(REFUSED.formatted("127.0.0.1"))
                    .doesNotContainPattern(REFUSED.formatted("127.0.0.2"));
        }
    }

    @Test
    @Tag("FCGI-126")
    void proxyInFrontOfNginxIsBelievedAtItsAddressOnly() throws IOException {
        try (GangwayProcess believing = GangwayProcess.start("--forwarded=192.0.2.0/24,127.0.0.2")) {
            int inner = FreePort.find();
            Map<String, String> placeholders = new HashMap<>(believing.placeholders());
            placeholders.put("inner.port", Integer.toString(inner));
            try (RunningServer nginx = RunningServer.start(WebServer.NGINX, "forwarded", placeholders)) {
                Map<String, Object> proxied = echo(nginx.port());
                Map<String, Object> direct = echo(inner);

                assertThat(proxied).containsEntry("remoteAddr", "127.0.0.1").containsEntry("secure", true);
                assertThat(proxied)
                        .containsEntry("serverName", "www.example.org")
                        .containsEntry("serverPort", 443L);
                assertThat(direct).containsEntry("remoteAddr", "127.0.0.1").containsEntry("secure", false);
                assertThat(direct).containsEntry("serverName", RawRequest.HOST).containsEntry("serverPort", (long)
                        inner);
            }
        }
    }

    /** What a servlet sees of a client that claims a lot. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> echo(int port) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            RawRequest claiming = RawRequest.get("/probe/echo")
                    .header("X-Forwarded-For", "203.0.113.1")
                    .header("X-Forwarded-Host", "evil.example")
                    .header("X-Forwarded-Port", "1")
                    .header("Forwarded", "for=203.0.113.2;proto=https;host=evil.example");
            return (Map<String, Object>)
                    GuardedSite.read(http.exchange(claiming)).json();
        }
    }

    @Test
    @Tag("FCGI-10")
    void unixSocketIsClosedByTheListOfTheEnvironment() {
        try (Peer peer = Peer.connect(gangway.unix())) {
            peer.expectClosed();
        }
    }

    @Test
    @Tag("FCGI-11")
    void malformedListOfTheEnvironmentKeepsItFromStarting() {
        for (String list : new String[] {"", "127.0.0.1, 127.0.0.1", "localhost"}) {
            assertThat(failure(Map.of("FCGI_WEB_SERVER_ADDRS", list), "--listen=tcp:127.0.0.1:" + FreePort.find()))
                    .contains("FCGI_WEB_SERVER_ADDRS");
        }
    }

    @Test
    @Tag("FCGI-157")
    void claimsByTcpAreWarnedOf() {
        try (GangwayProcess trusting = GangwayProcess.start("--trust-remote-user")) {
            assertThat(trusting.log().lines().filter(line -> line.contains("can claim to be any user")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "tcp:127.0.0.1:" + trusting.tcp().getPort(), "--secret-file");
        }
        assertThat(gangway.log()).doesNotContain("can claim to be any user");
    }

    @Test
    @Tag("FCGI-157")
    void openAddressNeedsACheck() {
        assertThat(failure(Map.of(), "--listen=tcp:0.0.0.0:" + FreePort.find()))
                .contains("--allow-peers", "--secret-file");
    }

    @Test
    void mistakesAreTold() {
        String listen = "--listen=tcp:127.0.0.1:" + FreePort.find();
        assertThat(failure(Map.of(), listen, "--allow-peers=localhost")).contains("'localhost'");
        assertThat(failure(Map.of(), listen, "--secret-file=" + folder.write("short", "short")))
                .contains("short")
                .contains("16");
        assertThat(failure(Map.of(), listen, "--secret-file=" + folder.resolve("none")))
                .contains("none");
    }

    private static String failure(Map<String, String> environment, String... options) {
        List<String> command =
                new ArrayList<>(List.of(Installation.built().command().toString(), "run", SAMPLE.get(0)));
        command.addAll(List.of(options));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        try (ChildProcess process = ChildProcess.start(folder.resolve("mistake.log"), variables, command)) {
            assertThat(process.await()).as(process.log()).isNotZero();
            assertThat(process.log().lines()).hasSizeLessThan(12).noneMatch(line -> line.contains("\tat "));
            return process.log();
        }
    }

    @Test
    @Tag("FCGI-55")
    void secretIsAskedForInEveryRequest() {
        try (Peer peer = Peer.connect(gangway.tcp())) {
            peer.request(1, KEEP_CONN, Pairs.get("/probe/status").and("GANGWAY_SECRET", SECRET), new byte[0]);
            assertThat(peer.response(1).status()).isEqualTo(200);
            peer.get(1, CLOSE, "/probe/status");
            assertThat(peer.response(1).status()).isEqualTo(403);
        }
    }
}
