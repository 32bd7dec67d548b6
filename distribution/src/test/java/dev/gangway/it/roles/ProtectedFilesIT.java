package dev.gangway.it.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The login of an application protects the files of a web server. */
@Tag("FCGI-80")
class ProtectedFilesIT {
    @RegisterExtension
    static final Trusting TRUSTING = new Trusting();

    private static final String BASIC = ProtectedApplication.BASIC.path(Environment.EE8);
    private static final String FORM = ProtectedApplication.FORM.path(Environment.EE11);

    private static GuardedSite basic;
    private static GuardedSite admin;
    private static GuardedSite form;

    @BeforeAll
    static void start() {
        basic = GuardedSite.start(TRUSTING.gangway(), BASIC + "/", BASIC + "/user/");
        admin = GuardedSite.start(TRUSTING.gangway(), BASIC + "/", BASIC + "/admin/");
        form = GuardedSite.start(TRUSTING.gangway(), FORM + "/", FORM + "/user/");
    }

    @AfterAll
    static void stop() {
        basic.close();
        admin.close();
        form.close();
    }

    private static RawResponse get(GuardedSite site, GuardedServer guard, String user, String password)
            throws IOException {
        return site.exchange(
                guard,
                RawRequest.get(site.guarded() + guard.folder() + "file.txt")
                        .header("Authorization", AuthorizerClient.basic(user, password)));
    }

    /** FCGI-167: the name is right, the web server believes itself, and we believe the web server. */
    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-81")
    @Tag("FCGI-167")
    void passwordIsChecked(GuardedServer guard) throws IOException {
        assertThat(get(basic, guard, "joe", "joes-password").text())
                .as(guard.toString())
                .isEqualTo(Files.SECRET);

        guard.assertDenied(get(basic, guard, "joe", "sEcReT-guess"));
        guard.assertDenied(get(basic, guard, "nobody", "joes-password"));
        guard.assertDenied(get(admin, guard, "joe", "joes-password"));
        assertThat(get(admin, guard, "ann", "anns-password").text()).isEqualTo(Files.SECRET);
        assertThat(TRUSTING.gangway().log()).doesNotContain("sEcReT-guess", "joes-password");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyIsAskedForAPassword(GuardedServer guard) throws IOException {
        RawResponse response = basic.exchange(guard, RawRequest.get(basic.guarded() + guard.folder() + "file.txt"));

        guard.assertDenied(response);
        assertThat(response.status()).isEqualTo(401);
        // With the check provider, httpd asks as well.
        assertThat(response.value("WWW-Authenticate")).startsWith("Basic realm=\"house\"");
    }

    /** In the phase of authorization no password comes, and the name is the web server's. */
    @Test
    @Tag("FCGI-128")
    void authorizationKnowsNobodyUnlessTheWebServerIsBelieved() throws IOException {
        try (TempFolder folder = TempFolder.create("house");
                GangwayProcess unbelieving = GangwayProcess.start(
                        List.of(ProtectedApplication.BASIC.build(folder, Environment.EE8)),
                        "--authorizer=container",
                        "--users=" + folder.write("users.properties", Trusting.USERS));
                GuardedSite site = GuardedSite.start(unbelieving, BASIC + "/", BASIC + "/user/")) {
            assertThat(get(site, GuardedServer.AUTHN, "joe", "joes-password").text())
                    .isEqualTo(Files.SECRET);
            GuardedServer.AUTHZ.assertDenied(get(site, GuardedServer.AUTHZ, "joe", "joes-password"));
            GuardedServer.TURNS.assertDenied(get(site, GuardedServer.TURNS, "joe", "joes-password"));
        }
    }

    @Test
    @Tag("FCGI-77")
    void userReachesTheNextHandler() throws IOException {
        for (GuardedServer guard : new GuardedServer[] {
            GuardedServer.LIGHTTPD, GuardedServer.AUTHZ, GuardedServer.AUTHNZ, GuardedServer.CHECK
        }) {
            RawResponse response = basic.exchange(
                    guard,
                    RawRequest.get(basic.guarded() + guard.folder() + "next")
                            .header("Authorization", AuthorizerClient.basic("joe", "joes-password")));
            assertThat(AuthorizerClient.facts(response.text()))
                    .as(guard.toString())
                    .containsEntry("user", "joe");
        }
    }

    @Test
    void loginByFormBehindLighttpd() throws IOException {
        logIn(form.connect(GuardedServer.LIGHTTPD), form.guarded() + "file.txt");
    }

    @Test
    void loginByFormBehindTheCheckProvider() throws IOException {
        logIn(form.connect(GuardedServer.CHECK), form.guarded() + "check/file.txt");
    }

    @Test
    void loginByFormBehindNginx() throws IOException {
        Map<String, String> placeholders = new HashMap<>(TRUSTING.gangway().placeholders());
        placeholders.putAll(form.files().placeholders(FORM + "/", form.guarded()));
        try (RunningServer nginx = RunningServer.start(WebServer.NGINX, "form", placeholders)) {
            logIn(new RawHttp(nginx.port()), form.guarded() + "file.txt");
        }
    }

    /** As a browser does. */
    private static void logIn(RawHttp http, String file) throws IOException {
        try (http) {
            RawResponse denied = GuardedSite.read(http.exchange(RawRequest.get(file)));
            assertThat(denied.status()).as(denied.text()).isBetween(302, 303);
            assertThat(denied.value("Location")).contains(FORM + "/login");
            String session = denied.value("Set-Cookie").replaceFirst(";.*", "");

            RawResponse wrong = GuardedSite.read(http.exchange(login("wrong", session)));
            assertThat(wrong.value("Location")).contains("/login?again");
            RawResponse login = GuardedSite.read(http.exchange(login("joes-password", session)));
            assertThat(login.value("Location")).endsWith(file);
            String user = login.values("Set-Cookie").isEmpty()
                    ? session
                    : login.value("Set-Cookie").replaceFirst(";.*", "");

            assertThat(GuardedSite.read(http.exchange(RawRequest.get(file).header("Cookie", user)))
                            .text())
                    .isEqualTo(Files.SECRET);
            assertThat(http.exchange(RawRequest.get(file).header("Cookie", "JSESSIONID=forged"))
                            .status())
                    .isBetween(302, 303);
        }
    }

    private static RawRequest login(String password, String session) {
        return RawRequest.post(FORM + "/j_security_check", Body.of("j_username=joe&j_password=" + password))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Cookie", session);
    }
}
