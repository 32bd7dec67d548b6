package dev.gangway.it.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Certificates;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What web servers say of the client's TLS connection, and of its certificate, which is a login. */
@ParameterizedClass
@EnumSource(names = {"NGINX", "LIGHTTPD", "HTTPD", "HAPROXY", "CADDY"})
@Tag("FCGI-137")
class ClientCertificateIT {
    @RegisterExtension
    static final Trusting TRUSTING = new Trusting();

    private static TempFolder folder;
    private static Certificates certificates;

    @Parameter
    WebServer server;

    private RunningServer running;

    @BeforeAll
    static void certify() {
        folder = TempFolder.create("certificates");
        certificates = Certificates.create(folder);
    }

    @AfterAll
    static void forget() {
        folder.close();
    }

    @BeforeEach
    void start() {
        Map<String, String> placeholders = new HashMap<>(TRUSTING.gangway().placeholders());
        placeholders.putAll(Map.of("app", "/", "tls", folder.path().toString(), "site", RawRequest.HOST));
        running = RunningServer.start(server, "tls", placeholders);
    }

    @AfterEach
    void stop() {
        running.close();
    }

    private RawResponse get(RawHttp.Layer tls, Environment environment, String path) throws IOException {
        try (RawHttp http = new RawHttp(running.port(), tls)) {
            return GuardedSite.read(
                    http.exchange(RawRequest.get(ProtectedApplication.CERTIFICATE.path(environment) + path)));
        }
    }

    @Test
    void certificateIsALogin() throws Exception {
        for (Environment environment : Environment.values()) {
            RawResponse response = get(certificates.joe(), environment, "/user/page");

            assertThat(AuthorizerClient.facts(response.text()))
                    .as(environment.toString())
                    .containsEntry("user", "CN=joe, O=house")
                    .containsEntry("type", "CLIENT_CERT")
                    .containsEntry("certificate", "CN=joe, O=house of 1")
                    .containsEntry("secure", "true")
                    .containsEntry("scheme", "https");
            assertThat(get(certificates.client(), environment, "/user/page").text())
                    .as(environment.toString())
                    .doesNotContain("user=");
        }
    }

    @Test
    void chainIsThatOfTheClientIfTheWebServerPassesItOn() throws Exception {
        for (Environment environment : Environment.values()) {
            assertThat(AuthorizerClient.facts(
                            get(certificates.ann(), environment, "/page").text()))
                    .as(environment.toString())
                    .containsEntry("certificate", "CN=ann, O=house of " + (server == WebServer.HTTPD ? 2 : 1));
        }
    }

    @Test
    void connectionIsDescribed() throws Exception {
        for (Environment environment : Environment.values()) {
            Map<String, String> facts = AuthorizerClient.facts(
                    get(certificates.client(), environment, "/page").text());

            assertThat(facts)
                    .as(environment.toString())
                    .containsEntry("certificate", "null")
                    .containsEntry("user", "null")
                    .containsEntry("secure", "true");
            assertThat(facts.get("protocol")).matches("TLSv1[.][23]");
            assertThat(facts.get("cipher")).contains("AES");
            assertThat(facts.get("key")).matches("128|256");
            // Some do not know it.
            boolean session = server != WebServer.LIGHTTPD && server != WebServer.CADDY;
            assertThat(facts.get("session")).matches(session ? "[0-9a-fA-F]{64}" : "null");
        }
    }
}
