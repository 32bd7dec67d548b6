package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static dev.gangway.it.command.SharedRun.SAMPLE;
import static dev.gangway.it.command.SharedRun.assertServes;
import static dev.gangway.it.command.SharedRun.get;
import static dev.gangway.it.command.SharedRun.inParallel;
import static dev.gangway.it.harness.SharedDaemons.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The daemon that {@code gangway fcgid} processes share: how it lives, is told to stop, and ends. */
class SharedDaemonIT {
    @AutoClose
    private final SharedRun shared = new SharedRun();

    @Test
    void isOutOfTheReachOfTheWebServer() throws IOException {
        List<String> leaky = List.of("/bin/bash", "-c", "exec 7>leaked 10>leaked; exec \"$@\"", "bash");
        List<String> launcher = new ArrayList<>(List.of("/usr/bin/spawn-fcgi", "-n", "-s", "app.sock", "--"));
        launcher.addAll(leaky);
        try (Command relay = shared.relay(launcher, Map.of(), SAMPLE)) {
            assertServes(relay);

            ProcessHandle daemon = shared.daemon();
            assertThat(session(daemon)).isEqualTo(daemon.pid());
            assertThat(descriptors(daemon)).noneMatch(target -> target.endsWith("leaked"));
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + daemon.pid() + "/fd/0")))
                    .isEqualTo(Path.of("/dev/null"));
            assertThat(Files.getPosixFilePermissions(shared.directory()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** As Tomcat's start script has it. */
    @Test
    void classesOfTheJdkAreOpenToApplications() throws IOException {
        Path directory = Files.createDirectory(shared.folder().resolve("opens"));
        Webapp.reflecting().unpack(directory);
        try (Command relay = shared.relay(Map.of(), "/sample=" + directory)) {
            assertThat(get(relay, "/sample/reflect.jsp")).hasStatus(200).hasBody("open");
        }
    }

    @Test
    void otherArgumentsMeanAnotherDaemon() throws IOException {
        try (Command one = shared.relay(Map.of(), SAMPLE);
                Command two = shared.relay(Map.of(), SAMPLE, "/two=" + SAMPLE)) {
            assertServes(one);
            assertServes(two);

            assertThat(shared.daemons().running()).hasSize(2);
        }
    }

    @Test
    void goesOnServingWithoutRoomForItsLog() throws IOException {
        try (Command relay = shared.relay(Map.of(), SAMPLE, "--log=/dev/full", "--access-log=/dev/full")) {
            assertServes(relay);
            assertThat(get(relay, "/sample/probe/fail?when=before")).hasStatus(500);

            assertServes(relay);
        }
    }

    @Test
    void endsWhenIdleAndIsStartedAgain() throws IOException {
        try (Command relay = shared.relay(Map.of(), SAMPLE, "--idle-exit=1")) {
            assertServes(relay);
            Await.until("it has ended", () -> shared.daemons().running().isEmpty());
            assertThat(shared.daemons().text(".log")).containsSubsequence("Ending: no request for 1 s", "Stopped");

            assertServes(relay);
        }
    }

    @Test
    void endOfOneDaemonLosesNoRequest() throws Exception {
        try (Command relay = shared.relay(Map.of(), SAMPLE, "--max-requests=8")) {
            Callable<Void> client = () -> {
                for (int i = 0; i < 6; i++) {
                    assertServes(relay);
                }
                return null;
            };

            inParallel(List.of(client, client, client, client));

            assertThat(relay.err()).isEmpty();
        }
    }

    @Test
    void isListedAndStoppedByCommand() throws IOException {
        try (Command one = shared.relay(Map.of(), SAMPLE);
                Command two = shared.relay(Map.of(), SAMPLE, "/two=" + SAMPLE)) {
            assertServes(one);
            long pid = shared.daemon().pid();
            assertServes(two);

            assertThat(told("status", SAMPLE)).isEqualTo("gangway: daemon " + pid + " serves " + SAMPLE + "\n");
            assertThat(told("status")).hasLineCount(2).contains("serves " + SAMPLE + " /two=" + SAMPLE + "\n");
            assertNoneIsMeant("stop", Path.of(SAMPLE).getFileName().toString());

            assertThat(told("stop", SAMPLE))
                    .isEqualTo("gangway: daemon " + pid + " is asked to stop: " + SAMPLE + "\n");
            assertThat(shared.daemon().pid()).isNotEqualTo(pid);

            assertThat(told("stop")).hasLineCount(1);
            assertThat(shared.daemons().running()).isEmpty();
            try (Command status = command("status")) {
                assertThat(status.await()).isEqualTo(1);
                assertThat(status.err())
                        .isEqualTo("gangway: no daemon runs with a socket in " + shared.directory() + "\n");
            }
            assertServes(one);
        }
    }

    /** A file that is named from its directory is no more than that one either. */
    private void assertNoneIsMeant(String... words) {
        try (Command command = Command.start(
                builder -> {
                    builder.environment().putAll(shared.environment());
                    builder.directory(Path.of(SAMPLE).getParent().toFile());
                },
                Command.withGangway(List.of(), words))) {
            assertThat(command.await()).isEqualTo(1);
            assertThat(command.err()).startsWith("gangway: no daemon runs");
        }
    }

    private String told(String... words) {
        try (Command command = command(words)) {
            assertThat(command.await()).as(command.err()).isZero();
            return command.out();
        }
    }

    private Command command(String... words) {
        return Command.start(
                builder -> builder.environment().putAll(shared.environment()), Command.withGangway(List.of(), words));
    }

    private static List<String> descriptors(ProcessHandle process) throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> links = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path link : links.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(link).toString());
                } catch (NoSuchFileException e) {
                    // Closed meanwhile, so it is one of its own.
                }
            }
        }
        return targets;
    }
}
