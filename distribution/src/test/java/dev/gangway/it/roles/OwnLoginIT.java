package dev.gangway.it.roles;

import static dev.gangway.it.roles.AuthorizerClient.authorize;
import static dev.gangway.it.roles.AuthorizerClient.respond;
import static dev.gangway.it.roles.AuthorizerClient.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.TempFolder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without {@code --trust-remote-user} no parameter gives a user; the login of the application works as ever. */
class OwnLoginIT {
    private static TempFolder folder;
    private static GangwayProcess gangway;

    @BeforeAll
    static void start() {
        folder = TempFolder.create("house");
        gangway = GangwayProcess.start(
                ProtectedApplication.build(
                        folder,
                        ProtectedApplication.BASIC,
                        ProtectedApplication.DIGEST,
                        ProtectedApplication.SHA256,
                        ProtectedApplication.CERTIFICATE),
                "--redirect-authorization",
                "--access-log=-",
                "--users=" + folder.write("users.properties", Trusting.USERS));
    }

    @AfterAll
    static void stop() {
        gangway.close();
        folder.close();
    }

    private static FcgiResponse ask(
            ProtectedApplication application, Environment environment, String path, String... params) {
        return respond(gangway, Pairs.get(application.path(environment) + path).and(params));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-128")
    void noParameterGivesAUser(Environment environment) {
        String[] claims = {
            "REMOTE_USER", "ann", "AUTH_TYPE", "Basic", "FCGI_APACHE_ROLE", "AUTHORIZER", "HTTP_REMOTE_USER", "ann",
            "REDIRECT_REMOTE_USER", "ann", "LOGON_USER", "ann", "AUTH_USER", "ann", "SSL_CLIENT_S_DN", "CN=joe,O=house"
        };

        assertThat(whoAmI(ask(ProtectedApplication.BASIC, environment, "/page", claims)))
                .containsEntry("user", "null")
                .containsEntry("principal", "null")
                .containsEntry("type", "null")
                .containsEntry("roles", "");
        assertThat(ask(ProtectedApplication.BASIC, environment, "/any/page", claims)
                        .status())
                .isEqualTo(401);
        assertThat(ask(ProtectedApplication.CERTIFICATE, environment, "/any/page", claims)
                        .text())
                .doesNotContain("user=");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-135")
    void basic(Environment environment) {
        for (String header : new String[] {"HTTP_AUTHORIZATION", "REDIRECT_HTTP_AUTHORIZATION"}) {
            assertThat(whoAmI(ask(
                            ProtectedApplication.BASIC,
                            environment,
                            "/user/page",
                            header,
                            AuthorizerClient.basic("joe", "joes-password"))))
                    .containsEntry("user", "joe")
                    .containsEntry("type", "BASIC");
        }
        assertThat(ask(
                                ProtectedApplication.BASIC,
                                environment,
                                "/user/page",
                                "HTTP_AUTHORIZATION",
                                AuthorizerClient.basic("joe", "wrong"))
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-135")
    void digest(Environment environment) throws Exception {
        String challenge = ask(ProtectedApplication.DIGEST, environment, "/user/page")
                .header()
                .one("WWW-Authenticate");
        String right = digest(challenge, ProtectedApplication.DIGEST.path(environment) + "/user/page", "joes-password");
        challenge = ask(ProtectedApplication.DIGEST, environment, "/user/page")
                .header()
                .one("WWW-Authenticate");
        String wrong = digest(challenge, ProtectedApplication.DIGEST.path(environment) + "/user/page", "wrong");

        assertThat(whoAmI(ask(ProtectedApplication.DIGEST, environment, "/user/page", "HTTP_AUTHORIZATION", right)))
                .containsEntry("user", "joe")
                .containsEntry("type", "DIGEST");
        assertThat(ask(ProtectedApplication.DIGEST, environment, "/user/page", "HTTP_AUTHORIZATION", wrong)
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-135")
    void digestCountsForThePageOnlyThatItWasMadeFor(Environment environment) throws Exception {
        String page = ProtectedApplication.DIGEST.path(environment) + "/user/page";
        String[] others = {
            ProtectedApplication.DIGEST.path(environment) + "/user/other",
            page + "?a=b",
            page + ";x",
            "/",
            "",
            "http://app.example/elsewhere"
        };
        for (String other : others) {
            String challenge = ask(ProtectedApplication.DIGEST, environment, "/user/page")
                    .header()
                    .one("WWW-Authenticate");
            FcgiResponse response = ask(
                    ProtectedApplication.DIGEST,
                    environment,
                    "/user/page",
                    "HTTP_AUTHORIZATION",
                    digest(challenge, other, "joes-password"));

            assertThat(response.status()).as(other).isIn(400, 401);
        }
        String challenge = ask(ProtectedApplication.DIGEST, environment, "/user/page")
                .header()
                .one("WWW-Authenticate");
        String query = digest(challenge, page + "?a=b", "joes-password");
        assertThat(whoAmI(ask(ProtectedApplication.DIGEST, environment, "/user/page?a=b", "HTTP_AUTHORIZATION", query)))
                .containsEntry("user", "joe");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-135")
    void digestByTheAlgorithmOfTheApplication(Environment environment) throws Exception {
        String page = ProtectedApplication.SHA256.path(environment) + "/user/page";
        String challenge = ask(ProtectedApplication.SHA256, environment, "/user/page")
                .header()
                .one("WWW-Authenticate");

        assertThat(challenge).contains("algorithm=SHA-256");
        assertThat(whoAmI(ask(
                        ProtectedApplication.SHA256,
                        environment,
                        "/user/page",
                        "HTTP_AUTHORIZATION",
                        digest("SHA-256", challenge, page, "joes-password"))))
                .containsEntry("user", "joe");
    }

    private static String digest(String challenge, String uri, String password) throws Exception {
        return digest("MD5", challenge, uri, password);
    }

    /** RFC 7616, section 3.4. */
    private static String digest(String algorithm, String challenge, String uri, String password) throws Exception {
        String nonce = parameter(challenge, "nonce");
        String realm = parameter(challenge, "realm");
        String user = hash(algorithm, "joe:" + realm + ":" + password);
        String response = hash(algorithm, user + ":" + nonce + ":00000001:c:auth:" + hash(algorithm, "GET:" + uri));
        return "Digest username=\"joe\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", qop=auth, nc=00000001, cnonce=\"c\", algorithm=" + algorithm;
    }

    private static String parameter(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        assertThat(matcher.find()).as(challenge).isTrue();
        return matcher.group(1);
    }

    private static String hash(String algorithm, String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-137")
    void malformedCertificateIsLeftOutAndTold(Environment environment) {
        String[] tls = {"HTTPS", "on", "SSL_CLIENT_VERIFY", "SUCCESS", "SSL_CLIENT_CERT", "-----BEGIN CERTIFICATE-----x"
        };

        assertThat(whoAmI(ask(ProtectedApplication.CERTIFICATE, environment, "/page", tls)))
                .containsEntry("certificate", "null")
                .containsEntry("secure", "true");
        assertThat(gangway.log()).contains("the client's certificate cannot be read and is left out");
        assertThat(ask(ProtectedApplication.CERTIFICATE, environment, "/user/page", tls)
                        .text())
                .doesNotContain("user=");
    }

    /** Which it was not told to serve. */
    @Test
    @Tag("FCGI-52")
    @Tag("FCGI-98")
    void authorizerIsRefused() {
        Pairs question = Pairs.get(ProtectedApplication.BASIC.path(Environment.EE11) + "/page");

        assertThat(authorize(gangway, question).status()).isEqualTo(403);
        assertThat(respond(gangway, question.and("FCGI_ROLE", "AUTHORIZER")).status())
                .isEqualTo(403);
    }
}
