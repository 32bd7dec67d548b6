package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.SharedDaemons;
import dev.gangway.it.harness.TempFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many processes of mod_fcgid, one daemon: what they have in common, and what becomes of it when one of them dies. */
class ModFcgidIT {
    private static final int CLIENTS = 32;
    private static final int VISITS = 4;
    private static final RawRequest SESSION = RawRequest.get("/probe/session");

    private TempFolder folder;
    private Installation installation;
    private RunningServer httpd;

    @BeforeEach
    void install() {
        folder = TempFolder.create("installation");
        installation = Installation.copyTo(folder);
    }

    @AfterEach
    void uninstall() {
        if (httpd != null) {
            httpd.close();
        }
        folder.close();
    }

    @Test
    @Tag("FCGI-156")
    void sessionsHoldWithManyClients() throws Exception {
        httpd = start(installation.placeholders());
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<String>> sessions = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                sessions.add(clients.submit((Callable<String>) this::visit));
            }
            Set<String> ids = new HashSet<>();
            for (Future<String> session : sessions) {
                ids.add(session.get());
            }

            assertThat(ids).hasSize(CLIENTS);
            assertThat(httpd.daemons().running()).hasSize(1);
            assertThat(httpd.daemons().relays()).hasSizeGreaterThan(1);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void deathOfRelayDaemonOrWebServerIsSurvived() throws IOException {
        httpd = start(installation.placeholders());
        String cookie = cookie(exchange(SESSION));

        httpd.daemons().killRelays();
        assertThat(count(cookie)).isEqualTo(2);

        httpd.daemons().running().forEach(SharedDaemons::kill);
        assertThat(count(cookie)).isEqualTo(1);

        cookie = cookie(exchange(SESSION));
        Set<ProcessHandle> orphans = Set.copyOf(httpd.daemons().relays());
        httpd.crash();
        assertThat(count(cookie)).isEqualTo(2);
        assertThat(httpd.daemons().running()).hasSize(1);
        Await.until("nothing is left of the web server that died", () -> orphans.stream()
                .noneMatch(httpd.daemons().relays()::contains));
    }

    @Test
    void webServerEndsWithoutTheDaemon() throws IOException {
        httpd = start(installation.placeholders());
        String cookie = cookie(exchange(SESSION));

        assertThat(httpd.restart()).isZero();

        assertThat(count(cookie)).isEqualTo(2);
        assertThat(httpd.daemons().running()).hasSize(1);
    }

    @Test
    void missingApplicationIsToldInTheErrorLog() throws IOException {
        Map<String, String> placeholders = new HashMap<>(installation.placeholders());
        placeholders.put("war", folder.resolve("missing.war").toString());
        httpd = start(placeholders);

        assertThat(exchange(SESSION).status()).isBetween(500, 503);

        assertThat(httpd.text("error.log")).contains("gangway: there is no " + folder.resolve("missing.war"));
    }

    @Test
    void directoryOfSomebodyElseIsToldInTheErrorLog() throws IOException {
        Map<String, String> placeholders = new HashMap<>(installation.placeholders());
        Path other = Files.createDirectory(folder.resolve("other"));
        placeholders.put("daemon", other.toString());
        httpd = start(placeholders);

        assertThat(exchange(SESSION).status()).isBetween(500, 503);

        assertThat(httpd.text("error.log")).contains("gangway: will not use the directory " + other);
    }

    private RunningServer start(Map<String, String> placeholders) {
        return RunningServer.start(
                Mode.HTTPD_FCGID_SHARED.server(), Mode.HTTPD_FCGID_SHARED.configuration(), placeholders);
    }

    /** Comes several times, and returns the id of the session. */
    private String visit() throws IOException {
        RawResponse first = exchange(SESSION);
        String cookie = cookie(first);
        Map<?, ?> session = first.json();
        for (int i = 2; i <= VISITS; i++) {
            Map<?, ?> again = exchange(SESSION.header("Cookie", cookie)).json();
            assertThat(again.get("id")).isEqualTo(session.get("id"));
            assertThat(again.get("count")).isEqualTo((long) i);
        }
        return (String) session.get("id");
    }

    private long count(String cookie) throws IOException {
        RawResponse response = exchange(SESSION.header("Cookie", cookie));
        assertThat(response.status()).isEqualTo(200);
        return (Long) response.json().get("count");
    }

    private RawResponse exchange(RawRequest request) throws IOException {
        try (RawHttp http = new RawHttp(httpd.port())) {
            RawResponse response = http.exchange(request);
            byte[] body = response.bytes();
            return new RawResponse(
                    response.status(), response.reason(), response.headers(), new ByteArrayInputStream(body));
        }
    }

    private static String cookie(RawResponse response) {
        assertThat(response.status()).isEqualTo(200);
        return response.value("Set-Cookie").split(";")[0];
    }
}
