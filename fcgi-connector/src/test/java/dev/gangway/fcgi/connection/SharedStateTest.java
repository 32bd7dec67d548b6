package dev.gangway.fcgi.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.net.Socket;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** What the connectors of an application and of its Authorizer have in common. */
class SharedStateTest {
    @Test
    void theConnectionsOfOneAreLookedAfterWhenTheOtherHasStopped() throws Exception {
        FcgiConnectionFactory factory = new FcgiConnectionFactory();
        factory.getConfiguration().setConnectionIdleTimeout(Duration.ofMillis(500));
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty, factory);
        ServerConnector authorizer = new ServerConnector(jetty, factory.forAuthorizer());
        jetty.addConnector(connector);
        jetty.addConnector(authorizer);
        connector.setHost("127.0.0.1");
        authorizer.setHost("127.0.0.1");
        jetty.start();
        try (Socket idle = new Socket("127.0.0.1", connector.getLocalPort())) {
            Await.until("it is open", () -> factory.getOpenConnections() == 1);
            authorizer.stop();
            idle.setSoTimeout(30_000);

            assertThat(idle.getInputStream().read()).isNegative();
        } finally {
            jetty.stop();
        }
    }
}
