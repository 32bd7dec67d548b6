package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.TempFolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A servlet that is asked as an Authorizer grants by what it says, and denies by saying nothing. */
@ParameterizedClass
@EnumSource
@Tag("FCGI-75")
class DecisionIT {
    private static final String[] WAYS = {"", "?forward", "?own", "?passed", "?dispatch"};

    private static TempFolder folder;
    private static GangwayProcess gangway;

    private final Environment environment;

    DecisionIT(Environment environment) {
        this.environment = environment;
    }

    @BeforeAll
    static void start() {
        folder = TempFolder.create("decisions");
        gangway = GangwayProcess.start(
                ProtectedApplication.build(folder, ProtectedApplication.OPEN),
                "--authorizer=original",
                "--trust-remote-user",
                "--roles-param=GROUPS");
    }

    @AfterAll
    static void stop() {
        gangway.close();
        folder.close();
    }

    private FcgiResponse ask(String method, String decision, String... params) {
        return AuthorizerClient.authorize(gangway, pairs(method, decision).and(params));
    }

    private Pairs pairs(String method, String decision) {
        return Pairs.request(method, ProtectedApplication.OPEN.path(environment) + "/decide/" + decision);
    }

    private static void assertDenied(FcgiResponse response) {
        assertThat(response.status()).as(response.toString()).isNotEqualTo(200);
        assertThat(response.headerText()).startsWith("Status: ");
        assertThat(response.header().fields()).noneMatch(field -> field.name().startsWith("Variable-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "message", "content", "early"})
    void statusThatIsSetOrContentGrants(String decision) {
        for (String way : WAYS) {
            for (String method : new String[] {"GET", "HEAD"}) {
                assertThat(ask(method, decision + way).status())
                        .as(method + " " + decision + way)
                        .isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "session", "variable", "flush", "reset"})
    @Tag("FCGI-80")
    void silenceDenies(String decision) {
        for (String way : WAYS) {
            for (String method : new String[] {"GET", "HEAD"}) {
                FcgiResponse response = ask(method, decision + way);

                assertThat(response.status()).as(method + " " + decision + way).isEqualTo(403);
                assertThat(response.headerText()).startsWith("Status: 403");
                assertThat(response.header().fields()).isEmpty();
            }
        }
    }

    /** The page about it has status 200 in itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fail",
                "fail?forward",
                "fail?dispatch",
                "broken",
                "broken?forward",
                "broken?dispatch",
                "forbid",
                "forbid?forward",
                "forbid?own",
                "forbid?passed",
                "forbid?dispatch"
            })
    @Tag("FCGI-80")
    void errorDenies(String decision) {
        assertDenied(ask("GET", decision));
    }

    /** Its page, too, has status 200. */
    @Test
    @Tag("FCGI-80")
    void constraintOfTheApplicationDenies() {
        assertDenied(AuthorizerClient.authorize(
                gangway, Pairs.get(ProtectedApplication.OPEN.path(environment) + "/user/page")));
    }

    /** The container gives it up in the end, when it may seem to have been granted, and asks for a page about that. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "variable", "status", "message", "content", "early"})
    @Tag("FCGI-80")
    void whatNeverEndsDenies(String decision) {
        for (String method : new String[] {"GET", "HEAD"}) {
            assertDenied(ask(method, decision + "?never"));
        }
    }

    /** Then the servlet itself has ended it. */
    @ParameterizedTest
    @ValueSource(strings = {"status", "content", "early"})
    void whatEndsInTheEndGrants(String decision) {
        assertThat(ask("GET", decision + "?expire").status()).isEqualTo(200);
    }

    @Test
    @Tag("FCGI-73")
    @Tag("FCGI-77")
    void servletUsesTheApi() {
        for (String way : WAYS) {
            FcgiResponse response = ask("GET", "api" + way, "REMOTE_USER", "J\u00f6rg");

            assertThat(response.status()).as(way).isEqualTo(200);
            assertThat(response.header().one("Variable-ROLE")).isEqualTo("AUTHORIZER");
            assertThat(response.header().one("Variable-TARGET"))
                    .isEqualTo(ProtectedApplication.OPEN.path(environment) + "/decide/api" + way);
            assertThat(response.header().one("Variable-USER")).isEqualTo("J\u00c3\u00b6rg");
        }
    }

    /** Nobody has checked the name by then, unless the web server is Apache httpd and says so. */
    @ParameterizedTest
    @ValueSource(strings = {"user", "role"})
    @Tag("FCGI-81")
    @Tag("FCGI-167")
    void claimIsNoUser(String decision) {
        String[] claim = {"REMOTE_USER", "joe", "AUTH_TYPE", "Basic", "GROUPS", "user"};
        for (String way : WAYS) {
            assertThat(AuthorizerClient.authorize(
                                    gangway,
                                    pairs("GET", decision + way).and(claim).and("FCGI_APACHE_ROLE", "AUTHORIZER"))
                            .status())
                    .as(decision + way)
                    .isEqualTo(200);
            assertDenied(ask("GET", decision + way));
            assertDenied(ask("GET", decision + way, claim));
            for (String role : new String[] {"AUTHENTICATOR", "ACCESS_CHECKER", "authorizer", ""}) {
                assertDenied(AuthorizerClient.authorize(
                        gangway, pairs("GET", decision + way).and(claim).and("FCGI_APACHE_ROLE", role)));
            }
            assertDenied(AuthorizerClient.authorize(
                    gangway, pairs("GET", decision + way).and(claim).and("HTTP_FCGI_APACHE_ROLE", "AUTHORIZER")));
            assertDenied(AuthorizerClient.authorize(
                    gangway, pairs("GET", decision + way).and(claim).and("REMOTE_PASSWD", "guess")));
            // nginx asks that way.
            assertDenied(AuthorizerClient.respond(
                    gangway, pairs("GET", decision + way).and(claim).and("FCGI_ROLE", "AUTHORIZER")));
        }
    }

    /** A Responder has begun to answer by then; whether that is cut is for Jetty's environment to say. */
    @Test
    void whatNeverEndsIsEndedOtherwise() {
        try (Peer peer = Peer.connect(gangway.tcp())) {
            peer.request(1, CLOSE, pairs("GET", "early?never"), new byte[0]).expectClosed();
        }
    }

    /** As a Responder it has answered. */
    @Test
    void silenceIsAnAnswerOtherwise() {
        assertThat(AuthorizerClient.respond(
                                gangway, Pairs.get(ProtectedApplication.OPEN.path(environment) + "/decide/nothing"))
                        .status())
                .isEqualTo(200);
    }
}
