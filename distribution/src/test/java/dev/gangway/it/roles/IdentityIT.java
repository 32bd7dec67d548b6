package dev.gangway.it.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web servers that know their users, in front of a Gangway that believes them: no client gets in by a claim. */
@ParameterizedClass
@EnumSource(names = {"NGINX", "LIGHTTPD", "HTTPD", "HAPROXY"})
@Tag("FCGI-128")
class IdentityIT {
    @RegisterExtension
    static final Trusting TRUSTING = new Trusting();

    private static final String APP = ProtectedApplication.OPEN.path(Environment.EE11) + "/";

    private static final List<String> CLAIMS = List.of(
            "Remote-User",
            "ann",
            "Remote_User",
            "ann",
            "REMOTE_USER",
            "ann",
            "X-Remote-User",
            "ann",
            "Redirect-Remote-User",
            "ann",
            "Auth-Type",
            "Basic",
            "Fcgi-Role",
            "AUTHORIZER",
            "Groups",
            "admin",
            "Oidc-Claim-Email",
            "ann@example.org");

    private static final List<String> FORGED = List.of(
            AuthorizerClient.basic("ann", "wrong"),
            AuthorizerClient.basic("ann", ""),
            AuthorizerClient.basic("joe", "wrong"),
            "Bearer ann",
            "Digest username=\"ann\"");

    @Parameter
    WebServer server;

    private TempFolder folder;
    private RunningServer running;

    @BeforeEach
    void start() {
        folder = TempFolder.create("passwords");
        Map<String, String> placeholders = new HashMap<>(TRUSTING.gangway().placeholders());
        placeholders.putAll(placeholders(folder, APP, APP + "any/"));
        running = RunningServer.start(server, "identity", placeholders);
    }

    /** The placeholders of a web server that knows Joe, and wants his password for a part of the application. */
    static Map<String, String> placeholders(TempFolder folder, String app, String guarded) {
        return Map.of(
                "app",
                app,
                "guarded",
                guarded,
                "realm",
                "house",
                "passwords",
                Passwords.write(folder).toString(),
                "crypted",
                "$5$house$jqNbRF5EwXbDgwioSjgSJYE1MphNcgxh5mftUG7/r80");
    }

    @AfterEach
    void stop() {
        running.close();
        folder.close();
    }

    private RawResponse get(String path, String... headers) throws IOException {
        try (RawHttp http = new RawHttp(running.port())) {
            RawRequest request = RawRequest.get(APP + path);
            for (int i = 0; i < headers.length; i += 2) {
                request = request.header(headers[i], headers[i + 1]);
            }
            return GuardedSite.read(http.exchange(request));
        }
    }

    @Test
    void userWithPasswordIsTheUserOfTheApplication() throws IOException {
        RawResponse response = get("any/page", "Authorization", AuthorizerClient.basic("joe", "joes-password"));

        assertThat(AuthorizerClient.facts(response.text()))
                .containsEntry("user", "joe")
                .containsEntry("type", "Basic")
                .containsEntry("roles", "user,**");
        assertThat(get("any/page", "Authorization", AuthorizerClient.basic("joe", "wrong"))
                        .status())
                .isEqualTo(401);
        assertThat(get("any/page").status()).isEqualTo(401);
    }

    @Test
    void forgedUserIsNobody() throws IOException {
        assertNobody(get("page", forged("Authorization", AuthorizerClient.basic("ann", "wrong"))));
    }

    @Test
    void rightPasswordMakesNoForgedUser() throws IOException {
        RawResponse response = get("any/page", forged("Authorization", AuthorizerClient.basic("joe", "joes-password")));

        assertThat(AuthorizerClient.facts(response.text()))
                .containsEntry("user", "joe")
                .containsEntry("type", "Basic")
                .containsEntry("roles", "user,**")
                .containsEntry("claim", "null");
    }

    /** The one that the web server looks at must be the one that names the user. */
    @ParameterizedTest
    @FieldSource("FORGED")
    void forgedCredentialsBesidesTheRightOnesNameNobody(String forged) throws IOException {
        String right = AuthorizerClient.basic("joe", "joes-password");
        for (String[] headers : new String[][] {
            {"Authorization", right, "Authorization", forged},
            {"Authorization", forged, "Authorization", right},
            {"Authorization", right, "authorization", forged},
            {"authorization", forged, "Authorization", right},
            {"Authorization", right + ", " + forged},
            {"Authorization", forged + ", " + right},
            {"Authorization", right, "Proxy-Authorization", forged},
            {"Proxy-Authorization", forged, "Authorization", right}
        }) {
            assertRefusedOr("joe", get("any/page", headers), headers);
            assertRefusedOr("null", get("page", headers), headers);
        }
    }

    /** Which the web server does not guard then; the application does. */
    @ParameterizedTest
    @ValueSource(strings = {"any;x/page", "%61ny/page", "./any/page", "x/../any/page", "/any/page", "any%2Fpage"})
    void otherSpellingOfTheGuardedPathHasNoForgedUser(String path) throws IOException {
        for (String[] headers :
                new String[][] {{}, forged(), forged("Authorization", AuthorizerClient.basic("ann", "wrong"))}) {
            assertThat(get(path, headers).text().lines())
                    .as(List.of(headers).toString())
                    .noneMatch(line -> line.startsWith("user="));
        }
    }

    private static void assertRefusedOr(String user, RawResponse response, String... headers) {
        String text = response.text();
        if (response.status() == 200) {
            assertThat(AuthorizerClient.facts(text))
                    .as(List.of(headers).toString())
                    .containsEntry("user", user);
        } else {
            assertThat(response.status()).as(text).isBetween(400, 499);
        }
    }

    private static void assertNobody(RawResponse response) {
        assertThat(AuthorizerClient.facts(response.text()))
                .containsEntry("user", "null")
                .containsEntry("type", "null")
                .containsEntry("roles", "")
                .containsEntry("claim", "null");
    }

    /** Besides some headers, those by which a client may try to be somebody else. */
    private static String[] forged(String... headers) {
        return Stream.concat(Stream.of(headers), CLAIMS.stream()).toArray(String[]::new);
    }
}
