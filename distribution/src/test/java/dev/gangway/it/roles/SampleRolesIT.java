package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Browser;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sample's authorizer, filter and page about the user. */
class SampleRolesIT {
    private static GangwayProcess gangway;
    private static GuardedSite site;

    @BeforeAll
    static void start() {
        gangway = GangwayProcess.start("--authorizer=/authorize", "--filter", "--trust-remote-user");
        site = GuardedSite.start(gangway, "/", "/files/");
    }

    @AfterAll
    static void stop() {
        site.close();
        gangway.close();
    }

    /** The check provider wants a user, of whom this authorizer knows nothing. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CHECK")
    @Tag("FCGI-73")
    void signedLinkOpensAFile(GuardedServer guard) throws IOException {
        String path = site.guarded() + guard.folder() + "file.txt";
        String link = AuthorizerClient.respond(gangway, Pairs.get("/authorize?path=" + path))
                .text();
        String query = link.substring(path.length());

        assertThat(site.get(guard, "file.txt" + query).text())
                .as(guard.toString())
                .isEqualTo(Files.SECRET);
        guard.assertDenied(site.get(guard, "file.txt"));
        guard.assertDenied(site.get(guard, "file.txt" + query.replaceFirst("until=.", "until=9")));
        guard.assertDenied(site.get(guard, "next" + query));
    }

    @Test
    @Tag("FCGI-82")
    @Tag("FCGI-84")
    void markdownFileBecomesAPage() {
        String text = "# Log\n\nA *fine* day, `<b>`:\n\n- [port](/port)\n- [bad](javascript:x)\n\n```\n1 < 2\n```\n";
        String[] file = {"FCGI_DATA_LAST_MOD", "1700000000", "FCGI_DATA_LENGTH", Integer.toString(text.length())};

        FcgiResponse page = filter(Pairs.get("/docs/log.md").and(file), text);
        FcgiResponse known = filter(
                Pairs.get("/docs/log.md").and(file).and("HTTP_IF_MODIFIED_SINCE", "Tue, 14 Nov 2023 22:13:20 GMT"), "");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header().one("Last-Modified")).isEqualTo("Tue, 14 Nov 2023 22:13:20 GMT");
        assertThat(page.text())
                .contains("<h2>Log</h2>", "<p>A <em>fine</em> day, <code>&lt;b&gt;</code>:")
                .contains("<li><a href=\"/port\">port</a></li>", "<li>[bad](javascript:x)</li>")
                .contains("<pre>1 &lt; 2\n</pre>");
        assertThat(known.status()).isEqualTo(304);
        assertThat(AuthorizerClient.respond(gangway, Pairs.get("/docs/log.md")).status())
                .isEqualTo(404);
    }

    private static FcgiResponse filter(Pairs pairs, String file) {
        try (Peer peer = Peer.connect(gangway.tcp())) {
            peer.begin(1, FILTER, CLOSE)
                    .params(1, pairs)
                    .paramsEnd(1)
                    .stdinEnd(1)
                    .data(1, file.getBytes(StandardCharsets.UTF_8))
                    .dataEnd(1);
            return peer.response(1);
        }
    }

    @Test
    @Tag("FCGI-128")
    void pageSaysWhoTheUserIs() {
        assertThat(AuthorizerClient.respond(
                                gangway, Pairs.get("/who").and("REMOTE_USER", "carol", "AUTH_TYPE", "Basic"))
                        .text())
                .contains("<h1>carol</h1>", "<samp>Basic</samp>", "<samp>RESPONDER</samp>");
        assertThat(AuthorizerClient.respond(gangway, Pairs.get("/who").and("HTTP_REMOTE_USER", "carol"))
                        .text())
                .contains("<h1>Nobody in particular</h1>");
    }

    @Test
    void pageShowsABrowserItsUser() throws Exception {
        try (TempFolder folder = TempFolder.create("passwords")) {
            Map<String, String> placeholders = new HashMap<>(gangway.placeholders());
            placeholders.putAll(IdentityIT.placeholders(folder, "/", "/who"));
            try (RunningServer nginx = RunningServer.start(WebServer.NGINX, "identity", placeholders);
                    Browser browser = Browser.start("http://joe:joes-password@127.0.0.1:" + nginx.port())) {
                browser.open("/who");

                assertThat(browser.text("h1")).isEqualTo("joe");
                assertThat(browser.text("table")).contains("Basic", "**", "RESPONDER");
            }
        }
    }
}
