package dev.gangway.fcgi.server;

import org.eclipse.jetty.http.HttpTester;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/** What Jetty's own HTTP connector makes of a request. */
final class HttpTwin {
    private HttpTwin() {}

    /** {@return the status of the response to a GET of this target} */
    static int status(String target) {
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                callback.succeeded();
                return true;
            }
        });
        try {
            server.start();
            String response = connector.getResponse(
                    "GET " + target + " HTTP/1.1\r\nHost: app.example\r\nConnection: close\r\n\r\n");
            return HttpTester.parseResponse(response).getStatus();
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            LifeCycle.stop(server);
        }
    }
}
