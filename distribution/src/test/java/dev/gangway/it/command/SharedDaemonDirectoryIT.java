package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static dev.gangway.it.command.SharedRun.SAMPLE;
import static dev.gangway.it.command.SharedRun.assertServes;
import static dev.gangway.it.command.SharedRun.assertServesNothing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The directory in which the daemons of a user have their sockets: which one it is, and who may use it. */
class SharedDaemonDirectoryIT {
    @AutoClose
    private final SharedRun shared = new SharedRun();

    @Test
    void directoryThatOthersCouldUseIsRefused(@TempDir Path folder) throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x--x"));
        assertRefused(open, "its mode is drwxr-x--x, but nobody else may use it (chmod 700)");

        Path target = Files.createDirectory(folder.resolve("target"), privately());
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertRefused(link, "it is a symbolic link");
        assertRefused(
                Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("x")), "it is a symbolic link");

        assertRefused(ofSomebodyElse(folder), "it belongs to user ");
    }

    @Test
    void directoryMustBePossible(@TempDir Path folder) {
        Path missing = folder.resolve("missing/run");
        try (Command relay = shared.relay(Map.of("GANGWAY_RUN_DIR", missing.toString()), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err())
                    .isEqualTo("gangway: cannot make the directory " + missing
                            + ": No such file or directory; choose another one with GANGWAY_RUN_DIR\n");
        }
        try (Command relay = shared.relay(Map.of("GANGWAY_RUN_DIR", "run"), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err()).isEqualTo("gangway: GANGWAY_RUN_DIR is 'run', want an absolute path\n");
        }
    }

    @Test
    void runtimeDirectoryOfTheUserIsTaken(@TempDir Path folder) throws IOException {
        Path runtime = Files.createDirectory(folder.resolve("runtime"), privately());
        Map<String, String> environment = Map.of("GANGWAY_RUN_DIR", "", "XDG_RUNTIME_DIR", runtime.toString());
        try (Command relay = shared.relay(environment, "--help")) {
            assertThat(relay.await()).isZero();
            assertThat(relay.out()).startsWith("Usage: gangway fcgid APP...");
        }
        try (Command relay =
                shared.relay(environment, folder.resolve("missing.war").toString())) {
            assertServesNothing(relay);

            assertThat(relay.err()).contains("(log: " + runtime + "/gangway/");
        }
    }

    /** Somebody else could make one below {@code /tmp} first. */
    @Test
    void homeOfTheUserComesNext(@TempDir Path home) throws IOException {
        Map<String, String> environment = Map.of("GANGWAY_RUN_DIR", "", "XDG_RUNTIME_DIR", "", "HOME", home.toString());
        try (Command relay =
                shared.relay(environment, home.resolve("missing.war").toString())) {
            assertServesNothing(relay);

            Path directory = home.resolve(".cache/gangway");
            assertThat(relay.err()).contains("(log: " + directory + "/");
            assertThat(Files.getPosixFilePermissions(directory))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void otherwiseADirectoryOfItsOwnBelowTmp(@TempDir Path folder) throws IOException {
        Map<String, String> environment = Map.of("GANGWAY_RUN_DIR", "", "XDG_RUNTIME_DIR", "", "HOME", "");
        try (Command relay =
                shared.relay(environment, folder.resolve("missing.war").toString())) {
            assertServesNothing(relay);

            Matcher log = Pattern.compile("\\(log: (/tmp/gangway-(\\d+)/\\w+)\\.log\\)")
                    .matcher(relay.err());
            assertThat(log.find()).as(relay.err()).isTrue();
            assertThat(Files.getAttribute(Path.of("/proc/" + relay.pid()), "unix:uid"))
                    .hasToString(log.group(2));
            for (String suffix : List.of(".log", ".lock", ".state")) {
                Files.delete(Path.of(log.group(1) + suffix));
            }
        }
    }

    @Test
    void whatRemovesOldFilesLeavesItAlone() throws Exception {
        try (Command relay = shared.relay(Map.of("GANGWAY_JAVA_OPTS", ""), SAMPLE)) {
            assertServes(relay);
            Set<Path> before = tree(shared.directory());
            assertThat(before).anyMatch(path -> path.toString().contains("/gangway-work-"));

            Cleaner.clean(shared.folder().path());

            assertThat(tree(shared.directory())).isEqualTo(before);
        }
    }

    @Test
    void itsDirectoryMayHaveBeenRemovedAsOld() throws Exception {
        try (Command relay = shared.relay(Map.of(), SAMPLE)) {
            assertServes(relay);
            shared.daemons().stop();

            Cleaner.clean(shared.folder().path());

            assertThat(shared.directory()).doesNotExist();
            assertServes(relay);
        }
    }

    private static Set<Path> tree(Path root) throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.collect(Collectors.toSet());
        }
    }

    private void assertRefused(Path directory, String reason) {
        try (Command relay = shared.relay(Map.of("GANGWAY_RUN_DIR", directory.toString()), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err())
                    .startsWith("gangway: will not use the directory " + directory + ": " + reason)
                    .endsWith("; choose another one with GANGWAY_RUN_DIR\n")
                    .hasLineCount(1);
        }
    }

    private static Path ofSomebodyElse(Path folder) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return Path.of("/usr");
        }
        Path directory = Files.createDirectory(folder.resolve("other"), privately());
        return Files.setAttribute(directory, "unix:uid", 65534);
    }

    private static FileAttribute<?> privately() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    }
}
