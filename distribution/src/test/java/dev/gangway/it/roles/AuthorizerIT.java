package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A servlet decides what web servers may serve; whatever goes wrong, they do not serve it. */
@Tag("FCGI-80")
class AuthorizerIT {
    private static final String FILE = "file.txt?";

    private static GangwayProcess gangway;
    private static GuardedSite site;
    private static GuardedSite nowhere;

    @BeforeAll
    static void start() {
        gangway = GangwayProcess.start("--authorizer=original");
        site = GuardedSite.start(gangway, "/", "/probe/authorize/");
        nowhere = GuardedSite.start(gangway, "/probe/", "/nowhere/");
    }

    @AfterAll
    static void stop() {
        site.close();
        nowhere.close();
        gangway.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-75")
    @Tag("FCGI-76")
    void status200Grants(GuardedServer guard) throws IOException {
        RawResponse response = site.get(guard, FILE + "h=Variable-REMOTE_USER:joe&body=not+for+clients");

        assertThat(response.status()).as(response.text()).isEqualTo(200);
        assertThat(site.get(guard, FILE + "h=Variable-REMOTE_USER:joe&body=x").text())
                .isEqualTo(Files.SECRET);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-75")
    void otherStatusDenies(GuardedServer guard) throws IOException {
        for (int status : new int[] {401, 403, 302, 404, 500}) {
            RawResponse response = site.get(
                    guard, FILE + "code=" + status + "&h=Location:/login&h=Variable-REMOTE_USER:joe&body=no+entry");

            String text = response.text();
            guard.assertDenied(response.status(), text);
            assertThat(response.status()).as(guard + ": " + text).isEqualTo(guard.shown(status));
        }
        for (int status : new int[] {201, 204, 299, 304}) {
            guard.assertDenied(site.get(guard, FILE + "code=" + status + "&h=Variable-REMOTE_USER:joe"));
        }
    }

    @Test
    @Tag("FCGI-75")
    void denialReachesTheClientWithItsPage() throws IOException {
        for (GuardedServer guard : new GuardedServer[] {GuardedServer.LIGHTTPD, GuardedServer.CHECK}) {
            RawResponse page = site.get(guard, FILE + "code=403&h=X-Why:because&body=no+entry");
            RawResponse redirect = site.get(guard, FILE + "code=302&h=Location:/login");

            assertThat(page.text()).as(guard.toString()).isEqualTo("no entry");
            assertThat(page.value("X-Why")).isEqualTo("because");
            assertThat(redirect.value("Location")).endsWith("/login");
        }
        RawResponse challenge = site.get(GuardedServer.NGINX, FILE + "code=401&h=WWW-Authenticate:Basic+realm%3Dx");
        assertThat(challenge.value("WWW-Authenticate")).isEqualTo("Basic realm=x");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-77")
    void variablesReachTheNextHandler(GuardedServer guard) throws IOException {
        RawResponse response = site.get(guard, "next?h=Variable-X_SHIP:Ahoy&h=Variable-REMOTE_USER:joe");

        assertThat(response.text().lines()).as(guard.toString()).contains("X_SHIP=Ahoy");
        // What a client sends under such a name is a header.
        RawResponse forged = site.get(guard, "next?h=Variable-REMOTE_USER:joe", "X-Ship", "forged");
        assertThat(forged.text().lines()).contains("HTTP_X_SHIP=forged").doesNotContain("X_SHIP=forged");
    }

    @ParameterizedTest
    @CsvSource({
        "fail=before",
        "fail=silently",
        "fail=after&h=Variable-REMOTE_USER:joe",
        "fail=after&code=403",
        "h=Variable-REMOTE_USER:x%0d%0aStatus:+200&fail=before",
        "code=999",
        "bad%zz"
    })
    void whatFailsDenies(String query) throws IOException {
        for (GuardedServer guard : GuardedServer.values()) {
            guard.assertDenied(site.get(guard, FILE + query));
        }
    }

    /** Apache httpd asks in one phase or in both, and then both have to agree. */
    @Test
    void authenticatorAndAuthorizerDecideInTurn() throws IOException {
        String file = FILE + "h=Variable-REMOTE_USER:joe&code=403&phase=";
        for (String phase : new String[] {"AUTHENTICATOR", "AUTHORIZER"}) {
            GuardedServer.TURNS.assertDenied(site.get(GuardedServer.TURNS, file + phase));
        }
        GuardedServer.AUTHN.assertDenied(site.get(GuardedServer.AUTHN, file + "AUTHENTICATOR"));
        GuardedServer.AUTHZ.assertDenied(site.get(GuardedServer.AUTHZ, file + "AUTHORIZER"));
        // The one phase alone, and neither of them.
        assertThat(site.get(GuardedServer.AUTHN, file + "AUTHORIZER").text()).isEqualTo(Files.SECRET);
        assertThat(site.get(GuardedServer.AUTHZ, file + "AUTHENTICATOR").text()).isEqualTo(Files.SECRET);
        assertThat(site.get(GuardedServer.TURNS, file + "ACCESS_CHECKER").text())
                .isEqualTo(Files.SECRET);
    }

    @ParameterizedTest
    @EnumSource
    void unknownPathDenies(GuardedServer guard) throws IOException {
        RawResponse response = nowhere.get(guard, "file.txt");

        String text = response.text();
        guard.assertDenied(response.status(), text);
        assertThat(response.status()).as(text).isEqualTo(guard.shown(404));
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS", "TRACE", "HEAD", "POST", "PROPFIND", "DELETE"})
    void everyMethodIsAsked(String method) throws IOException {
        for (GuardedServer guard : GuardedServer.values()) {
            RawRequest get = guard.get(site.guarded() + guard.folder() + FILE + "code=403");
            RawRequest request = new RawRequest(method, get.target(), get.headers(), null, false);
            RawResponse response = site.exchange(guard, request);
            assertThat(response.text()).as(guard + " " + method).doesNotContain(Files.SECRET);
            // httpd answers TRACE by itself.
            if (!method.equals("TRACE")) {
                assertThat(response.status()).as(guard + " " + method).isGreaterThanOrEqualTo(400);
            }
        }
    }

    /** lighttpd takes an answer without any STDOUT for a grant: it never gets one. */
    @ParameterizedTest
    @CsvSource({
        "/probe/authorize/?code=403",
        "/probe/authorize/?fail=before",
        "/probe/authorize/?fail=after",
        "/probe/authorize/?code=204",
        "/probe/authorize/?code=304",
        "/probe/nothing",
        "/%00",
        "''"
    })
    void neverEndsWithoutStdout(String target) {
        try (Peer peer = Peer.connect(gangway.tcp())) {
            peer.begin(1, AUTHORIZER, CLOSE)
                    .params(1, Pairs.get(target))
                    .paramsEnd(1)
                    .stdinEnd(1);

            FcgiResponse response = peer.response(1);
            assertThat(response.status()).isNotEqualTo(200);
            assertThat(response.headerText()).startsWith("Status: ");
        }
    }
}
