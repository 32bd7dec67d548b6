package dev.gangway.it.roles;

import static dev.gangway.it.roles.AuthorizerClient.authorize;
import static dev.gangway.it.roles.AuthorizerClient.basic;
import static dev.gangway.it.roles.AuthorizerClient.respond;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.CgiHeader;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --authorizer=container}: the security of an application decides about what the web server serves. */
@ParameterizedClass
@EnumSource
@Tag("FCGI-75")
@Tag("FCGI-80")
class ContainerAuthorizerIT {
    @RegisterExtension
    static final Trusting TRUSTING = new Trusting();

    private static final String ANN = basic("ann", "anns-password");
    private static final String JOE = basic("joe", "joes-password");

    private final Environment environment;

    ContainerAuthorizerIT(Environment environment) {
        this.environment = environment;
    }

    private FcgiResponse ask(ProtectedApplication application, String path, String... params) {
        return ask("GET", application, path, params);
    }

    private FcgiResponse ask(String method, ProtectedApplication application, String path, String... params) {
        return authorize(
                TRUSTING.gangway(),
                Pairs.request(method, application.path(environment) + path).and(params));
    }

    private static void assertDenied(FcgiResponse response) {
        assertThat(response.status()).as(response.toString()).isNotEqualTo(200);
        assertThat(response.header().fields())
                .noneMatch(field -> field.name().startsWith("Variable-"))
                .noneMatch(field -> field.name().equals("Status"));
    }

    @ParameterizedTest
    @EnumSource
    void grantsWhatIsOpenToAll(ProtectedApplication application) {
        FcgiResponse response = ask(application, "/page/that/only/the/web/server/has");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header().fields()).isEmpty();
        assertThat(response.text()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deniesWhatIsNot(ProtectedApplication application) {
        assertDenied(ask(application, "/user/page"));
        assertDenied(ask(application, "/any/page"));
        assertDenied(ask(application, "/nobody/page", "HTTP_AUTHORIZATION", ANN));
        assertDenied(ask("POST", application, "/user/page"));
        assertDenied(ask("HEAD", application, "/user/page"));
        assertDenied(ask("OPTIONS", application, "/user/page"));
        assertDenied(ask("TRACE", application, "/user/page"));
    }

    @Test
    void asksForTheLoginOfTheApplication() {
        FcgiResponse basic = ask(ProtectedApplication.BASIC, "/user/page");
        FcgiResponse digest = ask(ProtectedApplication.DIGEST, "/user/page");
        FcgiResponse form = ask(ProtectedApplication.FORM, "/user/page");

        assertThat(basic.status()).isEqualTo(401);
        assertThat(basic.header().one("WWW-Authenticate")).isEqualTo("Basic realm=\"house\"");
        assertThat(digest.status()).isEqualTo(401);
        assertThat(digest.header().one("WWW-Authenticate")).startsWith("Digest realm=\"house\"");
        assertThat(form.status()).isBetween(302, 303);
        assertThat(form.header().one("Location")).startsWith(ProtectedApplication.FORM.path(environment) + "/login");
        // Here the page for status 403 answers with 200.
        assertThat(ask(ProtectedApplication.OPEN, "/user/page").status()).isEqualTo(403);
    }

    @Test
    void grantsByRole() {
        FcgiResponse response = ask(ProtectedApplication.BASIC, "/user/page", "HTTP_AUTHORIZATION", JOE);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header().one("Variable-REMOTE_USER")).isEqualTo("joe");
        assertThat(response.header().one("Variable-AUTH_TYPE")).isEqualTo("BASIC");
        assertThat(ask(ProtectedApplication.BASIC, "/any/page", "HTTP_AUTHORIZATION", JOE)
                        .status())
                .isEqualTo(200);
        assertDenied(ask(ProtectedApplication.BASIC, "/admin/page", "HTTP_AUTHORIZATION", JOE));
        assertThat(ask(ProtectedApplication.BASIC, "/admin/page", "HTTP_AUTHORIZATION", ANN)
                        .status())
                .isEqualTo(200);
        assertDenied(
                ask(ProtectedApplication.BASIC, "/user/page", "HTTP_AUTHORIZATION", basic("joe", "anns-password")));
    }

