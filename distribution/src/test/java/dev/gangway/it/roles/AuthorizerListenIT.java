package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An address where every request is a question, whatever the web server forgets to say. */
class AuthorizerListenIT {
    private static final String GUARDED = "/members/";

    private static TempFolder folder;
    private static Path socket;
    private static GangwayProcess gangway;

    @BeforeAll
    static void start() {
        folder = TempFolder.create("questions");
        socket = folder.resolve("authorizer.sock");
        gangway = GangwayProcess.start("--authorizer=/probe/authorize", "--authorizer-listen=unix:" + socket);
    }

    @AfterAll
    static void stop() {
        gangway.close();
        folder.close();
    }

    @Test
    @Tag("FCGI-75")
    void nginxNeedsNoParameterToAsk() throws IOException {
        try (Files files = Files.create()) {
            files.put(GUARDED);
            Map<String, String> placeholders = new HashMap<>(files.placeholders("/", GUARDED));
            placeholders.put("questions.socket", socket.toString());
            try (RunningServer nginx = RunningServer.start(WebServer.NGINX, "questions", placeholders);
                    RawHttp http = new RawHttp(nginx.port())) {
                RawResponse granted = GuardedSite.read(http.exchange(RawRequest.get(GUARDED + "file.txt")));
                assertThat(granted.status()).isEqualTo(200);
                assertThat(granted.text()).contains(Files.SECRET);

                for (String denied : new String[] {"?code=403", "?code=401", "?fail=before", "?fail=silently"}) {
                    RawResponse response =
                            GuardedSite.read(http.exchange(RawRequest.get(GUARDED + "file.txt" + denied)));
                    assertThat(response.status()).isGreaterThanOrEqualTo(400);
                    assertThat(response.text()).doesNotContain(Files.SECRET);
                }
            }
        }
    }

    @Test
    @Tag("FCGI-75")
    void aRoleThatIsNotClearIsRefusedEverywhere() {
        Pairs misspelt = Pairs.get("/probe/authorize").and("FCGI_ROLE", "AUTHORISER");
        try (Peer questions = Peer.connect(UnixDomainSocketAddress.of(socket));
                Peer all = Peer.connect(gangway.unix())) {
            assertThat(questions
                            .request(1, KEEP_CONN, misspelt, new byte[0])
                            .response(1)
                            .status())
                    .isEqualTo(403);
            assertThat(all.request(1, KEEP_CONN, misspelt, new byte[0])
                            .response(1)
                            .status())
                    .isEqualTo(403);
            assertThat(all.get(1, KEEP_CONN, "/probe/authorize").response(1).text())
                    .as("the page of the servlet")
                    .contains("REQUEST_METHOD=GET");
        }
        assertThat(gangway.log()).contains("FCGI_ROLE is 'AUTHORISER' on RESPONDER");
    }
}
