package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The archive, unpacked as an administrator does, and called in every way. */
class UnpackedIT {
    /**
     * Blanks are everywhere, and the command is called by a relative path, a link to it and a link to its version. The
     * directory in which the shell would look first is another one.
     */
    private static final String IN_A_ROUNDABOUT_WAY =
            """
            set -e
            cd "$1"
            mkdir -p 'opt dir' 'bin dir' 'work dir' 'decoy/bin dir' 'decoy/opt dir/gangway/bin'
            tar -xzf "$2" -C 'opt dir'
            ln -s "$(ls 'opt dir')" 'opt dir/gangway'
            ln -s '../opt dir/gangway/bin/gangway' 'bin dir/gangway'
            ln -s "$JAVA_HOME" 'java home'
            export CDPATH="$1/decoy" JAVA_HOME="$1/java home" GANGWAY_WORK_DIR="$1/work dir"
            unset GANGWAY_JAVA_OPTS
            exec 'bin dir/gangway' run '/shop=my shop.war' --listen='unix:app dir.sock'
            """;

    @Test
    void runsByLinksFromAnyDirectoryWithBlanksInPaths() throws IOException {
        try (TempFolder folder = TempFolder.create("un packed")) {
            Webapp.of("6.1").with("page.txt", "static").pack(folder.resolve("my shop.war"));
            String archive = System.getProperty("gangway.archive") + ".tar.gz";
            List<String> words = List.of(
                    "/bin/sh", "-c", IN_A_ROUNDABOUT_WAY, "sh", folder.path().toString(), archive);

            try (Command gangway = Command.start(builder -> {}, words)) {
                gangway.awaitReady();

                assertThat(get(folder.resolve("app dir.sock"), "/shop/page.txt"))
                        .isEqualTo("static");
                assertThat(get(folder.resolve("app dir.sock"), "/shop/version.jsp"))
                        .isEqualTo("6.1 in 6.1");
                assertThat(Files.list(folder.resolve("work dir"))).hasSize(1);
                assertThat(gangway.stop()).isZero();
                assertThat(folder.resolve("work dir")).isEmptyDirectory();
            }
        }
    }

    private static String get(Path socket, String path) {
        try (Peer peer = Peer.connect(UnixDomainSocketAddress.of(socket))) {
            return peer.get(1, 0, path).response(1).text();
        }
    }
}
