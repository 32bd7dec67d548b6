package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A directory without applications, and applications that lose their directory for a while. */
class MissingDirectoryIT {
    @Test
    void applicationsStayUntilTheDirectoryIsBack() throws IOException {
        try (TempFolder folder = TempFolder.create("missing")) {
            Path apps = Files.createDirectory(folder.resolve("webapps"));
            Path elsewhere = folder.resolve("elsewhere");
            try (Command gangway = Command.gangway("serve", apps.toString(), "--listen=unix:app.sock")) {
                assertThat(gangway.awaitReady()).startsWith("gangway: ready, serving nothing from " + apps + " on ");
                assertThat(gangway.err()).contains("There is no web application in " + apps + " yet");

                Webapp.of("6.1").with("index.html", "stays").pack(apps.resolve("stays.war"));
                Webapp.of("6.1").with("index.html", "goes").pack(apps.resolve("goes.war"));
                awaitBody(gangway, "/stays/", "stays");
                awaitBody(gangway, "/goes/", "goes");

                Files.move(apps, elsewhere);
                Await.until("the log says it", () -> gangway.err().contains(apps + " is gone"));
                assertThat(get(gangway, "/stays/").text()).isEqualTo("stays");

                Webapp.of("6.1").with("index.html", "changed").pack(elsewhere.resolve("stays.war"));
                Files.delete(elsewhere.resolve("goes.war"));
                Files.move(elsewhere, apps);
                awaitBody(gangway, "/stays/", "changed");
                Await.until("the other goes", () -> get(gangway, "/goes/").status() == 404);
                assertThat(gangway.err()).doesNotContain("\tat ");
                assertThat(gangway.stop()).isZero();
            }
        }
    }

    private static void awaitBody(Command gangway, String path, String text) {
        Await.until(path + " is " + text, () -> get(gangway, path).text().equals(text));
    }

    private static FcgiResponse get(Command gangway, String path) {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock")))) {
            return peer.get(1, 0, path).response(1);
        }
    }
}
