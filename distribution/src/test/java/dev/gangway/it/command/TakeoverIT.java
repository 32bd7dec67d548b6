package dev.gangway.it.command;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code --takeover}: a process takes the socket of another one, which finishes; or it fails, and the other goes on. */
@Tag("FCGI-158")
class TakeoverIT {
    private static final String SAMPLE = "/sample=" + Installation.built().sampleWar();

    private final List<Command> commands = new ArrayList<>();
    private TempFolder folder;
    private Path socket;

    @BeforeEach
    void open() {
        folder = TempFolder.create("takeover");
        socket = folder.resolve("sockets").resolve("app.sock");
        folder.resolve("sockets").toFile().mkdir();
    }

    @AfterEach
    void close() {
        commands.forEach(Command::close);
        folder.close();
    }

    @Test
    void nextVersionAnswersAndTheOldOneFinishes() throws Exception {
        Command old = ready(run(war("old"), SAMPLE));
        try (Peer kept = connect();
                Peer running = connect()) {
            assertThat(kept.get(1, KEEP_CONN, "/app/").response(1)).hasBody("old");
            running.get(1, KEEP_CONN, "/sample/probe/wait?id=1&ms=5000");
            running.responseWhen(1, response -> response.bodyLength() > 0);

            Command next = ready(run(war("new"), "--takeover"));

            assertServes("/app/", "new");
            assertThat(next.err()).contains("Took unix:" + socket + " over from the process that had it");
            kept.expectEof();
            assertThat(running.response(1)).hasStatus(200).isComplete();
            running.expectEof();
            assertThat(old.await()).isZero();
            assertThat(old.err())
                    .containsSubsequence("Ending: another process has taken over unix:" + socket, "Stopped")
                    .doesNotContain("refused");

            assertServes("/app/", "new");
            assertThat(sockets()).containsExactly(socket);
            assertThat(next.stop()).isZero();
            assertThat(sockets()).isEmpty();
        }
    }

    @Test
    void applicationThatFailsToStartIsNoSuccessor() throws Exception {
        Command old = ready(run(war("old")));
        Path broken = folder.resolve("broken.war");
        Webapp.broken().pack(broken);

        Command next = run(broken.toString(), "--takeover");

        assertThat(next.await()).isEqualTo(1);
        assertThat(next.err().strip().lines().reduce((first, last) -> last).orElseThrow())
                .startsWith("gangway: " + broken + " failed to start at /broken: ");
        assertUntouched(old);
    }

    @Test
    void directoryWithAnApplicationThatFailsIsNoSuccessor() throws Exception {
        Command old = ready(run(war("old")));
        Path apps = Files.createDirectory(folder.resolve("apps"));
        Webapp.of("6.1").with("index.html", "new").pack(apps.resolve("app.war"));
        Webapp.broken().pack(apps.resolve("broken.war"));

        Command next = start("serve", apps.toString(), "--takeover");

        assertThat(next.await()).isEqualTo(1);
        assertThat(next.err())
                .contains("\ngangway: " + apps.resolve("broken.war"))
                .endsWith("; /broken would be unavailable. Mend it or remove it\n");
        assertUntouched(old);
    }

    @Test
    void directoryTakesOver() throws Exception {
        Command old = ready(run(war("old")));
        Path apps = Files.createDirectory(folder.resolve("apps"));
        Webapp.of("6.1").with("index.html", "new").pack(apps.resolve("app.war"));

        ready(start("serve", apps.toString(), "--takeover"));

        assertServes("/app/", "new");
        assertThat(old.await()).isZero();
    }

    @Test
    void interruptedSuccessorLeavesNothing() throws Exception {
        Command old = ready(run(war("old")));
        Command next = starting("--takeover");

        next.signal("INT");

        assertThat(next.await()).isZero();
        assertThat(next.err()).contains("Ended by SIGINT before it was ready");
        assertUntouched(old);
    }

