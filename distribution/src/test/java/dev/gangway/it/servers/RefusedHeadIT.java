package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HAProxy makes 502 of an answer with a body, and h2o takes the body for the next response. */
class RefusedHeadIT {
    private static GangwayProcess gangway;

    @BeforeAll
    static void start() {
        gangway = GangwayProcess.start("--max-uri-length=100", "--access-log=-");
    }

    @AfterAll
    static void stop() {
        gangway.close();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("FCGI-140")
    @Tag("FCGI-161")
    void hasNoBodyBehind(WebServer server) throws IOException {
        try (RunningServer running = RunningServer.start(server, "tcp", gangway.placeholders());
                RawHttp http = new RawHttp(running.port())) {
            for (String wrong : new String[] {"/probe/echo;x/../echo", "/probe/echo?" + "x".repeat(100)}) {
                int status = http.exchange(RawRequest.of("HEAD", wrong)).status();
                Echo next = Echo.of(http.exchange(RawRequest.get("/probe/echo/" + server)));

                assertThat(next.text("pathInfo")).isEqualTo("/" + server);
                assertThat(status).isEqualTo(wrong.contains("?") ? 414 : 400);
            }
        }
        assertThat(gangway.log())
                .containsPattern("(?m)^127\\.0\\.0\\.1 - - \\[.*\"HEAD /probe/echo;x/../echo .*\" 400 ")
                .containsPattern("(?m)^127\\.0\\.0\\.1 - - \\[.*\"HEAD /probe/echo\\?x{87,} .*\" 414 ");
    }
}
