package dev.gangway.it.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Await;
import dev.gangway.it.harness.Level;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import dev.gangway.it.harness.WithInstalledCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** mod_fcgid starts the application and asks it; whatever that says, the client gets a 401 of its own. */
@Tag("FCGI-80")
class FcgidAuthorizerIT extends WithInstalledCopy {
    private static final String[] HOOKS = {"authn/", "authz/", "free/"};

    /** A web server that has started, and files. */
    private record Site(RunningServer httpd, Files files, String guarded) implements AutoCloseable {
        static Site start(String guarded, String arguments) {
            Files files = Files.create();
            for (String hook : HOOKS) {
                files.put(guarded + hook);
            }
            Map<String, String> placeholders = new HashMap<>(files.placeholders("/", guarded));
            placeholders.put("free", guarded + "free/");
            // mod_fcgid passes nothing of its environment on.
            placeholders.put(
                    "command",
                    "/usr/bin/env JAVA_HOME=" + System.getProperty("java.home") + " " + installation.command() + " run "
                            + arguments + " --log " + files.log());
            return new Site(RunningServer.start(WebServer.HTTPD, "authorizers", placeholders), files, guarded);
        }

        String log() {
            try {
                return java.nio.file.Files.readString(files.log());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        RawResponse get(String target, String password) throws IOException {
            RawRequest request = RawRequest.get(guarded + target);
            try (RawHttp http = new RawHttp(httpd.port())) {
                return GuardedSite.read(http.exchange(
                        password == null ? request : request.header("Authorization", Ask.basic("joe", password))));
            }
        }

        @Override
        public void close() {
            httpd.close();
            files.close();
        }
    }

    @Test
    @Tag("FCGI-73")
    @Tag("FCGI-74")
    @Tag("FCGI-77")
    void servletDecides() throws IOException {
        String options = installation.sampleWar() + " --context-path / --authorizer original";
        try (Site site = Site.start("/probe/authorize/", options)) {
            for (String hook : HOOKS) {
                String file = hook + "file.txt?";
                assertThat(site.get(file, "any").text()).as(hook).isEqualTo(Files.SECRET);
                for (String query : new String[] {
                    "code=403", "code=302&h=Location:/x", "code=204", "code=500", "fail=before", "fail=after"
                }) {
                    RawResponse denied = site.get(file + query, "any");
                    assertThat(denied.text()).as(hook + query).doesNotContain(Files.SECRET);
                    assertThat(denied.status()).as(hook + query).isEqualTo(401);
                }
                // It may have been asked twice, and have said so twice.
                assertThat(site.get(hook + "next?h=Variable-X_SHIP:Ahoy", "any").text())
                        .as(hook)
                        .contains("X_SHIP=Ahoy");
            }
            assertThat(site.get("authn/file.txt", null).status()).isEqualTo(401);
            assertKillDenies(site);
        }
    }

    private static void assertKillDenies(Site site) throws IOException {
        RawRequest slow = RawRequest.get(site.guarded() + "free/file.txt?ms=600000");
        try (RawHttp http = new RawHttp(site.httpd().port())) {
            http.send(slow);
            Await.until("it decides", () -> site.log().contains("takes 600000 ms"));

            site.httpd().kill("java");

            RawResponse response = GuardedSite.read(http.receive(slow));
            assertThat(response.text()).doesNotContain(Files.SECRET);
            assertThat(response.status()).isGreaterThanOrEqualTo(401);
        }
    }

    /** FCGI-167: neither the name that the client claims nor what we believe of REMOTE_USER lets anybody in. */
    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-167")
    void containerDecides() throws IOException {
        String path = House.BASIC.path(Level.EE10);
        Path classes = WebApplication.create(folder.resolve("classes"), Level.EE10)
                .classes("roles/classes")
                .directory();
        Path application = House.BASIC.build(folder, Level.EE10, classes);
        Path users = folder.write("users.properties", Trusting.USERS);
        String options = path + "=" + application + " --authorizer container --trust-remote-user --users " + users;
        try (Site site = Site.start(path + "/user/", options)) {
            for (String hook : new String[] {"authn/", "authz/"}) {
                assertThat(site.get(hook + "file.txt", "joes-password").text())
                        .as(hook)
                        .isEqualTo(Files.SECRET);
                RawResponse denied = site.get(hook + "file.txt", "sEcReT-guess");
                assertThat(denied.status()).as(hook).isEqualTo(401);
                assertThat(denied.text()).doesNotContain(Files.SECRET);
            }
            assertThat(site.get("free/file.txt", null).status()).isEqualTo(401);
            assertThat(site.log()).doesNotContain("sEcReT-guess", "joes-password");
        }
    }
}
