package dev.gangway.servlet.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.junit.jupiter.api.Test;

class AccessLogTest {
    @Test
    void dashStandsForWhatARequestDoesNotHave() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.setHandler(new DefaultHandler());
        server.setRequestLog(new AccessLog(lines::add));
        server.start();
        try {
            connector.getResponse("GET /none HTTP/1.0\r\n\r\n");
            connector.getResponse("GET /both HTTP/1.0\r\nReferer: http://r/\r\nUser-Agent: a \"\" b\r\n\r\n");
        } finally {
            server.stop();
        }

        assertThat(lines)
                .satisfiesExactlyInAnyOrder(
                        none -> assertThat(none)
                                .matches("[^ ]+ - - \\[.*] \"GET /none HTTP/1.0\" 404 \\d+ \"-\" \"-\""),
                        both -> assertThat(both).endsWith(" \"http://r/\" \"a \\\"\\\" b\""));
    }
}
