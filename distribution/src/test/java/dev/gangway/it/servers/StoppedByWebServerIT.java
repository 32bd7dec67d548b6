package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that a web server has started ends with it, in order and with the last lines of its log. */
@Tag("FCGI-8")
@Tag("FCGI-110")
@Tag("FCGI-112")
class StoppedByWebServerIT {
    @ParameterizedTest
    @CsvSource({"LIGHTTPD,spawn,gangway.log", "LIGHTTPD,spawn-usr1,gangway.log", "HTTPD,fcgid,error.log"})
    void endsInOrder(WebServer server, String configuration, String log) throws IOException {
        try (TempFolder folder = TempFolder.create("installation");
                RunningServer running = RunningServer.start(
                        server, configuration, Installation.copyTo(folder).placeholders())) {
            assertThat(new Site(running.port(), Set.of(), 0).text("/probe/status?body=served"))
                    .isEqualTo("served");

            // lighttpd itself ends with 1 if it still has a connection.
            assertThat(running.stop()).isBetween(0, 1);

            // Apache httpd does not wait for it.
            Await.until("it has stopped", () -> running.text(log).contains(":main: Stopped"));
            assertThat(running.text(log))
                    .containsSubsequence(
                            "started on Java", "Stopping by SIG", "running requests have 8000 ms to finish", "Stopped");
        }
    }
}
