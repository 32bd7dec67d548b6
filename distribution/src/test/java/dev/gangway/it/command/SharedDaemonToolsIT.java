package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static dev.gangway.it.command.SharedRun.SAMPLE;
import static dev.gangway.it.command.SharedRun.assertServes;
import static dev.gangway.it.command.SharedRun.assertServesNothing;
import static dev.gangway.it.command.SharedRun.inParallel;
import static dev.gangway.it.harness.SharedDaemons.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What {@code gangway fcgid} does where a tool is missing that the system usually has. */
class SharedDaemonToolsIT {
    @AutoClose
    private final SharedRun shared = new SharedRun();

    @Test
    void withoutAWorkingPerlJavaPassesRequestsOn() throws IOException {
        String path = pathWithout("perl");
        Files.createSymbolicLink(Path.of(path, "perl"), Path.of("/bin/false"));
        try (Command relay = shared.relay(Map.of("PATH", path), SAMPLE)) {
            assertServes(relay);

            assertThat(Files.readString(Path.of("/proc/" + relay.pid() + "/cmdline")))
                    .contains("dev.gangway.servlet.relay.Relay");
        }
    }

    @Test
    void withoutFlockAndSetsidPerlTakesTheirPlace() throws Exception {
        Map<String, String> environment = Map.of("PATH", pathWithout("flock", "setsid"));
        try (Command one = shared.relay(environment, SAMPLE);
                Command two = shared.relay(environment, SAMPLE);
                Command three = shared.relay(environment, SAMPLE)) {
            inParallel(List.of(serving(one), serving(two), serving(three)));

            ProcessHandle daemon = shared.daemon();
            assertThat(session(daemon)).isEqualTo(daemon.pid());
        }
    }

    @Test
    void withoutAnythingToPassRequestsOnItSaysSo() throws IOException {
        Map<String, String> environment = Map.of("PATH", pathWithout("perl", "java"), "JAVA_HOME", "");
        try (Command relay = shared.relay(environment, SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err())
                    .isEqualTo(
                            "gangway: nothing that could pass requests on: install Perl, or Java and name it by JAVA_HOME\n");
        }
    }

    @Test
    void kindThatIsUnknownIsRefused() {
        try (Command relay = shared.relay(Map.of("GANGWAY_RELAY", "socat"), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err())
                    .isEqualTo("gangway: GANGWAY_RELAY is 'socat', want perl or java, and it must be installed\n");
        }
    }

    @Test
    void withoutALockItSaysSo() throws IOException {
        try (Command relay = shared.relay(Map.of("PATH", pathWithout("perl", "flock")), SAMPLE)) {
            assertServesNothing(relay);

            assertThat(relay.err()).startsWith("gangway: needs flock (util-linux) or Perl");
        }
    }

    /** {@return a search path for all that the system has, but for these} */
    private String pathWithout(String... names) throws IOException {
        Path tools = Files.createDirectory(shared.folder().resolve("tools"));
        try (Stream<Path> all = Files.list(Path.of("/usr/bin"))) {
            for (Path tool : all.toList()) {
                if (!List.of(names).contains(tool.getFileName().toString())) {
                    Files.createSymbolicLink(tools.resolve(tool.getFileName()), tool);
                }
            }
        }
        return tools.toString();
    }

    private static Callable<Void> serving(Command relay) {
        return () -> {
            assertServes(relay);
            return null;
        };
    }
}
