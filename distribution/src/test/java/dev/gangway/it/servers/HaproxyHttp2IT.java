package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Certificates;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * HAProxy for clients of HTTP/2. Version 2.6 leaves out the end of STDIN if the body ends with an empty DATA frame, as
 * that of curl does.
 */
class HaproxyHttp2IT {
    private static TempFolder folder;
    private static GangwayProcess gangway;
    private static RunningServer haproxy;

    @BeforeAll
    static void start() {
        folder = TempFolder.create("http2");
        gangway = GangwayProcess.start();
        Certificates.create(folder);
        Map<String, String> placeholders = new HashMap<>(gangway.placeholders());
        placeholders.put("tls", folder.path().toString());
        haproxy = RunningServer.start(WebServer.HAPROXY, "http2", placeholders);
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

    @ParameterizedTest
    @CsvSource({"--http2, HTTP/2", "--http1.1, HTTP/1.1"})
    @Tag("FCGI-124")
    @Tag("FCGI-126")
    void bothVersionsAreServedOverTls(String option, String version) {
        String answer = curl(option, "-u", "joe:secret", "/probe/echo");

        assertThat(answer)
                .containsPattern("\"secure\": ?true")
                .contains("Basic am9lOnNlY3JldA==")
                .endsWith(version + " 200");
    }

    @Test
    @Tag("FCGI-139")
    void largeBodyOfKnownLengthArrives() throws IOException {
        assertThat(curl("--data-binary", "@" + file(1_000_000), "/probe/sink"))
                .contains("\"bytes\":1000000")
                .endsWith("HTTP/2 200");
    }

    @Test
    void smallBodyOfUnknownLengthArrives() throws IOException {
        assertThat(upload(BodyCases.SMALL))
                .contains("\"bytes\":" + BodyCases.SMALL)
                .endsWith("HTTP/2 200");
        assertThat(upload(0)).contains("\"bytes\":0").endsWith("HTTP/2 200");
    }

    /** It is refused by status 400, or by an end of the stream before that has come. */
    @Test
    void largeBodyOfUnknownLengthIsRefused() throws IOException {
        assertThat(ask("-T", file(1_000_000), "-H", "Content-Length:", "/probe/sink")
                        .log())
                .containsPattern(" (400|000)$");
    }

    private static String upload(int length) throws IOException {
        return curl("-X", "POST", "-T", file(length), "-H", "Content-Length:", "/probe/sink");
    }

    private static String file(int length) throws IOException {
        return Files.write(folder.resolve(length + ".bin"), new byte[length]).toString();
    }

    /** Asks in such a way, and returns the body and then the version and status. */
    private static String curl(String... arguments) {
        Answer answer = ask(arguments);
        assertThat(answer.exitCode()).as(() -> String.join(" ", arguments)).isZero();
        return answer.log();
    }

    private record Answer(int exitCode, String log) {}

    private static Answer ask(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("curl", "--http2", "-k", "-s", "-m", "20", "-w", "HTTP/%{http_version} %{http_code}"));
        command.addAll(List.of(arguments).subList(0, arguments.length - 1));
        command.add("https://127.0.0.1:" + haproxy.port() + arguments[arguments.length - 1]);
        try (ChildProcess curl = ChildProcess.start(folder.resolve("curl.log"), Map.of(), command)) {
            return new Answer(curl.await(), curl.log());
        }
    }
}
