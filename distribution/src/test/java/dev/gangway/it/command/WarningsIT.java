package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiNumbers;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the log says where nothing else would. */
class WarningsIT {
    private static final String LOGIN =
            """
            <web-app>
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>all</web-resource-name>
                  <url-pattern>/*</url-pattern>
                </web-resource-collection>
                <auth-constraint><role-name>user</role-name></auth-constraint>
              </security-constraint>
              <login-config>
                <auth-method>%s</auth-method>
                <form-login-config>
                  <form-login-page>/login.html</form-login-page>
                  <form-error-page>/login.html</form-error-page>
                </form-login-config>
              </login-config>
              <security-role><role-name>user</role-name></security-role>
            </web-app>
            """;

    @Test
    void aPathWithoutApplicationIsTold() {
        try (GangwayProcess gangway = GangwayProcess.start(
                        List.of("/notes=" + Installation.built().sampleWar()));
                Peer peer = Peer.connect(gangway.unix())) {
            for (int i = 0; i < 10; i++) {
                peer.request(1, FcgiNumbers.KEEP_CONN, Pairs.get("/app/hello\u001b?x"), new byte[0]);
                peer.response(1);
                peer.get(1, FcgiNumbers.KEEP_CONN, "/app/hello");
                assertThat(peer.response(1).status()).isEqualTo(404);
            }

            String told =
                    "no application at /app/hello; there is /notes. Mount it at the same path, or use --context-path";
            assertThat(gangway.log().lines().filter(line -> line.endsWith(told)))
                    .hasSize(3);
            Await.until("the rest is told", () -> gangway.log().contains("7 more requests for no application"));
        }
    }

    @Test
    void aLoginWithoutUsersIsTold() throws IOException {
        try (TempFolder folder = TempFolder.create("logins")) {
            List<String> applications = new ArrayList<>();
            for (Environment environment : Environment.values()) {
                for (String method : List.of("FORM", "BASIC", "DIGEST", "CLIENT-CERT")) {
                    String name = environment + "-" + method.toLowerCase();
                    applications.add("/" + name + "="
                            + WebApplication.create(folder.resolve(name), environment)
                                    .write("WEB-INF/web.xml", LOGIN.formatted(method))
                                    .directory());
                }
            }
            try (GangwayProcess gangway = GangwayProcess.start(applications)) {
                for (Environment environment : Environment.values()) {
                    assertThat(gangway.log())
                            .contains("/" + environment + "-form has a FORM login but no users (--users FILE)")
                            .contains("/" + environment + "-basic has a BASIC login but no users (--users FILE)")
                            .contains("/" + environment + "-digest has a DIGEST login but no users (--users FILE)")
                            .doesNotContain("client-cert has");
                }
            }
            try (GangwayProcess gangway = GangwayProcess.start(
                    applications, "--users=" + folder.write("users.properties", "joe: secret,user\n"))) {
                assertThat(gangway.log()).doesNotContain("no users");
            }
            try (GangwayProcess gangway = GangwayProcess.start(applications, "--trust-remote-user")) {
                assertThat(gangway.log()).doesNotContain("no users");
            }
        }
    }

    @Test
    @Tag("FCGI-164")
    void badHostsDoNotFillTheLog() {
        try (GangwayProcess gangway = GangwayProcess.start();
                Peer peer = Peer.connect(gangway.unix())) {
            for (int i = 0; i < 50; i++) {
                peer.request(1, FcgiNumbers.KEEP_CONN, Pairs.get("/").with("HTTP_HOST", "a b"), new byte[0]);
                assertThat(peer.response(1).status()).isEqualTo(400);
            }

            assertThat(gangway.log().lines().filter(line -> line.contains("WARN")))
                    .hasSize(3)
                    .allMatch(line -> line.endsWith("request rejected: 400: bad Host header: GET / of 192.0.2.7"));
        }
    }
}
