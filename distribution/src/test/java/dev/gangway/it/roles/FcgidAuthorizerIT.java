package dev.gangway.it.roles;

import static dev.gangway.conformance.peer.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.peer.FcgiNumbers.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Pairs;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Await;
import dev.gangway.it.harness.Level;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import dev.gangway.it.harness.WithInstalledCopy;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** mod_fcgid starts the application and asks it; whatever that says, the client gets a 401 of its own. */
@Tag("FCGI-80")
class FcgidAuthorizerIT extends WithInstalledCopy {
    private static final String[] HOOKS = {"authn/", "authz/", "free/"};

    private static final String ONE_AT_A_TIME = " --max-requests-at-once 1";
    private static final String SLOW = "free/file.txt?ms=600000";

    private static final Map<Level, String> houses = new EnumMap<>(Level.class);

    /** A web server that has started, and files. */
    private record Site(RunningServer httpd, Files files, String guarded) implements AutoCloseable {
        static Site start(String guarded, String arguments) {
            Files files = Files.create();
            for (String hook : HOOKS) {
                files.put(guarded + hook);
            }
            Map<String, String> placeholders = new HashMap<>(files.placeholders("/", guarded));
            placeholders.put("free", guarded + "free/");
            placeholders.put("sockets", files.sockets().toString());
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

        void awaitGrant() {
            Await.until("it grants", () -> {
                try {
                    return get("free/file.txt", "joes-password").status() == 200;
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }

        /** Has it think about a decision for long. */
        RawHttp decideLong() throws IOException {
            awaitGrant();
            long before = decisions();
            RawHttp client = new RawHttp(httpd.port());
            client.send(RawRequest.get(guarded + SLOW).header("Authorization", Ask.basic("joe", "joes-password")));
            Await.until("it decides", () -> decisions() > before);
            return client;
        }

        /** Asks the process behind the back of the web server, for which it has no time then. */
        Peer overload() throws IOException {
            awaitGrant();
            Peer peer = Peer.connect(UnixDomainSocketAddress.of(socket()));
            peer.begin(1, AUTHORIZER, CLOSE)
                    .params(1, Pairs.get(guarded + SLOW))
                    .paramsEnd(1);
            Await.until("it decides", () -> decisions() > 0);
            return peer;
        }

        /** That of the one process which is there. */
        private Path socket() throws IOException {
            try (Stream<Path> sockets = java.nio.file.Files.list(files.sockets())) {
                return sockets.reduce((one, other) -> {
                            throw new AssertionError("more than one: " + one + ", " + other);
                        })
                        .orElseThrow();
            }
        }

        private long decisions() {
            return log().lines()
                    .filter(line -> line.contains("takes 600000 ms"))
                    .count();
        }

        @Override
        public void close() {
            httpd.close();
            files.close();
        }
    }

    private static String servlet() {
        return installation.sampleWar() + " --context-path / --authorizer original";
    }

    private static String container(Level level) {
        return houses.computeIfAbsent(level, missing -> House.BASIC.build(folder, missing))
                + " --authorizer container --trust-remote-user --users "
                + folder.write("users.properties", Trusting.USERS);
    }

    @Test
    @Tag("FCGI-73")
    @Tag("FCGI-74")
    @Tag("FCGI-77")
    void servletDecides() throws IOException {
        try (Site site = Site.start("/probe/authorize/", servlet())) {
            for (String hook : HOOKS) {
                String file = hook + "file.txt?";
                assertThat(site.get(file, "any").text()).as(hook).isEqualTo(Files.SECRET);
                for (String query : new String[] {
                    "code=403",
                    "code=302&h=Location:/x",
                    "code=204",
                    "code=500",
                    "fail=before",
                    "fail=after",
                    "fail=silently"
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
        }
    }

    /** FCGI-167: neither the name that the client claims nor what we believe of REMOTE_USER lets anybody in. */
    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-167")
    void containerDecides() throws IOException {
        try (Site site = Site.start(House.BASIC.path(Level.EE10) + "/user/", container(Level.EE10))) {
            for (String hook : HOOKS) {
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

    @Test
    void unknownPathDenies() throws IOException {
        for (String options : new String[] {servlet(), container(Level.EE10)}) {
            try (Site site = Site.start("/nowhere/", options)) {
                for (String hook : HOOKS) {
                    assertDenied(site.get(hook + "file.txt", "joes-password"));
                }
                assertThat(site.log()).contains("started on Java");
            }
        }
    }

    @Test
    void whatDoesNotComeToADecisionDenies() throws IOException {
        try (Site servlet = Site.start("/probe/authorize/", servlet() + ONE_AT_A_TIME);
                Site container =
                        Site.start(House.BASIC.path(Level.EE8) + "/user/", container(Level.EE8) + ONE_AT_A_TIME)) {
            for (Site site : List.of(servlet, container)) {
                assertOverloadDenies(site);
                assertKillDenies(site);
            }
            try (RawHttp one = servlet.decideLong();
                    RawHttp other = container.decideLong()) {
                // After FcgidIOTimeout.
                for (RawHttp client : List.of(one, other)) {
                    assertDenied(GuardedSite.read(client.receive(RawRequest.get("/"))));
                }
            }
        }
    }

    private static void assertOverloadDenies(Site site) throws IOException {
        try (Peer peer = site.overload()) {
            for (String hook : HOOKS) {
                assertDenied(site.get(hook + "file.txt", "joes-password"));
            }
        }
        site.httpd().kill("java");
    }

    private static void assertKillDenies(Site site) throws IOException {
        try (RawHttp client = site.decideLong()) {
            site.httpd().kill("java");

            assertDenied(GuardedSite.read(client.receive(RawRequest.get("/"))));
        }
    }

    private static void assertDenied(RawResponse response) {
        assertThat(response.text()).doesNotContain(Files.SECRET);
        assertThat(response.status()).isGreaterThanOrEqualTo(401);
    }
}
