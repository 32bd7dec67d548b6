package dev.gangway.fcgi.server;

import dev.gangway.api.FcgiRequest;
import dev.gangway.fcgi.server.FcgiServer.App;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Applications that several tests use. */
final class Apps {
    /** Answers with the request target. */
    static final App TARGET = (request, response, callback) ->
            Content.Sink.write(response, true, request.getHttpURI().getPathQuery(), callback);

    /** Answers with the body, as it arrives. */
    static final App ECHO = (request, response, callback) -> Content.copy(request, response, callback);

    private Apps() {}

    /** {@return an application that always answers the same} */
    static App text(String text) {
        return (request, response, callback) -> Content.Sink.write(response, true, text, callback);
    }

    static FcgiRequest fcgi(Request request) {
        return (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
    }

    static Map<String, String> params(Request request) {
        return fcgi(request).paramMap();
    }
}
