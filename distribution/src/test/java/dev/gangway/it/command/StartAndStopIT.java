package dev.gangway.it.command;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the line that says ready to the exit status. */
class StartAndStopIT {
    private static final String SAMPLE = Installation.built().sampleWar().toString();

    @Tag("FCGI-111")
    @Tag("FCGI-158")
    @Test
    void servesEveryApplicationOnEveryAddressUntilItIsStopped() throws Exception {
        try (Command gangway = Command.gangway(
                "run", SAMPLE, "/other=" + SAMPLE, "--listen=unix:app.sock", "--listen=tcp:127.0.0.1:0")) {
            int port = gangway.awaitPort();
            Path socket = gangway.file("app.sock");

            assertThat(gangway.out())
                    .startsWith("gangway: ready, serving /sample, /other on unix:" + socket + ", tcp:127.0.0.1:");
            assertServes(Peer.connect(UnixDomainSocketAddress.of(socket)), "/sample/probe/headers");
            assertServes(
                    Peer.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                    "/other/probe/headers");
            assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
            assertThat(Files.getPosixFilePermissions(scratchDirectory(gangway)))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));

            assertThat(gangway.stop()).isZero();
            assertThat(gangway.err()).containsSubsequence("started on Java", "Stopping", "Stopped");
            assertThat(gangway.files()).containsExactly(gangway.file("err.log"), gangway.file("out.log"));
        }
    }

    @Tag("FCGI-110")
    @Tag("FCGI-112")
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "HUP", "USR1"})
    void runningRequestFinishes(String signal) {
        try (Command gangway = Command.gangway("run", SAMPLE, "--listen=unix:app.sock")) {
            gangway.awaitReady();
            Path socket = gangway.file("app.sock");
            try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(socket))) {
                peer.get(1, KEEP_CONN, "/sample/probe/wait?id=1&ms=1500");
                peer.responseWhen(1, response -> response.bodyLength() > 0);

                gangway.signal(signal);

                assertThat(peer.response(1)).hasStatus(200).isComplete();
                peer.expectEof();
            }
            assertThat(gangway.await()).isZero();
            assertThat(gangway.err()).contains("Stopping by SIG" + signal + ": running requests have");
            assertThat(socket).doesNotExist();
        }
    }

    @Tag("FCGI-110")
    @Test
    void requestThatTakesTooLongIsEndedAndRepeatedSignalsChangeNothing() {
        try (Command gangway = Command.gangway("run", SAMPLE, "--listen=unix:app.sock", "--stop-timeout=1")) {
            gangway.awaitReady();
            try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock")))) {
                peer.get(1, 0, "/sample/probe/wait?id=1&ms=600000");
                peer.responseWhen(1, response -> response.bodyLength() > 0);

                gangway.signal("TERM", "TERM");

                assertThat(gangway.await()).isZero();
                peer.expectClosed();
            }
            assertThat(gangway.err()).contains("took longer than the stop timeout");
        }
    }

    @Tag("FCGI-110")
    @Test
    void applicationThatDoesNotStopIsLeftBehind(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("WEB-INF"));
        Path page = folder.resolve("page.jsp");
        Files.writeString(
                page,
                """
                <%! public void jspDestroy() {
                    while (true) java.util.concurrent.locks.LockSupport.park();
                } %>
                """);
        try (Command gangway = Command.gangway("run", "/=" + folder, "--listen=unix:app.sock", "--stop-timeout=1")) {
            gangway.awaitReady();
            assertServes(Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock"))), "/page.jsp");

            assertThat(gangway.stop()).isZero();

            assertThat(gangway.err()).contains("An application does not stop");
            assertThat(gangway.files()).containsExactly(gangway.file("err.log"), gangway.file("out.log"));
        }
    }

    @Test
    void shutdownHookThatHangsDoesNotKeepTheProcess(@TempDir Path folder) throws Exception {
        writeHangingHook(folder);
        try (Command gangway = Command.gangway("run", "/=" + folder, "--listen=unix:app.sock", "--stop-timeout=1")) {
            gangway.awaitReady();
            assertServes(Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock"))), "/page.jsp");

            assertThat(gangway.stop()).isZero();

            assertThat(gangway.files()).containsExactly(gangway.file("err.log"), gangway.file("out.log"));
        }
    }

    @Test
    void secondInterruptEndsThoughAShutdownHookHangs(@TempDir Path folder) throws Exception {
        writeHangingHook(folder);
        try (Command gangway = Command.gangway("run", "/=" + folder, "--listen=unix:app.sock", "--stop-timeout=600")) {
            gangway.awaitReady();
            assertServes(Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock"))), "/page.jsp");

            gangway.signal("INT");
            Await.until("the hook hangs", () -> gangway.err().contains("the hook hangs"));
            gangway.signal("INT");

            assertThat(gangway.await()).isEqualTo(130);
        }
    }

    private static void writeHangingHook(Path folder) throws Exception {
        Files.createDirectory(folder.resolve("WEB-INF"));
        Files.writeString(
                folder.resolve("page.jsp"),
                """
                <% Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    System.err.println("the hook hangs");
                    while (true) java.util.concurrent.locks.LockSupport.park();
                })); %>
                """);
    }

    @Test
    void secondInterruptEndsAtOnce() {
        try (Command gangway = Command.gangway("run", SAMPLE, "--listen=unix:app.sock")) {
            gangway.awaitReady();
            try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock")))) {
                peer.get(1, 0, "/sample/probe/wait?id=1&ms=600000");
                peer.responseWhen(1, response -> response.bodyLength() > 0);

                gangway.signal("INT");
                Await.until("it is stopping", () -> gangway.err().contains("Stopping"));
                gangway.signal("INT");

                assertThat(gangway.await()).isEqualTo(130);
            }
            assertThat(gangway.file("app.sock")).doesNotExist();
        }
    }

    @Tag("FCGI-111")
    @Test
    void endsAfterSoManyRequests() {
        try (Command gangway = Command.gangway("run", SAMPLE, "--listen=unix:app.sock", "--max-requests=3")) {
            gangway.awaitReady();
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(gangway.file("app.sock"));
            for (int i = 0; i < 3; i++) {
                assertServes(Peer.connect(address), "/sample/probe/headers");
            }

            assertThat(gangway.await()).isZero();
            assertThat(gangway.err()).containsSubsequence("Ending: served 3 requests", "Stopped");
            assertThat(gangway.file("app.sock")).doesNotExist();
        }
    }

    @Tag("FCGI-111")
    @Test
    void endsAfterATimeWithoutRequests() {
        try (Command gangway = Command.gangway("run", SAMPLE, "--listen=unix:app.sock", "--idle-exit=3")) {
            gangway.awaitReady();
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(gangway.file("app.sock"));

            // Longer than the idle time, but not idle.
            assertServes(Peer.connect(address), "/sample/probe/wait?mode=silent&id=1&ms=4500");

            assertThat(gangway.await()).isZero();
            assertThat(gangway.err()).containsSubsequence("Ending: no request for 3 s", "Stopped");
        }
    }

    @Tag("FCGI-158")
    @Test
    void socketOfAKilledProcessIsReplaced() {
        try (Command first = Command.gangway("run", SAMPLE, "--listen=unix:app.sock")) {
            first.awaitReady();
            Path socket = first.file("app.sock");
            first.signal("KILL");
            first.await();
            assertThat(socket).exists();

            try (Command second = Command.gangway("run", SAMPLE, "--listen=unix:" + socket)) {
                second.awaitReady();
                assertServes(Peer.connect(UnixDomainSocketAddress.of(socket)), "/sample/probe/headers");
                second.stop();
            }
            assertThat(socket).doesNotExist();
        }
    }

    @Test
    void whatAKilledProcessHasExtractedGoesAtTheNextStart(@TempDir Path work) throws Exception {
        try (Command killed = extracting(work, SAMPLE)) {
            killed.awaitReady();
            Path left = scratchIn(work);
            try (Command other = extracting(work, SAMPLE)) {
                other.awaitReady();
                assertThat(left).as("that of a process that lives").isNotEmptyDirectory();
                other.stop();
            }
            killed.signal("KILL");
            killed.await();
            assertThat(left).isNotEmptyDirectory();

            try (Command next = extracting(work, SAMPLE)) {
                next.awaitReady();
                assertThat(scratchIn(work)).isNotEqualTo(left);
                next.stop();
            }
            assertThat(work).isEmptyDirectory();
        }
    }

    @Test
    void whatRemovesOldFilesLeavesWhatItHasExtracted(@TempDir Path folder) throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Path war = folder.resolve("app.war");
        Webapp.of("6.1").with("static.txt", "static").pack(war);
        try (Command gangway = extracting(work, war.toString())) {
            gangway.awaitReady();
            Path old = Files.createFile(work.resolve("old"));

            Cleaner.clean(work);

            assertThat(old).doesNotExist();
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(gangway.file("app.sock"));
            assertServes(Peer.connect(address), "/app/static.txt");
            assertServes(Peer.connect(address), "/app/version.jsp");
        }
    }

    @Test
    void startThatFailsLeavesNothing(@TempDir Path work) {
        try (Command gangway = extracting(work, "missing.war")) {
            assertThat(gangway.await()).isEqualTo(1);
            assertThat(work).isEmptyDirectory();
        }
    }

    @Test
    void directoryForExtractedApplicationsMustBePossible(@TempDir Path folder) {
        Path missing = folder.resolve("missing");
        try (Command gangway = extracting(missing, SAMPLE)) {
            assertThat(gangway.await()).isEqualTo(1);
            assertThat(gangway.err())
                    .isEqualTo("gangway: cannot make a directory for extracted applications in " + missing
                            + "; choose another one with GANGWAY_WORK_DIR\n");
        }
    }

    private static Command extracting(Path work, String war) {
        return Command.start(
                builder -> builder.environment().put("GANGWAY_WORK_DIR", work.toString()),
                Command.withGangway(List.of(), "run", war, "--listen=unix:app.sock"));
    }

    private static Path scratchIn(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            List<Path> directories = files.toList();
            assertThat(directories).hasSize(1);
            return directories.get(0);
        }
    }

    @Tag("FCGI-163")
    @Test
    void withoutFreeDescriptorsItWaitsAndGoesOn() {
        List<String> limited = List.of("/bin/sh", "-c", "ulimit -n 140; exec \"$@\"", "sh");
        List<String> words = Command.withGangway(limited, "run", SAMPLE, "--listen=unix:app.sock");
        try (Command gangway = Command.start(builder -> {}, words)) {
            gangway.awaitReady();
            UnixDomainSocketAddress address = UnixDomainSocketAddress.of(gangway.file("app.sock"));

            List<Peer> peers =
                    Stream.generate(() -> Peer.connect(address)).limit(140).toList();
            Await.until("descriptors run out", () -> gangway.err().contains("Too many open files"));
            peers.forEach(Peer::close);

            assertServes(Peer.connect(address), "/sample/probe/headers");
        }
    }

    private static void assertServes(Peer peer, String uri) {
        try (peer) {
            assertThat(peer.get(1, 0, uri).response(1)).hasStatus(200).isComplete();
        }
    }

    private static Path scratchDirectory(Command gangway) {
        return gangway.files().stream().filter(Files::isDirectory).findFirst().orElseThrow();
    }
}
