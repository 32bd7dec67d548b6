package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.RunAs;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WithInstalledCopy;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The file of a Unix socket, among other processes and those that tidy up. */
@Tag("FCGI-158")
class SocketIT extends WithInstalledCopy {
    private static final int AT_ONCE = 8;

    private final List<ChildProcess> processes = new ArrayList<>();
    private TempFolder place;
    private Path socket;

    @BeforeEach
    void open() {
        place = TempFolder.create("socket");
        socket = place.resolve("app.sock");
    }

    @AfterEach
    void close() {
        processes.forEach(ChildProcess::close);
        place.close();
    }

    @Test
    void oneOfManyThatStartAtTheSameTimeServes() {
        oneServes();
    }

    @Test
    void oneOfManyThatStartAtTheSameTimeReplacesAStaleFile() throws IOException {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();

        oneServes();
    }

    private void oneServes() {
        for (int i = 0; i < AT_ONCE; i++) {
            run(i, List.of());
        }
        Await.until(
                "all have tried", () -> processes.stream().allMatch(process -> !process.isAlive() || isReady(process)));

        assertThat(processes.stream().filter(SocketIT::isReady)).hasSize(1);
        assertThat(processes.stream().filter(process -> !process.isAlive()))
                .hasSize(AT_ONCE - 1)
                .allSatisfy(process -> assertThat(process.log())
                        .contains("gangway: unix:" + socket + " is in use by a running process"));
        assertServes();
    }

    @Test
    void liveOneIsLeftByWhatRemovesOldFiles() throws Exception {
        ChildProcess gangway = run(0, List.of());
        Await.until("gangway is ready", () -> isReady(gangway));
        Path other = place.write("old", "");

        Cleaner.clean(place.path());

        assertThat(other).doesNotExist();
        assertServes();
    }

    @Test
    void groupOfOthersIsRefusedInWordsThatHelp() {
        List<String> alone = System.getProperty("user.name").equals("root")
                ? List.of("setpriv", "--reuid=" + RunAs.user(), "--regid=" + RunAs.user(), "--clear-groups")
                : List.of();

        ChildProcess gangway = run(0, alone, "--socket-group=daemon");

        assertThat(gangway.await()).isEqualTo(1);
        assertThat(gangway.log())
                .contains("gangway: cannot give the socket to group daemon: Operation not permitted. Only root or a"
                        + " member can; add user " + RunAs.user() + " to the group\n");
        assertThat(socket).doesNotExist();
    }

    private ChildProcess run(int number, List<String> launcher, String... options) {
        List<String> words = new ArrayList<>(launcher);
        words.addAll(List.of(
                installation.command().toString(),
                "run",
                installation.sampleWar().toString(),
                "--listen=unix:" + socket));
        words.addAll(List.of(options));
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        ChildProcess process = ChildProcess.start(folder.resolve("run-" + number + ".log"), environment, words);
        processes.add(process);
        return process;
    }

    private static boolean isReady(ChildProcess process) {
        return process.isAlive() && process.log().contains("gangway: ready");
    }

    private void assertServes() {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(socket))) {
            assertThat(peer.get(1, 0, "/sample/probe/headers").response(1)).hasStatus(200);
        }
    }
}
