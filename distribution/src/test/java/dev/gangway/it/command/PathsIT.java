package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Everything below a directory with a name that is not ASCII: installation, applications, temporary files. */
class PathsIT {
    /** By the shell, since the JVM of the tests may have no such names. */
    private static final String BELOW_JUERGEN =
            """
            home=$1/$(printf 'j\\303\\274rgen#b%%c')
            mv "$1/plain" "$home"
            mv "$home/webapps/green.war" "$home/webapps/$(printf 'gr\\303\\274n').war"
            export LC_ALL=C.UTF-8 GANGWAY_JAVA_OPTS="-Djava.io.tmpdir=$home"
            exec "$home/gangway/bin/gangway" serve "$home/webapps" --listen=unix:app.sock
            """;

    @Test
    void nameThatIsNotAscii() throws IOException {
        try (TempFolder folder = TempFolder.create("paths")) {
            Path plain = Files.createDirectory(folder.resolve("plain"));
            Installation.copyTo(new TempFolder(plain));
            Path apps = Files.createDirectory(plain.resolve("webapps"));
            for (Environment environment : Environment.values()) {
                webapp(environment).pack(apps.resolve(environment + "-packed.war"));
                webapp(environment).unpack(apps.resolve(environment + "-directory"));
            }
            webapp(Environment.EE11).pack(apps.resolve("green.war"));

            List<String> words =
                    List.of("/bin/sh", "-c", BELOW_JUERGEN, "sh", folder.path().toString());
            try (Command gangway = Command.start(builder -> {}, words)) {
                gangway.awaitReady();
                for (Environment environment : Environment.values()) {
                    assertServes(gangway, "/" + environment + "-packed", environment);
                    assertServes(gangway, "/" + environment + "-directory", environment);
                }
                assertServes(gangway, "/gr%C3%BCn", Environment.EE11);
                assertThat(gangway.err()).doesNotContain("ERROR");
                assertThat(gangway.stop()).isZero();
            }
        }
    }

    private static Webapp webapp(Environment environment) {
        return Webapp.of(environment.version()).with("page.txt", "static");
    }

    private static void assertServes(Command gangway, String path, Environment environment) {
        assertThat(get(gangway, path + "/page.txt").text()).as(path).isEqualTo("static");
        assertThat(get(gangway, path + "/version.jsp").text())
                .as(path)
                .isEqualTo(environment.version() + " in " + environment.version());
    }

    private static FcgiResponse get(Command gangway, String path) {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock")))) {
            return peer.get(1, 0, path).response(1);
        }
    }
}
