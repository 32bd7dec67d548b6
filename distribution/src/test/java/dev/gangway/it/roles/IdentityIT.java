package dev.gangway.it.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Level;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Web servers that know their users, in front of a Gangway that believes them: no client gets in by a claim. */
@ParameterizedClass
@EnumSource(names = {"NGINX", "LIGHTTPD", "HTTPD", "HAPROXY"})
@Tag("FCGI-128")
class IdentityIT {
    @RegisterExtension
    static final Trusting TRUSTING = new Trusting();

    private static final String APP = House.OPEN.path(Level.EE11) + "/";

    @Parameter
    WebServer server;

    private TempFolder folder;
    private RunningServer running;

    @BeforeEach
    void start() throws GeneralSecurityException {
        folder = TempFolder.create("passwords");
        Map<String, String> placeholders = new HashMap<>(TRUSTING.gangway().placeholders());
        placeholders.putAll(placeholders(folder, APP, APP + "any/"));
        running = RunningServer.start(server, "identity", placeholders);
    }

    /** The placeholders of a web server that knows Joe, and wants his password for a part of the application. */
    static Map<String, String> placeholders(TempFolder folder, String app, String guarded)
            throws GeneralSecurityException {
        String sha1 = Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("SHA-1").digest("joes-password".getBytes(StandardCharsets.UTF_8)));
        return Map.of(
                "app",
                app,
                "guarded",
                guarded,
                "realm",
                "house",
                "passwords",
                folder.write("htpasswd", "joe:{SHA}" + sha1 + "\n").toString(),
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
        RawResponse response = get("any/page", "Authorization", Ask.basic("joe", "joes-password"));

        assertThat(Ask.facts(response.text()))
                .containsEntry("user", "joe")
                .containsEntry("type", "Basic")
                .containsEntry("roles", "user,**");
        assertThat(get("any/page", "Authorization", Ask.basic("joe", "wrong")).status())
                .isEqualTo(401);
        assertThat(get("any/page").status()).isEqualTo(401);
    }

    @Test
    void forgedUserIsNobody() throws IOException {
        RawResponse response = get(
                "page",
                "Authorization",
                Ask.basic("ann", "wrong"),
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

        assertThat(Ask.facts(response.text()))
                .containsEntry("user", "null")
                .containsEntry("type", "null")
                .containsEntry("roles", "")
                .containsEntry("claim", "null");
    }
}
