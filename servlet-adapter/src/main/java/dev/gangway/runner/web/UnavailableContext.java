package dev.gangway.runner.web;

import java.util.List;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;

/** Stands in for an application that cannot be served. */
final class UnavailableContext extends ContextHandler {
    UnavailableContext(String contextPath, List<String> virtualHosts) {
        super(
                new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
                        return true;
                    }
                },
                contextPath);
        setVirtualHosts(virtualHosts);
    }
}
