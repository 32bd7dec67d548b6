package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one web server that passes an interim response on. */
class EarlyHintsIT {
    private static final String GET = "GET / HTTP/1.1\r\nHost: app.example\r\nConnection: close\r\n\r\n";
    private static final String LINK = "</style.css>; rel=preload";

    @Test
    @Tag("FCGI-150")
    void arriveThroughLighttpd() throws Exception {
        Server server = new Server();
        ServerConnector connector = connector(server);
        server.setHandler(new Hinting());
        server.start();
        Map<String, String> application = Map.of("fcgi.port", Integer.toString(connector.getLocalPort()));
        try (RunningServer lighttpd = RunningServer.start(WebServer.LIGHTTPD, "tcp", application);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), lighttpd.port())) {
            client.setSoTimeout((int) Await.DEADLINE.toMillis());
            client.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));

            String responses = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(responses)
                    .startsWith("HTTP/1.1 103 Early Hints\r\nLink: " + LINK + "\r\n\r\nHTTP/1.1 200 OK\r\n")
                    .contains("final");
        } finally {
            server.stop();
        }
    }

    private static ServerConnector connector(Server server) {
        FcgiConfiguration configuration = new FcgiConfiguration();
        configuration.setEarlyHints(true);
        ServerConnector connector = new ServerConnector(
                server, new FcgiConnectionFactory(FcgiConnectionFactory.newHttpConfiguration(), configuration));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        return connector;
    }

    private static final class Hinting extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.writeInterim(103, HttpFields.build().add("Link", LINK)).join();
            Content.Sink.write(response, true, "final", callback);
            return true;
        }
    }
}
