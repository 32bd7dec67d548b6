package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RunAs;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive of classes with which the JVM starts more quickly: made, used, and ignored where it does not fit. */
class ClassArchiveIT {
    private static TempFolder folder;
    private static Path made;

    @TempDir
    private Path cache;

    @BeforeAll
    static void make() throws IOException {
        folder = TempFolder.create("archive");
        try (Command command = gangway(folder.path(), Map.of(), "cache")) {
            assertThat(command.await()).as(command.err()).isZero();
        }
        made = only(folder.path());
    }

    @AfterAll
    static void remove() {
        folder.close();
    }

    @Test
    void isUsed() throws IOException {
        assertThat(startWith(folder.path())).isTrue();
    }

    @Test
    void isMadeByTheFirstProcessThatMissesIt() throws IOException {
        try (Command gangway = run(cache)) {
            gangway.awaitReady();
            Await.until("there is an archive", () -> archives(cache).size() == 1);
        }
        assertThat(startWith(cache)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "cut", "text", "damaged"})
    void isIgnoredIfItIsDamaged(String how) throws IOException {
        byte[] bytes = Files.readAllBytes(made);
        byte[] damaged =
                switch (how) {
                    case "empty" -> new byte[0];
                    case "cut" -> Arrays.copyOf(bytes, bytes.length / 2);
                    case "text" -> "not an archive\n".repeat(10_000).getBytes();
                    default -> {
                        Arrays.fill(bytes, 0, 4096, (byte) 7);
                        yield bytes;
                    }
                };
        Files.write(cache.resolve(made.getFileName()), damaged);

        assertThat(startWith(cache)).isFalse();
    }

    @Test
    void isMadeAnewForOtherJars() throws IOException {
        try (TempFolder other = TempFolder.create("other")) {
            Installation copy = Installation.copyTo(other);
            Path jar;
            try (Stream<Path> jars = Files.list(copy.home().resolve("lib/core"))) {
                jar = jars.filter(path -> path.toString().contains("gangway-servlet-adapter"))
                        .findFirst()
                        .orElseThrow();
            }
            try (Command command = gangway(copy, cache, Map.of(), "cache")) {
                assertThat(command.await()).as(command.err()).isZero();
            }
            Path first = only(cache);
            Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));

            assertThat(startWith(copy, cache)).isFalse();
            try (Command command = gangway(copy, cache, Map.of(), "cache")) {
                assertThat(command.await()).as(command.err()).isZero();
            }
            assertThat(archives(cache)).hasSize(2).contains(first);
            assertThat(startWith(copy, cache)).isTrue();
        }
    }

    @Test
    void isMadeByTwoAtOnce() throws IOException {
        try (Command one = gangway(cache, Map.of(), "cache");
                Command two = gangway(cache, Map.of(), "cache")) {
            assertThat(one.await()).as(one.err()).isZero();
            assertThat(two.await()).as(two.err()).isZero();
        }
        assertThat(startWith(cache)).isTrue();
    }

    @Test
    void isNotNeeded() throws IOException {
        Path file = Files.createFile(cache.resolve("file"));

        assertThat(startWith(file.resolve("below"))).isFalse();
        assertThat(startWith(Path.of("none"))).isFalse();
        try (Command command = gangway(file.resolve("below"), Map.of(), "cache")) {
            assertThat(command.await()).isEqualTo(1);
            assertThat(command.err()).startsWith("gangway: there is no directory where a class archive can be made");
        }
    }

    @Test
    void isNotUsedIfAnotherUserCouldHaveWrittenIt() throws IOException {
        assumeTrue(!RunAs.user().equals(System.getProperty("user.name")), "needs another user");
        Path copy = Files.copy(made, cache.resolve(made.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        Files.setOwner(
                copy, copy.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(RunAs.user()));

        assertThat(startWith(cache)).isFalse();
    }

    @Test
    void isNotUsedIfTheUserChoosesOne() throws IOException {
        assertThat(startWith(Installation.built(), folder.path(), "-Xshare:off"))
                .isFalse();
    }

    private static boolean startWith(Path cache) throws IOException {
        return startWith(Installation.built(), cache);
    }

    /** {@return whether the classes came from an archive; it must serve in any case, and say nothing of archives} */
    private static boolean startWith(Installation installation, Path cache, String... options) throws IOException {
        Path classes = Files.createTempFile("classes", ".log");
        Map<String, String> environment =
                Map.of("GANGWAY_JAVA_OPTS", "-Xlog:class+load:file=" + classes + " " + String.join(" ", options));
        try (Command gangway = gangway(
                installation, cache, environment, "run", "/=" + installation.sampleWar(), "--listen=unix:app.sock")) {
            gangway.awaitReady();
            assertThat(gangway.stop()).isZero();
            assertThat(gangway.err()).doesNotContainIgnoringCase("archive").doesNotContain("[warning]", "aot", "cds");
            assertThat(gangway.out()).startsWith("gangway: ready").hasLineCount(1);
            return Files.readString(classes).contains(" dev.gangway.servlet.command.Main source: shared objects file");
        } finally {
            Files.delete(classes);
        }
    }

    private static Command run(Path cache) {
        return gangway(cache, Map.of(), "run", "/=" + Installation.built().sampleWar(), "--listen=unix:app.sock");
    }

    private static Command gangway(Path cache, Map<String, String> environment, String... arguments) {
        return gangway(Installation.built(), cache, environment, arguments);
    }

    private static Command gangway(
            Installation installation, Path cache, Map<String, String> environment, String... arguments) {
        List<String> words = new ArrayList<>(List.of(installation.command().toString()));
        words.addAll(List.of(arguments));
        return Command.start(
                builder -> {
                    builder.environment().put("GANGWAY_CACHE_DIR", cache.toString());
                    builder.environment().putAll(environment);
                },
                words);
    }

    private static Path only(Path directory) {
        assertThat(archives(directory)).hasSize(1);
        return archives(directory).get(0);
    }

    private static List<Path> archives(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("classes-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
