package dev.gangway.embedding;

import dev.gangway.api.FcgiRequest;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.incident.RateLimitedLog;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.util.Scanner;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.slf4j.LoggerFactory;

/** A program of somebody else that serves FastCGI until it is told to stop; says its port and the connector's module. */
final class Embedded {
    private Embedded() {}

    public static void main(String[] args) throws Exception {
        FcgiConfiguration configuration = new FcgiConfiguration();
        configuration.setMaxConnections(10);
        FcgiConnectionFactory factory =
                new FcgiConnectionFactory(FcgiConnectionFactory.newHttpConfiguration(), configuration);
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, factory);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        RateLimitedLog requests =
                new RateLimitedLog(LoggerFactory.getLogger(Embedded.class), "requests", connector::getScheduler);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                FcgiRequest fcgi = (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
                requests.warn("asked for {}", fcgi.target());
                Content.Sink.write(response, true, fcgi.role() + " " + fcgi.target(), callback);
                return true;
            }
        });
        server.start();
        System.out.println(connector.getLocalPort() + " " + FcgiConnectionFactory.class.getModule());
        new Scanner(System.in).hasNextLine();
        server.stop();
    }
}