    @Test
    void killedSuccessorIsInNobodysWay() throws Exception {
        Command old = ready(run(war("old")));
        Command killed = starting("--takeover");
        killed.signal("KILL");
        killed.await();
        assertServes("/app/", "old");

        ready(run(war("new"), "--takeover"));

        assertServes("/app/", "new");
        assertThat(old.await()).isZero();
        assertThat(sockets()).containsExactly(socket);
    }

    @Test
    void oneOfTwoSuccessorsIsRefused() throws Exception {
        Command old = ready(run(war("old")));
        starting("--takeover");

        Command second = run(war("new"), "--takeover");

        assertThat(second.await()).isEqualTo(1);
        assertThat(second.err())
                .isEqualTo("gangway: unix:" + socket + " is just being taken over by another process; wait until it is"
                        + " ready, or end it\n");
        assertServes("/app/", "old");
        assertThat(old.isAlive()).isTrue();
    }

    @Test
    void withoutTheOptionTheMessageNamesIt() throws Exception {
        Command old = ready(run(war("old")));

        Command next = run(war("new"));

        assertThat(next.await()).isEqualTo(1);
        assertThat(next.err())
                .isEqualTo("gangway: unix:" + socket + " is in use by a running process; stop it, choose another path,"
                        + " or take over from it with --takeover\n");
        assertUntouched(old);
    }

    @Test
    void nobodyThereIsAPlainStart() throws Exception {
        Command first = ready(run(war("first"), "--takeover"));

        assertServes("/app/", "first");
        assertThat(first.err()).doesNotContain("Took ");
        assertThat(sockets()).containsExactly(socket);
    }

    @Test
    void processEndsWhenItHasLostAllItsSockets() throws Exception {
        Path other = socket.resolveSibling("other.sock");
        Command old = ready(run(war("old"), "--listen=unix:" + other));
        ready(run(war("new"), "--takeover"));
        assertServes("/app/", "new");

        Command last = ready(Command.gangway("run", war("last"), "--listen=unix:" + other, "--takeover"));
        commands.add(last);

        assertThat(old.await()).isZero();
        assertThat(old.err()).contains("Ending: another process has taken over unix:" + other + ", unix:" + socket);
        assertServes("/app/", "new");
        assertServes(other, "/app/", "last");
    }

    private Command run(String application, String... options) {
        List<String> words = new ArrayList<>(List.of("run", application));
        words.addAll(List.of(options));
        return start(words.toArray(String[]::new));
    }

    private Command start(String... words) {
        Command command = Command.gangway(Stream.concat(Stream.of(words), Stream.of("--listen=unix:" + socket))
                .toArray(String[]::new));
        commands.add(command);
        return command;
    }

    private static Command ready(Command command) {
        command.awaitReady();
        return command;
    }

    /** {@return a process that will never be ready, and waits beside the socket} */
    private Command starting(String... options) throws IOException {
        Path war = folder.resolve("slow.war");
        Webapp.starting(600_000).pack(war);
        Command command = run(war.toString(), options);
        Path next = socket.resolveSibling(".app.sock.next");
        Await.until(() -> "it waits: " + command.err(), () -> Files.exists(next));
        return command;
    }

    /** {@return an application at {@code /app} whose page says which version it is} */
    private String war(String version) throws IOException {
        Path war = folder.resolve(version + ".war");
        Webapp.of("6.1").with("index.html", version).pack(war);
        return "/app=" + war;
    }

    private void assertUntouched(Command old) throws IOException {
        assertThat(sockets()).containsExactly(socket);
        assertServes("/app/", "old");
        assertThat(old.isAlive()).isTrue();
        assertThat(old.stop()).isZero();
        assertThat(old.err()).doesNotContain("taken over");
    }

    private List<Path> sockets() throws IOException {
        try (Stream<Path> files = Files.list(socket.getParent())) {
            return files.toList();
        }
    }

    private Peer connect() {
        return Peer.connect(UnixDomainSocketAddress.of(socket));
    }

    private void assertServes(String uri, String body) {
        assertServes(socket, uri, body);
    }

    private static void assertServes(Path socket, String uri, String body) {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(socket))) {
            assertThat(peer.get(1, 0, uri).response(1))
                    .hasStatus(200)
                    .hasBody(body)
                    .isComplete();
        }
    }
}
