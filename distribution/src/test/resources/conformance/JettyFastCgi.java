import org.eclipse.jetty.fcgi.server.ServerFCGIConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty's own FastCGI connector. */
class JettyFastCgi {
    public static void main(String[] arguments) throws Exception {
        // shown-begin
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new ServerFCGIConnectionFactory(new HttpConfiguration()));
        connector.setHost("127.0.0.1");
        connector.setPort(9000);
        server.addConnector(connector);
        // shown-end
        connector.setPort(Integer.parseInt(arguments[0]));
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                int length = Content.Source.asByteBuffer(request).remaining();
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
                String text = request.getMethod() + " " + request.getHttpURI().getPathQuery() + " " + length + "\n";
                Content.Sink.write(response, true, text, callback);
                return true;
            }
        });
        server.start();
    }
}
