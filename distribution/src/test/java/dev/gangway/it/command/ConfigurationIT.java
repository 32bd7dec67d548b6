package dev.gangway.it.command;

import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The configuration file that the documents show. */
class ConfigurationIT {
    private TempFolder folder;
    private Path webapps;
    private Path configuration;

    @BeforeEach
    void write() throws IOException {
        folder = TempFolder.create("configuration");
        webapps = Files.createDirectory(folder.resolve("webapps"));
        String group =
                Files.readAttributes(webapps, PosixFileAttributes.class).group().getName();
        configuration = folder.write(
                "gangway.properties",
                Documents.block("properties")
                        .replace("/srv/webapps", webapps.toString())
                        .replace(
                                "/run/gangway/app.sock",
                                folder.resolve("app.sock").toString())
                        .replace("127.0.0.1:9000", "127.0.0.1:0")
                        .replace("www-data", group)
                        .replace("/var/log/gangway", folder.path().toString()));
    }

    @AfterEach
    void remove() {
        folder.close();
    }

    @Test
    void servesWithIt() throws IOException {
        Webapp.of("6.1").with("index.html", "root").pack(webapps.resolve("ROOT.war"));

        try (Command gangway = Command.gangway("serve", "--config=" + configuration)) {
            assertThat(gangway.awaitReady())
                    .matches("gangway: ready, serving / from " + webapps + " on unix:.*, tcp:.*");
            try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(folder.resolve("app.sock")))) {
                assertThat(peer.get(1, 0, "/").response(1)).hasStatus(200).hasBody("root");
            }
            Await.until(
                    "the access log has the request", () -> read("access.log").contains("GET / "));
            assertThat(gangway.stop()).isZero();
            assertThat(gangway.err()).contains("20000 ms to finish");
        }
    }

    @Test
    void checksIt() {
        try (Command check = Command.gangway("check", "serve", "--config=" + configuration, "--stop-timeout=5")) {
            assertThat(check.await()).isZero();
            assertThat(check.err()).isEmpty();
            assertThat(check.out())
                    .contains("dir = " + webapps + "   (" + configuration + ":1)\n")
                    .contains("multiplexing = false   (" + configuration + ":6)\n")
                    .contains("stop-timeout = 5   (command line)\n")
                    .contains("scan = 1   (default)\n");
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
