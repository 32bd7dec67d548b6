package dev.gangway.fcgi.testing;

import dev.gangway.api.FcgiRequest;
import dev.gangway.conformance.peer.Await;
import dev.gangway.fcgi.server.FcgiServer.App;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Applications that several tests use. */
public final class Apps {
    /** Answers with the request target. */
    public static final App TARGET = (request, response, callback) ->
            Content.Sink.write(response, true, request.getHttpURI().getPathQuery(), callback);

    /** Reads the body and answers nothing. */
    public static final App READ = (request, response, callback) -> {
        Content.Source.asByteBuffer(request);
        callback.succeeded();
    };

    /** Answers with the body, as it arrives. */
    public static final App ECHO = (request, response, callback) -> Content.copy(request, response, callback);

    private Apps() {}

    /** {@return an application that always answers the same} */
    public static App text(String text) {
        return (request, response, callback) -> Content.Sink.write(response, true, text, callback);
    }

    /** {@return an application that answers with the request target, to /slow not before the end} */
    public static App slowUntil(CountDownLatch end) {
        return (request, response, callback) -> {
            if (request.getHttpURI().getPath().equals("/slow")) {
                Await.latch("end", end);
            }
            TARGET.handle(request, response, callback);
        };
    }

    /** {@return an application that notes what this one throws} */
    public static App watched(AtomicReference<Throwable> seen, App app) {
        return (request, response, callback) -> {
            try {
                app.handle(request, response, callback);
            } catch (Throwable e) {
                seen.set(e);
                throw e;
            }
        };
    }

    public static FcgiRequest fcgi(Request request) {
        return (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
    }

    public static Map<String, String> params(Request request) {
        return fcgi(request).paramMap();
    }
}