    @Test
    void decidesByAnnotations() {
        String path = "/" + environment + "-annotated";
        Pairs members = Pairs.get(path + "/members/file.txt");

        assertDenied(authorize(TRUSTING.gangway(), members));
        assertDenied(authorize(TRUSTING.gangway(), members.and("REMOTE_USER", "joe", "REMOTE_PASSWD", "wrong")));
        assertThat(authorize(TRUSTING.gangway(), members.and("REMOTE_USER", "joe", "REMOTE_PASSWD", "joes-password"))
                        .status())
                .isEqualTo(200);
        assertThat(authorize(TRUSTING.gangway(), Pairs.get(path + "/file.txt")).status())
                .isEqualTo(200);
    }

    @Test
    void tellsTheUserAlsoWhereNoneIsNeeded() {
        assertThat(ask(ProtectedApplication.BASIC, "/page", "HTTP_AUTHORIZATION", JOE)
                        .header()
                        .one("Variable-REMOTE_USER"))
                .isEqualTo("joe");
    }

    @Test
    void decidesByMethod() {
        assertThat(ask("GET", ProtectedApplication.BASIC, "/write/page").status())
                .isEqualTo(200);
        assertDenied(ask("PUT", ProtectedApplication.BASIC, "/write/page"));
        assertDenied(ask("OPTIONS", ProtectedApplication.BASIC, "/write/page"));
        assertThat(ask("OPTIONS", ProtectedApplication.BASIC, "/write/page", "HTTP_AUTHORIZATION", ANN)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void decidesByTransport() {
        assertDenied(ask(ProtectedApplication.BASIC, "/tls/page"));
        assertThat(ask(ProtectedApplication.BASIC, "/tls/page", "HTTPS", "on").status())
                .isEqualTo(200);
    }

    /** What the web server finds the same file for must not pass for another path. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//user/page",
                "/x/../user/page",
                "/x/%2e%2e/user/page",
                "/./user/page",
                "/%75ser/page",
                "/x/..;/user/page",
                "/x;/../user/page",
                "/user%2Fpage",
                "/user;x=y/page",
                "/user%00/page",
                "/x%5c..%5cuser/page"
            })
    void deniesBySuspiciousPaths(String path) {
        assertDenied(ask(ProtectedApplication.BASIC, path));
    }

    @Test
    void deniesWhatNoApplicationIsAt() {
        assertDenied(authorize(TRUSTING.gangway(), Pairs.get("/nowhere/page")));
        assertDenied(authorize(TRUSTING.gangway(), Pairs.get("/").and("HTTP_AUTHORIZATION", ANN)));
    }

    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-167")
    void checksTheClaimOfAWebServer() {
        for (ProtectedApplication application : new ProtectedApplication[] {
            ProtectedApplication.BASIC,
            ProtectedApplication.DIGEST,
            ProtectedApplication.FORM,
            ProtectedApplication.CERTIFICATE,
            ProtectedApplication.OPEN
        }) {
            String[] right = {"REMOTE_USER", "joe", "REMOTE_PASSWD", "joes-password"};
            String[] wrong = {"REMOTE_USER", "joe", "REMOTE_PASSWD", "sEcReT-guess"};
            String[] none = {"REMOTE_USER", "joe", "AUTH_TYPE", "Basic"};
            for (String path : new String[] {"/user/page", "/page"}) {
                FcgiResponse granted = ask(application, path, right);
                assertThat(granted.status()).as(application + path).isEqualTo(200);
                assertThat(granted.header().one("Variable-REMOTE_USER")).isEqualTo("joe");
                assertDenied(ask(application, path, wrong));
                assertDenied(ask(application, path, none));
                assertDenied(authorize(
                        TRUSTING.gangway(),
                        Pairs.get(application.path(environment) + path)
                                .and(wrong)
                                .and("FCGI_APACHE_ROLE", "AUTHENTICATOR")));
            }
            assertDenied(ask(application, "/admin/page", right));
        }
        assertThat(TRUSTING.gangway().log())
                .doesNotContain("sEcReT-guess", "joes-password")
                .doesNotContain(encoded("sEcReT-guess"), encoded("joes-password"));
    }

    /** What becomes of a password of joe where it is a header. */
    private static String encoded(String password) {
        return basic("joe", password).substring("Basic ".length());
    }

    @Test
    @Tag("FCGI-167")
    void believesTheUserAfterTheWebServerHasCheckedIt() {
        String[] checked = {"REMOTE_USER", "joe", "AUTH_TYPE", "Basic", "FCGI_APACHE_ROLE", "AUTHORIZER"};

        assertThat(ask(ProtectedApplication.FORM, "/user/page", checked).status())
                .isEqualTo(200);
        assertDenied(ask(ProtectedApplication.FORM, "/admin/page", checked));
        for (String role : new String[] {"AUTHENTICATOR", "ACCESS_CHECKER", "authorizer", ""}) {
            assertDenied(ask(ProtectedApplication.FORM, "/user/page", "REMOTE_USER", "joe", "FCGI_APACHE_ROLE", role));
        }
        assertDenied(ask(
                ProtectedApplication.FORM, "/user/page", "REMOTE_USER", "joe", "HTTP_FCGI_APACHE_ROLE", "AUTHORIZER"));
    }

    @Test
    void followsALoginByForm() {
        FcgiResponse denied = ask(ProtectedApplication.FORM, "/user/page?x=y");
        String session = cookie(denied);
        assertDenied(ask(ProtectedApplication.FORM, "/user/page", "HTTP_COOKIE", session));

        String login = "j_username=joe&j_password=joes-password";
        FcgiResponse loggedIn = respond(
                TRUSTING.gangway(),
                Pairs.post(ProtectedApplication.FORM.path(environment) + "/j_security_check", login.length())
                        .and("CONTENT_TYPE", "application/x-www-form-urlencoded", "HTTP_COOKIE", session),
                login);
        session = loggedIn.header().all("Set-Cookie").isEmpty() ? session : cookie(loggedIn);

        assertThat(loggedIn.header().one("Location"))
                .endsWith(ProtectedApplication.FORM.path(environment) + "/user/page?x=y");
        FcgiResponse granted = ask(ProtectedApplication.FORM, "/user/page?x=y", "HTTP_COOKIE", session);
        assertThat(granted.status()).isEqualTo(200);
        assertThat(granted.header().one("Variable-REMOTE_USER")).isEqualTo("joe");
        assertThat(granted.header().one("Variable-AUTH_TYPE")).isEqualTo("FORM");
        assertDenied(ask(ProtectedApplication.FORM, "/admin/page", "HTTP_COOKIE", session));
        assertDenied(ask(ProtectedApplication.FORM, "/user/page", "HTTP_COOKIE", "JSESSIONID=forged"));
    }

    /** The page after a wrong password has status 200 in itself. */
    @ParameterizedTest
    @CsvSource({"FORM", "DISPATCH"})
    void takesNoLoginPageForAGrant(ProtectedApplication application) {
        assertDenied(ask(application, "/user/page"));
        assertDenied(ask(application, "/j_security_check"));
        assertDenied(ask(application, "/user/j_security_check?j_username=joe&j_password=wrong"));
        assertDenied(ask(application, "/any/page", "HTTP_COOKIE", "JSESSIONID=forged"));
    }

    private static String cookie(FcgiResponse response) {
        CgiHeader header = response.header();
        return header.one("Set-Cookie").replaceFirst(";.*", "");
    }
}
