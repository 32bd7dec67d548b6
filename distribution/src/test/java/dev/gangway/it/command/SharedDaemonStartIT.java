package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static dev.gangway.it.command.SharedRun.SAMPLE;
import static dev.gangway.it.command.SharedRun.assertServes;
import static dev.gangway.it.command.SharedRun.assertServesNothing;
import static dev.gangway.it.command.SharedRun.get;
import static dev.gangway.it.command.SharedRun.inParallel;
import static dev.gangway.it.command.SharedRun.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the daemon that {@code gangway fcgid} processes share is started, and what becomes of a start that fails. */
class SharedDaemonStartIT {
    private static final int STORM = 32;

    @AutoClose
    private final SharedRun shared = new SharedRun();

    @Test
    void applicationMustBeNamed() {
        try (Command relay = shared.relay(Map.of())) {
            assertThat(relay.await()).isEqualTo(2);
            assertThat(relay.err()).isEqualTo("gangway: name an application (see gangway fcgid --help)\n");
        }
    }

    @Test
    void namesMayBeRelative(@TempDir Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve("sample.war"), Path.of(SAMPLE));
        List<String> launcher =
                List.of("/usr/bin/spawn-fcgi", "-n", "-s", "app.sock", "--", "/usr/bin/env", "-C", folder.toString());
        try (Command relay = shared.relay(launcher, Map.of(), "sample.war")) {
            assertServes(relay);
        }
    }

    @Test
    void stormOfStartsMakesOneDaemon() throws Exception {
        List<Command> relays = new ArrayList<>();
        try {
            for (int i = 0; i < STORM; i++) {
                relays.add(shared.relay(Map.of(), SAMPLE));
            }

            List<Callable<FcgiResponse>> clients = relays.stream()
                    .map(relay -> (Callable<FcgiResponse>) () -> get(relay, "/sample/probe/status?body=served"))
                    .toList();
            for (FcgiResponse response : inParallel(clients)) {
                assertThat(response).hasStatus(200).hasBody("served");
            }

            assertThat(shared.daemons().running()).hasSize(1);
            assertThat(shared.daemons().text(".log")).containsOnlyOnce("started on Java");
            assertThat(relays).allSatisfy(relay -> assertThat(relay.err()).isEmpty());
        } finally {
            relays.forEach(Command::close);
        }
    }

    /** That of a CGI program is a request, and only what is no part of any reaches the daemon. */
    @Test
    void configurationRefersToTheEnvironmentOfWhoStartsIt() throws IOException {
        Map<String, String> environment = Map.of("HTTP_SHOP", "shop", "TZ", "UTC");
        Path configuration =
                shared.folder().write("app.properties", "context-path = /${env:HTTP_SHOP:-absent}-${env:TZ:-absent}\n");
        String page = "/probe/status?body=served";

        try (Command request =
                request(environment, "/absent-UTC" + page, SAMPLE, "--config=" + configuration, "--max-requests=1")) {
            assertThat(request.await()).isZero();
            assertThat(request.out()).startsWith("Status: 200").endsWith("served");
        }
        try (Command relay = shared.relay(environment, SAMPLE, "--config=" + configuration)) {
            assertThat(get(relay, "/shop-UTC" + page)).hasStatus(200).hasBody("served");
        }
    }

    @Test
    void missingApplicationIsToldAndNotTriedAgainAtOnce(@TempDir Path folder) throws IOException {
        Path war = folder.resolve("app.war");
        try (Command relay = shared.relay(Map.of(), "/sample=" + war)) {
            assertServesNothing(relay);
            assertServesNothing(relay);

            assertThat(relay.err().lines())
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith("gangway: there is no " + war + " (log: " + shared.directory()),
                            second -> assertThat(second)
                                    .matches("gangway: not tried again for [1-5] s: there is no " + war));

            Files.createSymbolicLink(war, Path.of(SAMPLE));
            Await.until("it is served now", () -> {
                try (Peer peer = peer(relay)) {
                    return peer.get(1, 0, "/sample/probe/headers").response(1).status() == 200;
                } catch (AssertionError | UncheckedIOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void startThatHangsIsEndedAndNobodyIsLeftWaiting(@TempDir Path folder) throws IOException {
        Path war = folder.resolve("app.war");
        Webapp.starting(Long.MAX_VALUE).pack(war);
        List<Command> requests = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                requests.add(request(war, "30"));
            }
            // Who starts the daemon, reads what it says, and looks at the clock; and somebody who waits for them.
            Await.until("some wait", () -> shared.daemons().starts().size() > 3);
            // As a web server does that waits no longer.
            requests.forEach(request -> request.signal("KILL"));
            Await.until(
                    "the others have given up", () -> shared.daemons().starts().size() <= 3);

            Await.until("it has been ended", () -> shared.daemons().running().isEmpty());
            Await.until("nothing is left", () -> shared.daemons().starts().isEmpty());
            assertThat(shared.daemons().text(".state")).matches("failed \\d+ not ready within 30 s, .*\n");
            assertThat(requests.stream().map(Command::err))
                    .filteredOn(err -> !err.isEmpty())
                    .singleElement()
                    .asString()
                    .startsWith("gangway: not ready within 30 s, and ended therefore (GANGWAY_START_TIMEOUT) (log: ");
        } finally {
            requests.forEach(Command::close);
        }
    }

    @Test
    void timeOfTheStartMustBeANumber() throws IOException {
        try (Command relay = shared.relay(Map.of("GANGWAY_START_TIMEOUT", "5m"), SAMPLE)) {
            assertServesNothing(relay);

            assertThat(relay.err()).isEqualTo("gangway: GANGWAY_START_TIMEOUT is '5m', want a number of seconds\n");
        }
    }

    /** {@return a CGI program with a request, which leads nobody but itself} */
    private Command request(Path war, String startTimeout) {
        return request(Map.of("GANGWAY_START_TIMEOUT", startTimeout), "/app/", war.toString());
    }

    private Command request(Map<String, String> environment, String uri, String... arguments) {
        List<String> words = new ArrayList<>(List.of("cgi"));
        words.addAll(List.of(arguments));
        return Command.start(
                builder -> {
                    builder.environment().putAll(shared.environment());
                    builder.environment().putAll(environment);
                    builder.environment()
                            .putAll(Map.of(
                                    "GATEWAY_INTERFACE", "CGI/1.1",
                                    "REQUEST_METHOD", "GET",
                                    "REQUEST_URI", uri));
                },
                Command.withGangway(List.of(), words.toArray(String[]::new)));
    }
}
