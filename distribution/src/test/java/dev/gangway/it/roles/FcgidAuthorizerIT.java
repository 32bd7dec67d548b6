package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import dev.gangway.it.harness.WithInstalledCopy;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** mod_fcgid starts the application and asks it; whatever that says, the client gets a 401 of its own. */
@Tag("FCGI-80")
class FcgidAuthorizerIT extends WithInstalledCopy {
    /** The authenticator, the authorizer and the access checker. */
    private static final String[] HOOKS = {"authn/", "authz/", "free/"};
    /** The authenticator and then the authorizer. */
    private static final String TURNS = "authn/turns/";

    private static final String ONE_AT_A_TIME = " --max-requests-at-once 1";
    private static final String SLOW = "file.txt?ms=600000";

    private static final List<Supplier<Site>> KINDS =
            List.of(FcgidAuthorizerIT::slowServlet, FcgidAuthorizerIT::slowContainer);

    private static final Map<Environment, String> applications = new EnumMap<>(Environment.class);

    /** A web server that has started, and files. */
    private record Site(RunningServer httpd, Files files, String guarded) implements AutoCloseable {
        static Site start(String guarded, String arguments) {
            Files files = Files.create();
            for (String hook : HOOKS) {
                files.put(guarded + hook);
            }
            files.put(guarded + TURNS);
            Map<String, String> placeholders = new HashMap<>(files.placeholders("/", guarded));
            placeholders.put("guarded", guarded + "authn/");
            placeholders.put("free", guarded + "free/");
            placeholders.put("sockets", files.sockets().toString());
            // mod_fcgid passes nothing of its environment on.
            String command = "/usr/bin/env JAVA_HOME=" + System.getProperty("java.home") + " " + installation.command()
                    + " run " + arguments + " --log " + files.log();
            placeholders.put("command", command);
            placeholders.put("command.trusting", command);
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
                        password == null
                                ? request
                                : request.header("Authorization", AuthorizerClient.basic("joe", password))));
            }
        }

        void awaitGrant() {
            Await.until("it grants", () -> {
                try {
                    return get("free/file.txt", "joes-password").status() == 200;
                } catch (IOException | AssertionError e) {
                    return false; // The web server may have waited for its start for too long.
                }
            });
        }

        /** Has it think about a decision for long. */
        RawHttp decideLong(String hook) throws IOException {
            awaitGrant();
            long before = decisions();
            RawHttp client = new RawHttp(httpd.port());
            client.send(RawRequest.get(guarded + hook + SLOW)
                    .header("Authorization", AuthorizerClient.basic("joe", "joes-password")));
            Await.until("it decides", () -> decisions() > before);
            return client;
        }

        /** Asks the process behind the back of the web server, for which it has no time then. */
        Peer overload() throws IOException {
            awaitGrant();
            Peer peer = Peer.connect(UnixDomainSocketAddress.of(socket()));
            peer.begin(1, AUTHORIZER, CLOSE)
                    .params(1, Pairs.get(guarded + "free/" + SLOW))
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
            // httpd would wait for one that still thinks about a decision.
            httpd.kill("java");
            httpd.close();
            files.close();
        }
    }

    private static String servlet() {
        return installation.sampleWar() + " --context-path / --authorizer original";
    }

    private static String container(Environment environment) {
        return unbelieving(environment) + " --trust-remote-user";
    }

    private static String unbelieving(Environment environment) {
        return applications.computeIfAbsent(environment, missing -> ProtectedApplication.BASIC.build(folder, missing))
                + " --authorizer container --users " + folder.write("users.properties", Trusting.USERS);
    }

    @Test
    @Tag("FCGI-73")
    @Tag("FCGI-74")
    @Tag("FCGI-77")
    void servletDecides() throws IOException {
        try (Site site = Site.start("/probe/authorize/", servlet())) {
            site.awaitGrant();
            for (String hook : HOOKS) {
                String file = hook + "file.txt?";
                assertThat(site.get(file, "joes-password").text()).as(hook).isEqualTo(Files.SECRET);
                for (String query : new String[] {
                    "code=403",
                    "code=302&h=Location:/x",
                    "code=204",
                    "code=500",
                    "fail=before",
                    "fail=after",
                    "fail=silently"
                }) {
                    RawResponse denied = site.get(file + query, "joes-password");
                    assertThat(denied.text()).as(hook + query).doesNotContain(Files.SECRET);
                    assertThat(denied.status()).as(hook + query).isEqualTo(401);
                }
                RawResponse next = site.get(hook + "next?h=Variable-X_SHIP:Ahoy", "joes-password");
                assertThat(next.text().lines()).as(hook).contains("X_SHIP=Ahoy");
                assertThat(next.values("Variable-X_SHIP")).as(hook).containsExactly("Ahoy");
            }
            assertThat(site.get("authn/file.txt", null).status()).isEqualTo(401);
            assertBothDecide(site);
        }
    }

    /** In two phases: both have to agree, and a variable is set by both. */
    private static void assertBothDecide(Site site) throws IOException {
        RawResponse next = site.get(TURNS + "next?h=Variable-X_SHIP:Ahoy", "any");
        assertThat(next.text().lines()).contains("X_SHIP=Ahoy, Ahoy");
        assertThat(next.values("Variable-X_SHIP")).containsExactly("Ahoy, Ahoy");
        for (String phase : new String[] {"AUTHENTICATOR", "AUTHORIZER"}) {
            assertDenied(site.get(TURNS + "file.txt?code=403&phase=" + phase, "any"));
        }
        assertThat(site.get(TURNS + "file.txt?code=403&phase=ACCESS_CHECKER", "any")
                        .text())
                .isEqualTo(Files.SECRET);
    }

    /** FCGI-167: neither the name that the client claims nor what we believe of REMOTE_USER lets anybody in. */
    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-167")
    void containerDecides() throws IOException {
        try (Site site =
                Site.start(ProtectedApplication.BASIC.path(Environment.EE10) + "/user/", container(Environment.EE10))) {
            site.awaitGrant();
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

    /** The authorizer is asked without the password. */
    @Test
    @Tag("FCGI-128")
    void authorizerKnowsNobodyUnlessTheWebServerIsBelieved() throws IOException {
        try (Site site = Site.start(
                ProtectedApplication.BASIC.path(Environment.EE11) + "/user/", unbelieving(Environment.EE11))) {
            site.awaitGrant();
            assertThat(site.get("authn/file.txt", "joes-password").text()).isEqualTo(Files.SECRET);
            assertDenied(site.get("authz/file.txt", "joes-password"));
        }
    }

    @Test
    void unknownPathDenies() throws IOException {
        for (String options : new String[] {servlet(), container(Environment.EE10)}) {
            try (Site site = Site.start("/nowhere/", options)) {
                for (String hook : HOOKS) {
                    assertDenied(site.get(hook + "file.txt", "joes-password"));
                }
                assertThat(site.log()).contains("started on Java");
            }
        }
    }

    @Test
    void overloadDenies() throws IOException {
        for (Supplier<Site> kind : KINDS) {
            try (Site site = kind.get();
                    Peer ignored = site.overload()) {
                for (String hook : HOOKS) {
                    assertDenied(site.get(hook + "file.txt", "joes-password"));
                }
            }
        }
    }

    /** Every hook has web servers of its own, so that all of them wait at the same time. */
    @Test
    void killAndSilenceDeny() throws IOException {
        List<Site> sites = new ArrayList<>();
        List<RawHttp> clients = new ArrayList<>();
        try {
            for (String hook : HOOKS) {
                for (Supplier<Site> kind : KINDS) {
                    Site site = kind.get();
                    sites.add(site);
                    assertKillDenies(site, hook);
                    clients.add(site.decideLong(hook));
                }
            }
            // After FcgidIOTimeout.
            for (RawHttp client : clients) {
                try (client) {
                    assertDenied(GuardedSite.read(client.receive(RawRequest.get("/"))));
                }
            }
        } finally {
            sites.forEach(Site::close);
        }
    }

    private static Site slowServlet() {
        return Site.start("/probe/authorize/", servlet() + ONE_AT_A_TIME);
    }

    private static Site slowContainer() {
        return Site.start(
                ProtectedApplication.BASIC.path(Environment.EE8) + "/user/",
                container(Environment.EE8) + ONE_AT_A_TIME);
    }

    private static void assertKillDenies(Site site, String hook) throws IOException {
        try (RawHttp client = site.decideLong(hook)) {
            site.httpd().kill("java");

            assertDenied(GuardedSite.read(client.receive(RawRequest.get("/"))));
        }
    }

    private static void assertDenied(RawResponse response) {
        assertThat(response.text()).doesNotContain(Files.SECRET);
        assertThat(response.status()).isGreaterThanOrEqualTo(401);
    }
}
