package dev.gangway.servlet.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
    private static final String NONE = "GET /none HTTP/1.0\r\n\r\n";
    private static final String BOTH = "GET /both?a=1 HTTP/1.0\r\nReferer: http://r/\r\nUser-Agent: a \"\" b\r\n\r\n";

    @Test
    void dashStandsForWhatARequestDoesNotHave() throws Exception {
        assertThat(log("combined", NONE, BOTH))
                .satisfiesExactlyInAnyOrder(
                        none -> assertThat(none)
                                .matches("[^ ]+ - - \\[.*] \"GET /none HTTP/1.0\" 404 \\d+ \"-\" \"-\""),
                        both -> assertThat(both).endsWith(" \"http://r/\" \"a \\\"\\\" b\""));
    }

    @Test
    void commonIsWithoutWhatTheClientSaysOfItself() throws Exception {
        assertThat(log("common", BOTH)).satisfiesExactlyInAnyOrder(line -> assertThat(line)
                .matches("[^ ]+ - - \\[.*] \"GET /both\\?a=1 HTTP/1.0\" 404 \\d+"));
    }

    @Test
    void codesAreThoseOfJetty() throws Exception {
        assertThat(log("%m %U %s %{fcgi.role}attr", BOTH)).containsExactly("GET /both 404 -");
    }

    @Test
    void jsonIsOneObjectALine() throws Exception {
        assertThat(log("json", BOTH, NONE))
                .satisfiesExactlyInAnyOrder(
                        both -> assertThat(both)
                                .startsWith("{\"time\":\"20")
                                .contains(
                                        "\",\"method\":\"GET\",\"target\":\"/both?a=1\",\"protocol\":\"HTTP/1.0\",\"status\":404,\"bytes\":")
                                .endsWith(",\"referer\":\"http://r/\",\"agent\":\"a \\\"\\\" b\"}"),
                        none -> assertThat(none)
                                .doesNotContain("referer", "user", "role")
                                .matches(".*,\"micros\":\\d+}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "", "%Y", "%{x}p", "100%"})
    void saysWhatIsNoFormat(String text) {
        assertThatThrownBy(() -> AccessLogFormat.of("access-log-format", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("access-log-format is '" + text + "'");
    }

    private static List<String> log(String format, String... requests) throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.setHandler(new DefaultHandler());
        server.setRequestLog(new AccessLog(AccessLogFormat.of("access-log-format", format), lines::add));
        server.start();
        try {
            for (String request : requests) {
                connector.getResponse(request);
            }
        } finally {
            server.stop();
        }
        return lines;
    }
}
