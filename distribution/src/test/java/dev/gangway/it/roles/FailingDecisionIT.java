package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Whoever is asked, a servlet or the login of an application: what it does not come to decide is denied. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("FCGI-80")
class FailingDecisionIT {
    /** All may ask while Gangway still thinks about what they have asked before, and have given up. */
    private static final String LIMIT = "--max-requests-at-once=" + 2 * GuardedServer.values().length;
    /** Longer than any web server here waits; mod_authnz_fcgi always does for 30 s. */
    private static final int SILENCE = 32_000;

    /** The servlet tells the user that way. */
    private static final String GRANTED = "file.txt?h=Variable-REMOTE_USER:joe";

    /** A Gangway, and web servers that ask it. */
    private record Asked(GangwayProcess gangway, GuardedSite site) {
        RawRequest request(GuardedServer guard, String target) {
            return RawRequest.get(site.guarded() + guard.folder() + target)
                    .header("Authorization", AuthorizerClient.basic("joe", "joes-password"));
        }

        long decisions() {
            return gangway.log()
                    .lines()
                    .filter(line -> line.contains("takes " + SILENCE + " ms"))
                    .count();
        }

        boolean isOverloaded() {
            return AuthorizerClient.respond(gangway, Pairs.get("/probe/status")).status() == 503;
        }
    }

    private static TempFolder folder;
    private static Asked servlet;
    private static Asked container;

    @BeforeAll
    static void start() {
        folder = TempFolder.create("house");
        GangwayProcess original = GangwayProcess.start("--authorizer=original", LIMIT);
        servlet = new Asked(original, GuardedSite.start(original, "/", "/probe/authorize/"));
        String application = ProtectedApplication.BASIC.path(Environment.EE8);
        GangwayProcess login = GangwayProcess.start(
                List.of(
                        "/=" + Installation.built().sampleWar(),
                        ProtectedApplication.BASIC.build(folder, Environment.EE8)),
                "--authorizer=container",
                "--trust-remote-user",
                "--users=" + folder.write("users.properties", Trusting.USERS),
                LIMIT);
        container = new Asked(login, GuardedSite.start(login, application + "/", application + "/user/"));
    }

    @AfterAll
    static void stop() {
        for (Asked asked : List.of(servlet, container)) {
            asked.site().close();
            asked.gangway().close();
        }
        folder.close();
    }

    @Test
    @Order(1)
    void decisionGrants() throws IOException {
        for (Asked asked : List.of(servlet, container)) {
            for (GuardedServer guard : GuardedServer.values()) {
                assertThat(asked.site()
                                .exchange(guard, asked.request(guard, GRANTED))
                                .text())
                        .as(guard.toString())
                        .isEqualTo(Files.SECRET);
            }
        }
    }

    @Test
    @Order(2)
    @Tag("FCGI-97")
    void overloadDenies() throws IOException {
        for (Asked asked : List.of(servlet, container)) {
            List<Peer> waiting = overload(asked);
            try {
                assertEveryGuardDenies(asked);
            } finally {
                waiting.forEach(Peer::close);
            }
            Await.until("it serves again", () -> !asked.isOverloaded());
        }
    }

    /** Begins requests that wait for the rest of their body, until there are as many as there may be. */
    private static List<Peer> overload(Asked asked) {
        List<Peer> waiting = new ArrayList<>();
        Await.until("overload", () -> {
            Peer peer = Peer.connect(asked.gangway().tcp());
            waiting.add(peer.open(1, CLOSE, Pairs.post("/probe/sink", 1)));
            return asked.isOverloaded();
        });
        return waiting;
    }

    @Test
    @Order(3)
    void silenceDenies() throws IOException {
        assertAllDenied(askAll());
    }

    @Test
    @Order(4)
    void killDuringTheDecisionDenies() throws IOException {
        Map<RawHttp, GuardedServer> clients = askAll();

        servlet.gangway().kill();
        container.gangway().kill();

        assertAllDenied(clients);
        assertEveryGuardDenies(servlet);
        assertEveryGuardDenies(container);
    }

    /** Has all web servers ask at once, and the applications think about it for long. */
    private static Map<RawHttp, GuardedServer> askAll() throws IOException {
        Map<RawHttp, GuardedServer> clients = new LinkedHashMap<>();
        for (Asked asked : List.of(servlet, container)) {
            long before = asked.decisions();
            for (GuardedServer guard : GuardedServer.values()) {
                RawHttp client = asked.site().connect(guard);
                clients.put(client, guard);
                client.send(asked.request(guard, GRANTED + "&ms=" + SILENCE));
            }
            Await.until("all have asked", () -> asked.decisions() == before + GuardedServer.values().length);
        }
        return clients;
    }

    private static void assertAllDenied(Map<RawHttp, GuardedServer> clients) throws IOException {
        for (Map.Entry<RawHttp, GuardedServer> client : clients.entrySet()) {
            try (RawHttp http = client.getKey()) {
                client.getValue().assertDenied(GuardedSite.read(http.receive(RawRequest.get("/"))));
            }
        }
    }

    private static void assertEveryGuardDenies(Asked asked) throws IOException {
        for (GuardedServer guard : GuardedServer.values()) {
            guard.assertDenied(asked.site().exchange(guard, asked.request(guard, GRANTED)));
        }
    }
}
