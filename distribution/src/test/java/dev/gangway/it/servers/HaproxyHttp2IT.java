package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HAProxy 2.6 leaves out the end of STDIN if the body ends with an empty DATA frame of HTTP/2, as that of curl does. */
class HaproxyHttp2IT {
    private static TempFolder folder;
    private static GangwayProcess gangway;
    private static RunningServer haproxy;

    @BeforeAll
    static void start() {
        folder = TempFolder.create("http2");
        gangway = GangwayProcess.start();
        haproxy = RunningServer.start(WebServer.HAPROXY, "http2", gangway.placeholders());
    }

    @AfterAll
    static void stop() {
        if (haproxy != null) {
            haproxy.close();
        }
        gangway.close();
        folder.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, ''",
        "PUT, ''",
        "DELETE, ''",
        "PROPFIND, ''",
        "POST, hello",
        "PUT, hello",
        "DELETE, hello",
        "PROPFIND, hello"
    })
    @Tag("FCGI-68")
    @Tag("FCGI-139")
    void bodyEndsAtItsLength(String method, String body) {
        String answer = curl("-X", method, "-d", body, "/probe/sink");

        assertThat(answer).contains("\"bytes\":" + body.length()).endsWith("HTTP/2 200");
    }

    @ParameterizedTest
    @CsvSource({"''", "a=b"})
    @Tag("FCGI-68")
    void formEndsAtItsLength(String form) {
        assertThat(curl("-d", form, "/probe/echo")).endsWith("HTTP/2 200");
    }

    /** Asks in such a way, and returns the body and then the version and status. */
    private static String curl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "curl", "--http2-prior-knowledge", "-s", "-m", "20", "-w", "HTTP/%{http_version} %{http_code}"));
        command.addAll(List.of(arguments).subList(0, arguments.length - 1));
        command.add("http://127.0.0.1:" + haproxy.port() + arguments[arguments.length - 1]);
        try (ChildProcess curl = ChildProcess.start(folder.resolve("curl.log"), Map.of(), command)) {
            assertThat(curl.await()).as(() -> String.join(" ", command)).isZero();
            return curl.log();
        }
    }
}
