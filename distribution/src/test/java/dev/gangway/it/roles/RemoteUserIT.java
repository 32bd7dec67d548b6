package dev.gangway.it.roles;

import static dev.gangway.it.roles.AuthorizerClient.basic;
import static dev.gangway.it.roles.AuthorizerClient.respond;
import static dev.gangway.it.roles.AuthorizerClient.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --trust-remote-user}: the web server's user is the application's. */
@ParameterizedClass
@EnumSource
@Tag("FCGI-128")
class RemoteUserIT {
    @RegisterExtension
    static final Trusting TRUSTING = new Trusting();

    /** The application's page for status 403. */
    private static final String FORBIDDEN = "page /error";

    private final Environment environment;

    RemoteUserIT(Environment environment) {
        this.environment = environment;
    }

    private Pairs get(ProtectedApplication application, String path, String... params) {
        return Pairs.get(application.path(environment) + path).and(params);
    }

    private FcgiResponse ask(ProtectedApplication application, String path, String... params) {
        return respond(TRUSTING.gangway(), get(application, path, params));
    }

    @ParameterizedTest
    @EnumSource
    void isTheUserOnEveryPage(ProtectedApplication application) {
        for (String path : new String[] {"/page", "/any/page", "/page?async"}) {
            assertThat(whoAmI(ask(application, path, "REMOTE_USER", "bob", "AUTH_TYPE", "Negotiate")))
                    .as(path)
                    .containsEntry("user", "bob")
                    .containsEntry("principal", "bob")
                    .containsEntry("type", "Negotiate")
                    .containsEntry("roles", application == ProtectedApplication.DISPATCH ? "" : "**")
                    .containsEntry("dispatch", path.endsWith("async") ? "ASYNC" : "REQUEST");
        }
        assertThat(ask(application, "/user/page", "REMOTE_USER", "bob").text()).isEqualTo(FORBIDDEN);
    }

    @Test
    void hasTheRolesOfTheUsersFileAndOfTheParameter() {
        assertThat(whoAmI(ask(ProtectedApplication.BASIC, "/user/page", "REMOTE_USER", "joe")))
                .containsEntry("roles", "user,**")
                .containsEntry("type", "REMOTE_USER");
        assertThat(whoAmI(ask(ProtectedApplication.FORM, "/admin/page", "REMOTE_USER", "bob", "GROUPS", "boss, admin")))
                .containsEntry("roles", "admin,boss,**");
        assertThat(whoAmI(ask(ProtectedApplication.OPEN, "/page", "REMOTE_USER", "bob", "GROUPS", "user")))
                .containsEntry("roles", "user,**");
        assertThat(ask(ProtectedApplication.OPEN, "/admin/page", "REMOTE_USER", "joe")
                        .text())
                .isEqualTo(FORBIDDEN);
        assertThat(ask(ProtectedApplication.OPEN, "/nobody/page", "REMOTE_USER", "ann")
                        .text())
                .isEqualTo(FORBIDDEN);
    }

    @Test
    void hasTheRolesOfTheRealmOfTheApplication() {
        assertThat(whoAmI(ask(ProtectedApplication.DISPATCH, "/user/page", "REMOTE_USER", "eve")))
                .containsEntry("roles", "user");
        assertThat(ask(ProtectedApplication.BASIC, "/user/page", "REMOTE_USER", "eve")
                        .text())
                .isEqualTo(FORBIDDEN);
    }

    @Test
    void isNobodyWithoutTheParameter() {
        assertThat(whoAmI(ask(
                        ProtectedApplication.BASIC,
                        "/page",
                        "REMOTE_USER",
                        "",
                        "AUTH_TYPE",
                        "Basic",
                        "GROUPS",
                        "admin")))
                .containsEntry("user", "null")
                .containsEntry("principal", "null")
                .containsEntry("type", "null")
                .containsEntry("roles", "");
        assertThat(ask(ProtectedApplication.OPEN, "/any/page").text()).isEqualTo(FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP_REMOTE_USER",
                "REDIRECT_REMOTE_USER",
                "Remote_User",
                "remote_user",
                "REMOTE-USER",
                "REMOTE_USER ",
                "REMOTE__USER",
                "HTTP_REMOTE__USER",
                "HTTP_Remote_User",
                "LOGON_USER",
                "AUTH_USER",
                "REMOTE_IDENT",
                "HTTP_X_REMOTE_USER",
                "HTTP_X_FORWARDED_USER"
            })
    void isNotTakenFromWhatLooksLikeIt(String name) {
        assertThat(whoAmI(ask(ProtectedApplication.BASIC, "/page", name, "bob", "HTTP_GROUPS", "admin")))
                .containsEntry("user", "null")
                .containsEntry("roles", "");
        assertThat(ask(ProtectedApplication.BASIC, "/any/page", name, "bob").status())
                .isEqualTo(401);
    }

    @Test
    void comesBeforeTheLoginOfTheApplicationWhichCountsWithoutIt() {
        String ann = basic("ann", "anns-password");

        assertThat(whoAmI(ask(ProtectedApplication.BASIC, "/user/page", "HTTP_AUTHORIZATION", ann)))
                .containsEntry("user", "ann")
                .containsEntry("type", "BASIC")
                // Whether "**" is a role of a login of its own depends on Jetty's environment.
                .hasEntrySatisfying("roles", roles -> assertThat(roles).startsWith("user,admin"));
        assertThat(whoAmI(
                        ask(ProtectedApplication.BASIC, "/any/page", "HTTP_AUTHORIZATION", ann, "REMOTE_USER", "bob")))
                .containsEntry("user", "bob");
    }

    @Test
    @Tag("FCGI-164")
    void isNobodyIfTheNameCannotBeOne() {
        assertThat(whoAmI(ask(ProtectedApplication.OPEN, "/page", "REMOTE_USER", "bob\n127.0.0.1 - ann")))
                .containsEntry("user", "null");
    }

    @Test
    void isInTheAccessLogOnEveryPage() {
        String page = "/login?log-" + environment;

        ask(ProtectedApplication.OPEN, page, "REMOTE_USER", "carol");
        ask(ProtectedApplication.BASIC, "/any/page?log-" + environment, "REMOTE_USER", "dave");
        ask(ProtectedApplication.BASIC, page);

        for (String line : new String[] {
            " - carol [^\"]+\"GET " + ProtectedApplication.OPEN.path(environment) + "/login",
            " - dave [^\"]+\"GET " + ProtectedApplication.BASIC.path(environment) + "/any/page",
            " - - [^\"]+\"GET " + ProtectedApplication.BASIC.path(environment) + "/login"
        }) {
            Await.until(line, () -> TRUSTING.gangway()
                    .log()
                    .lines()
                    .anyMatch(text -> text.contains("log-" + environment)
                            && java.util.regex.Pattern.compile(line)
                                    .matcher(text)
                                    .find()));
        }
    }

    @Test
    @Tag("FCGI-136")
    void comesWithAttributesFromParametersOnly() {
        assertThat(whoAmI(ask(ProtectedApplication.OPEN, "/page", "OIDC_CLAIM_email", "bob@example.org")))
                .containsEntry("claim", "bob@example.org");
        assertThat(whoAmI(ask(
                        ProtectedApplication.OPEN,
                        "/page",
                        "HTTP_OIDC_CLAIM_email",
                        "x",
                        "HTTP_OIDC_CLAIM_EMAIL",
                        "x")))
                .containsEntry("claim", "null");
    }
}
