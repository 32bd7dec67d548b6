package dev.gangway.it.hostile;

import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a client or a web server says, it is one line of the logs, and commands no terminal. */
@Tag("FCGI-164")
class LogInjectionIT {
    private static final String FORGED = "192.0.2.66 - admin";
    private static final List<String> CONTROLS = List.of("\n", "\r", "\r\n", "\u001b[2J", "\0", "\b", "\u007f");
    /** Control Sequence Introducer: the same as ESC and a bracket to some terminals, and allowed in a header. */
    private static final byte[] CSI = {'a', (byte) 0x9B, '2', 'J'};

    private static final List<String> NAMES = List.of(
            "REQUEST_METHOD",
            "REQUEST_URI",
            "QUERY_STRING",
            "SERVER_PROTOCOL",
            "SERVER_NAME",
            "REMOTE_ADDR",
            "REMOTE_HOST",
            "REMOTE_USER",
            "CONTENT_TYPE",
            "HTTP_HOST",
            "HTTP_USER_AGENT",
            "HTTP_REFERER",
            "HTTP_COOKIE");

    @Test
    void nothingThatIsSaidBreaksALine() throws Exception {
        try (TempFolder folder = TempFolder.create("logs")) {
            Path accessLog = folder.resolve("access.log");
            int asked = 0;
            String log;
            try (GangwayProcess gangway = GangwayProcess.start(
                    List.of("/=" + Installation.built().sampleWar()),
                    "--access-log=" + accessLog,
                    "--trust-remote-user")) {
                for (String name : NAMES) {
                    for (String control : CONTROLS) {
                        ask(gangway, base().with(name, "/x" + control + FORGED));
                        asked++;
                    }
                    ask(gangway, base().without(name).and(name.getBytes(StandardCharsets.US_ASCII), CSI));
                    asked++;
                }
                log = gangway.log();
            }

            String access = read(accessLog);
            assertThat(access.lines()).hasSizeBetween(NAMES.size(), asked).noneMatch(line -> line.startsWith(FORGED));
            assertThat(log.lines()).noneMatch(line -> line.startsWith(FORGED));
            assertThat((access + log).chars()).noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
        }
    }

    private static Pairs base() {
        return Pairs.get("/").with("REMOTE_USER", "joe");
    }

    private static void ask(GangwayProcess gangway, Pairs pairs) {
        try (Peer peer = Peer.connect(gangway.unix())) {
            assertThat(peer.request(1, CLOSE, pairs, new byte[0]).response(1).status())
                    .isBetween(200, 499);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
