package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The units that are installed, as far as systemd can judge them without starting them. */
class SystemdIT {
    private static final Path UNITS = Installation.built().home().resolve("examples/systemd");
    private static final String COMMAND = Installation.built().command().toString();

    static Stream<Path> units() throws IOException {
        try (Stream<Path> files = Files.list(UNITS)) {
            List<Path> units = files.filter(file -> file.toString().matches(".*\\.(service|socket)"))
                    .sorted()
                    .toList();
            assertThat(units).hasSize(5);
            return units.stream();
        }
    }

    static Stream<Path> services() throws IOException {
        return units().filter(unit -> unit.toString().endsWith(".service"));
    }

    @ParameterizedTest
    @MethodSource("units")
    void unitIsValid(Path unit, @TempDir Path folder) throws Exception {
        units().forEach(file -> installInto(folder, file));

        Result result =
                analyze("verify", "--man=no", folder.resolve(unit.getFileName()).toString());

        // It may have something to say about units of the machine.
        assertThat(result.text()).doesNotContain("gangway");
        assertThat(result.status()).isZero();
    }

    @ParameterizedTest
    @MethodSource("services")
    void serviceMayDoLittleButServe(Path unit) throws Exception {
        assertThat(analyze("security", "--offline=true", "--threshold=20", unit.toString()))
                .extracting(Result::status)
                .isEqualTo(0);
    }

    @Test
    void allServicesMayDoTheSame() throws IOException {
        assertThat(services().map(SystemdIT::restrictions).distinct())
                .hasSize(1)
                .doesNotContain(List.of());
    }

    @Test
    void documentsShowPartsOfThem() throws IOException {
        List<String> shipped = units().map(SystemdIT::text).toList();

        assertThat(Documents.blocks("ini")).isNotEmpty().allSatisfy(block -> assertThat(shipped)
                .anySatisfy(unit -> assertThat(unit).contains(block)));
    }

    /** As systemd does for {@code StandardInput=socket}; it starts the command at the first connection. */
    @Tag("FCGI-1")
    @Test
    void socketOfSystemdIsServedAndOutlivesARestart(@TempDir Path folder) throws Exception {
        Path apps = Files.createDirectory(folder.resolve("webapps"));
        Webapp.of("6.1").with("index.html", "shop").pack(apps.resolve("shop.war"));
        Path settings = Files.writeString(
                folder.resolve("gangway.properties"),
                text(UNITS.resolve("gangway.properties"))
                        .replace("/var/lib/gangway/webapps", apps.toString())
                        .replace("/var/log/gangway/", folder + "/"));
        Path socket = folder.resolve("app.sock");
        List<String> words = new ArrayList<>(List.of("systemd-socket-activate", "--inetd", "--listen=" + socket));
        List.of("JAVA_HOME", "GANGWAY_JAVA_OPTS").forEach(name -> words.add("--setenv=" + name));
        words.addAll(List.of(COMMAND, "serve", "--config", settings.toString()));
        try (Command gangway = Command.start(builder -> {}, words)) {
            Await.until("systemd-socket-activate listens", () -> Files.exists(socket));

            assertServes(socket);

            assertThat(gangway.stop()).isZero();
            assertThat(socket).exists();
            assertThat(folder.resolve("access.log")).content().contains("GET /shop/");
            assertThat(gangway.err()).contains("running requests have 30000 ms");
        }
    }

    /** What systemd does when the service ends, by the statuses that FCGI-111 distinguishes. */
    @Tag("FCGI-111")
    @ParameterizedTest
    @ValueSource(strings = {"gangway.service", "gangway@.service", "gangway-standalone.service"})
    void mistakeInTheSettingsIsNotTriedAgain(String unit, @TempDir Path folder) throws Exception {
        Path settings = Files.writeString(folder.resolve("gangway.properties"), "lisen = fd:0\n");
        String command = unit.contains("@") ? "run" : "serve";
        try (Command gangway = Command.gangway(command, "--config", settings.toString())) {
            int status = gangway.await();

            assertThat(text(UNITS.resolve(unit))).contains("\nRestartPreventExitStatus=" + status + "\n");
        }
    }

    private static void assertServes(Path socket) {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(socket))) {
            assertThat(peer.get(1, 0, "/shop/").response(1)).hasStatus(200).hasBody("shop");
        }
    }

    /** systemd looks for the command where administrators link it; it is not there yet. */
    private static void installInto(Path folder, Path unit) {
        try {
            Files.writeString(folder.resolve(unit.getFileName()), text(unit).replace("=gangway ", "=" + COMMAND + " "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> restrictions(Path unit) {
        return text(unit)
                .lines()
                .dropWhile(line -> !line.startsWith("UMask="))
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Result(int status, String text) {}

    private static Result analyze(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("systemd-analyze"));
        words.addAll(List.of(arguments));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), text);
    }
}
