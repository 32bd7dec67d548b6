package dev.gangway.fcgi.variables;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpTester;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/** What Jetty's own HTTP connector makes of a request. */
final class HttpTwin {
    private HttpTwin() {}

    /** {@return the status of the response to a GET of this target} */
    static int status(String target) {
        return response(target, "", request -> "").getStatus();
    }

    /** {@return the query that an application sees} */
    static String query(String target) {
        return response(target, "", request -> request.getHttpURI().getQuery()).getContent();
    }

    /** {@return name and value of the cookies that an application sees} */
    static List<String> cookies(String header) {
        String content = response("/", "Cookie: " + header + "\r\n", request -> Request.getCookies(request).stream()
                        .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                        .collect(Collectors.joining("\n")))
                .getContent();
        return content.lines().toList();
    }

    private static HttpTester.Response response(String target, String headers, Function<Request, String> content) {
        Server server = new Server();
        LocalConnector connector = new LocalConnector(server);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.getHeaders().put("Content-Type", "text/plain; charset=utf-8");
                Content.Sink.write(response, true, content.apply(request), callback);
                return true;
            }
        });
        try {
            server.start();
            ByteBuffer request = BufferUtil.toBuffer(
                    "GET " + target + " HTTP/1.1\r\nHost: app.example\r\n" + headers + "Connection: close\r\n\r\n",
                    StandardCharsets.ISO_8859_1);
            return HttpTester.parseResponse(connector.getResponse(request));
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            LifeCycle.stop(server);
        }
    }
}
