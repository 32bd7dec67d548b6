package dev.gangway.it.command;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static dev.gangway.it.command.SharedRun.SAMPLE;
import static dev.gangway.it.command.SharedRun.assertServes;
import static dev.gangway.it.command.SharedRun.peer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.SharedDaemons;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process between a web server and the shared daemon, of each kind. */
class RelayIT {
    private static SharedRun shared;

    @BeforeAll
    static void open() {
        shared = new SharedRun();
    }

    @AfterAll
    static void close() {
        shared.close();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest
    @ValueSource(strings = {"perl", "java"})
    @interface OfEachKind {}

    @OfEachKind
    void requestsOfOneConnectionAfterTheOther(String kind) {
        try (Command relay = start(kind);
                Peer peer = peer(relay)) {
            for (int i = 0; i < 20; i++) {
                assertThat(peer.get(1, KEEP_CONN, "/sample/probe/status?body=" + i)
                                .response(1))
                        .hasStatus(200)
                        .hasBody(Integer.toString(i))
                        .isComplete();
            }
            assertThat(shared.daemon().isAlive()).isTrue();
        }
    }

    @OfEachKind
    void connectionsAtTheSameTime(String kind) {
        try (Command relay = start(kind);
                Peer first = peer(relay);
                Peer second = peer(relay)) {
            first.get(1, 0, "/sample/probe/wait?id=" + kind + "&ms=600000");
            first.responseWhen(1, response -> response.bodyLength() > 0);

            assertThat(second.get(1, 0, "/sample/probe/status?body=second").response(1))
                    .hasBody("second");
            second.expectEof();
        }
    }

    @OfEachKind
    void largeBodies(String kind) throws IOException {
        byte[] body = bytes(Body.ofLength(3_000_000));
        try (Command relay = start(kind)) {
            try (Peer peer = peer(relay)) {
                Pairs post = Pairs.post("/sample/probe/sink", body.length);
                assertThat(peer.request(1, 0, post, body).response(1).text())
                        .contains(Body.ofLength(3_000_000).sha256());
            }
            try (Peer peer = peer(relay)) {
                assertThat(peer.get(1, 0, "/sample/probe/bytes?n=3000000")
                                .response(1)
                                .bodyLength())
                        .isEqualTo(3_000_000);
            }
        }
    }

    @OfEachKind
    void answerBeforeTheRequestHasEnded(String kind) throws IOException {
        byte[] body = bytes(Body.ofLength(3_000_000));
        try (Command relay = start(kind);
                Peer peer = peer(relay)) {
            assertThat(peer.request(1, 0, Pairs.post("/sample/probe/early", body.length), body)
                            .response(1))
                    .hasStatus(413)
                    .isComplete();
        }
    }

    @OfEachKind
    void clientThatLeavesIsNoticed(String kind) {
        String id = UUID.randomUUID().toString();
        try (Command relay = start(kind)) {
            try (Peer peer = peer(relay)) {
                peer.get(1, 0, "/sample/probe/wait?id=" + id + "&ms=600000");
                peer.responseWhen(1, response -> response.bodyLength() > 0);
            }
            try (Peer peer = peer(relay)) {
                Await.until("the daemon notices", () -> peer.get(1, KEEP_CONN, "/sample/probe/ended?id=" + id)
                        .response(1)
                        .text()
                        .startsWith("failed"));
            }
        }
    }

    @Tag("FCGI-110")
    @Tag("FCGI-111")
    @OfEachKind
    void runningRequestFinishesAfterSigterm(String kind) {
        try (Command relay = start(kind);
                Peer peer = peer(relay)) {
            peer.get(1, 0, "/sample/probe/wait?id=" + kind + "-term&ms=1500");
            peer.responseWhen(1, response -> response.bodyLength() > 0);

            relay.signal("TERM", "TERM");

            assertThat(peer.response(1)).hasStatus(200).isComplete();
            peer.expectEof();
            assertThat(relay.await()).isZero();
            assertThat(shared.daemon().isAlive()).isTrue();
        }
    }

    @Tag("FCGI-112")
    @Test
    void runningRequestFinishesAfterSigusr1() {
        try (Command relay = start("perl");
                Peer peer = peer(relay)) {
            peer.get(1, 0, "/sample/probe/wait?id=usr1&ms=1500");
            peer.responseWhen(1, response -> response.bodyLength() > 0);

            relay.signal("USR1");

            assertThat(peer.response(1)).hasStatus(200).isComplete();
            assertThat(relay.await()).isZero();
        }
    }

    @Tag("FCGI-7")
    @OfEachKind
    void idleOneEndsAtOnceAndLeavesTheSocketAlone(String kind) {
        try (Command relay = start(kind)) {
            assertServes(relay);

            assertThat(relay.stop()).isZero();

            assertThat(relay.file("app.sock")).exists();
            assertThat(relay.err()).isEmpty();
        }
    }

    @OfEachKind
    void endsWithTheWebServerEvenIfJustStarted(String kind) throws IOException {
        List<String> webServer =
                List.of("/bin/sh", "-c", "spawn-fcgi -n -s app.sock -- \"$@\" & echo $! > relay.pid; wait", "sh");
        try (Command parent = shared.relay(webServer, Map.of("GANGWAY_RELAY", kind), SAMPLE)) {
            assertServes(parent);
            ProcessHandle relay = relayOf(parent);
            assertThat(SharedDaemons.isDead(relay)).isFalse();

            parent.signal("KILL");

            Await.until("the relay ends", () -> SharedDaemons.isDead(relay));
        }
    }

    @OfEachKind
    void staysWhenSpawnFcgiHasEnded(String kind) throws IOException {
        List<String> launcher = List.of("/usr/bin/spawn-fcgi", "-s", "app.sock", "-P", "relay.pid", "--");
        try (Command spawn = shared.relay(launcher, Map.of("GANGWAY_RELAY", kind), SAMPLE)) {
            assertThat(spawn.await()).isZero();
            ProcessHandle relay = relayOf(spawn);
            try {
                try (Peer peer = peer(spawn)) {
                    // Longer than it would take to notice that the parent has gone.
                    peer.get(1, 0, "/sample/probe/wait?id=" + kind + "-spawn&ms=6000");
                    assertThat(peer.response(1)).hasStatus(200).isComplete();
                }
                assertServes(spawn);
            } finally {
                relay.destroy();
                Await.until("the relay ends", () -> SharedDaemons.isDead(relay));
            }
        }
    }

    @OfEachKind
    void deathOfTheDaemonHarmsOnlyWhatIsRunning(String kind) {
        try (Command relay = start(kind);
                Peer running = peer(relay)) {
            running.get(1, 0, "/sample/probe/wait?id=" + kind + "-kill&ms=600000");
            running.responseWhen(1, response -> response.bodyLength() > 0);

            shared.killDaemon();

            running.expectClosed();
            try (Peer next = peer(relay)) {
                assertThat(next.get(1, 0, "/sample/probe/status?body=next").response(1))
                        .hasBody("next");
            }
        }
    }

    @OfEachKind
    void silentDaemonStopsNoOtherConnectionAndIsGivenUp(String kind) throws IOException {
        int length = 3_000_000;
        try (SharedRun own = new SharedRun();
                Command relay = own.relay(Map.of("GANGWAY_RELAY", kind), SAMPLE);
                Peer running = peer(relay);
                Peer next = peer(relay)) {
            running.get(1, 0, "/sample/probe/bytes?n=" + length);
            running.responseWhen(1, response -> response.bodyLength() > 0);
            Path socket = own.socket();
            Files.delete(socket);

            try (ServerSocketChannel silent =
                    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))) {
                next.get(1, 0, "/sample/probe/status?body=next");
                SocketChannel asked = silent.accept();

                assertThat(running.response(1).bodyLength()).isEqualTo(length);
                assertGivenUp(asked);
            }
            assertThat(next.response(1)).hasBody("next");
        }
    }

    private static void assertGivenUp(SocketChannel daemon) throws IOException {
        try (daemon) {
            ByteBuffer question = ByteBuffer.allocate(100);
            while (daemon.read(question) >= 0) {
                assertThat(question.position()).isEqualTo(8);
            }
        }
    }

    @OfEachKind
    void applicationMayStartSlowly(String kind, @TempDir Path folder) throws IOException {
        Path war = folder.resolve("app.war");
        // Longer than a daemon has to answer that has started.
        Webapp.starting(8_000).pack(war);
        try (SharedRun own = new SharedRun();
                Command relay = own.relay(Map.of("GANGWAY_RELAY", kind), war.toString());
                Peer first = peer(relay);
                Peer second = peer(relay)) {
            first.get(1, 0, "/app/version.jsp");
            Await.until("it listens", () -> Files.exists(own.directory()) && own.hasSocket());

            assertThat(second.get(1, 0, "/app/version.jsp").response(1)).hasStatus(200);
            assertThat(first.response(1)).hasStatus(200);
            assertThat(relay.err()).isEmpty();
        }
    }

    @Tag("FCGI-2")
    @OfEachKind
    void tcpSocketWorksLikewise(String kind) {
        int port = FreePort.find();
        try (Command relay = tcp(kind, "127.0.0.1", port);
                Peer peer = await(relay, port)) {
            assertThat(peer.get(1, 0, "/sample/probe/status?body=tcp").response(1))
                    .hasBody("tcp");
            peer.expectEof();
        }
    }

    @Tag("FCGI-157")
    @OfEachKind
    void tcpSocketThatOtherMachinesReachIsRefused(String kind) {
        try (Command relay = tcp(kind, "0.0.0.0", FreePort.find())) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err()).startsWith("gangway: descriptor 0 is reachable from other machines");
        }
    }

    @Tag("FCGI-3")
    @OfEachKind
    void descriptorZeroThatIsNoListeningSocketIsRefused(String kind) {
        try (Command relay = shared.relay(List.of(), Map.of("GANGWAY_RELAY", kind), SAMPLE)) {
            assertThat(relay.await()).isEqualTo(1);
            assertThat(relay.err()).startsWith("gangway: descriptor 0 is not a listening socket;");
        }
    }

    @Tag("FCGI-9")
    @Tag("FCGI-10")
    @Tag("FCGI-11")
    @OfEachKind
    void onlyTheWebServersMayConnect(String kind) {
        int port = FreePort.find();
        try (Command relay = tcp(kind, "127.0.0.1", port, "192.0.2.1,127.0.0.1");
                Peer peer = await(relay, port)) {
            assertThat(peer.get(1, 0, "/sample/probe/headers").response(1)).hasStatus(200);
        }
        int other = FreePort.find();
        try (Command relay = tcp(kind, "127.0.0.1", other, "192.0.2.1");
                Peer peer = await(relay, other)) {
            peer.get(1, 0, "/sample/probe/headers").expectClosed();
        }
        try (Command relay = shared.relay(Map.of("GANGWAY_RELAY", kind, "FCGI_WEB_SERVER_ADDRS", "127.0.0.1"), SAMPLE);
                Peer peer = peer(relay)) {
            peer.get(1, 0, "/sample/probe/headers").expectClosed();
        }
        for (String wrong : new String[] {"300.1.1.1", "010.0.0.1", "", " 127.0.0.1", "::1"}) {
            try (Command relay = tcp(kind, "127.0.0.1", other, wrong.isEmpty() ? "" : "127.0.0.1," + wrong)) {
                assertThat(relay.await()).isEqualTo(1);
                assertThat(relay.err())
                        .isEqualTo("gangway: the environment variable FCGI_WEB_SERVER_ADDRS: '" + wrong
                                + "' is not an IPv4 address\n");
            }
        }
    }

    private static Command start(String kind) {
        return shared.relay(Map.of("GANGWAY_RELAY", kind), SAMPLE);
    }

    private static ProcessHandle relayOf(Command launcher) throws IOException {
        Path file = launcher.file("relay.pid");
        Await.until(
                "its number is known", () -> Files.exists(file) && file.toFile().length() > 0);
        String pid = Files.readString(file).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static Command tcp(String kind, String host, int port) {
        return tcp(kind, host, port, Map.of());
    }

    private static Command tcp(String kind, String host, int port, String webServers) {
        return tcp(kind, host, port, Map.of("FCGI_WEB_SERVER_ADDRS", webServers));
    }

    private static Command tcp(String kind, String host, int port, Map<String, String> environment) {
        List<String> launcher = List.of("/usr/bin/spawn-fcgi", "-n", "-a", host, "-p", Integer.toString(port), "--");
        Map<String, String> all = new HashMap<>(environment);
        all.put("GANGWAY_RELAY", kind);
        return shared.relay(launcher, all, SAMPLE);
    }

    private static Peer await(Command relay, int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        Await.until("the relay listens", () -> {
            try (Peer peer = Peer.connect(address)) {
                return true;
            } catch (UncheckedIOException e) {
                return !relay.isAlive();
            }
        });
        return Peer.connect(address);
    }

    private static byte[] bytes(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.writeTo(bytes);
        return bytes.toByteArray();
    }
}
