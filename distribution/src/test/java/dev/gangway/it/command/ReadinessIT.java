package dev.gangway.it.command;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --ping} says in the course of a process, and while its applications come, fail and go. */
class ReadinessIT {
    @TempDir
    private Path applications;

    @Test
    void oneApplicationThatDoesNotWorkIsNoReasonToStopAskingForTheOthers() throws IOException {
        Webapp.broken().pack(applications.resolve("broken.war"));
        try (Command gangway = serve()) {
            assertThat(ping(gangway)).hasStatus(503).hasBody("no application\n");

            Webapp.of("6.1").pack(applications.resolve("sound.war"));

            awaitAnswer(gangway, "pong\n");
            assertThat(ping(gangway)).hasStatus(200);
        }
    }

    @Test
    void notReadyWhileAnApplicationIsReplacedWhoseOldVersionStopsFirst() throws IOException {
        Path war = applications.resolve("app.war");
        Webapp.of("6.1").pack(war);
        Files.writeString(applications.resolve("app.properties"), "redeploy = stop\n");
        try (Command gangway = serve()) {
            assertThat(ping(gangway)).hasStatus(200).hasBody("pong\n");

            Webapp.starting(5_000).pack(war);

            awaitAnswer(gangway, "deploying\n");
            awaitAnswer(gangway, "pong\n");
            Files.delete(war);
            awaitAnswer(gangway, "no application\n");
        }
    }

    @Test
    void notReadyWhileItStops() {
        try (Command gangway = Command.gangway(
                "run", Installation.built().sampleWar().toString(), "--listen=unix:app.sock", "--ping=/ping")) {
            gangway.awaitReady();
            try (Peer peer = Peer.connect(socket(gangway))) {
                peer.get(1, KEEP_CONN, "/sample/probe/wait?id=1&ms=4000");
                peer.responseWhen(1, response -> response.bodyLength() > 0);
                gangway.signal("TERM");
                Await.until("it stops", () -> gangway.err().contains("Stopping"));

                peer.get(2, KEEP_CONN, "/ping");

                assertThat(peer.response(2)).hasStatus(503);
                assertThat(peer.response(1)).hasStatus(200).isComplete();
            }
            assertThat(gangway.await()).isZero();
        }
    }

    @Test
    void statusIsTakenOverWithTheApplications() throws IOException {
        try (Command old = takingOver()) {
            try (Command next = takingOver()) {
                Await.until("the old one has ended", () -> !old.isAlive());

                assertThat(statusServerAt(applications.resolve("status.sock"))).contains("200 OK", "pong");
                assertThat(next.isAlive()).isTrue();
            }
        }
    }

    private Command takingOver() {
        Command gangway = Command.gangway(
                "run",
                Installation.built().sampleWar().toString(),
                "--takeover",
                "--listen=unix:" + applications.resolve("app.sock"),
                "--status-listen=unix:" + applications.resolve("status.sock"));
        gangway.awaitReady();
        return gangway;
    }

    private static String statusServerAt(Path socket) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(StandardCharsets.US_ASCII.encode(
                    "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Command serve() {
        Command gangway = Command.gangway("serve", applications.toString(), "--listen=unix:app.sock", "--ping=/ping");
        gangway.awaitReady();
        return gangway;
    }

    private static void awaitAnswer(Command gangway, String answer) {
        Await.until(answer, () -> ping(gangway).text().equals(answer));
    }

    private static FcgiResponse ping(Command gangway) {
        try (Peer peer = Peer.connect(socket(gangway))) {
            peer.get(1, 0, "/ping");
            return peer.response(1);
        }
    }

    private static UnixDomainSocketAddress socket(Command gangway) {
        return UnixDomainSocketAddress.of(gangway.file("app.sock"));
    }
}
