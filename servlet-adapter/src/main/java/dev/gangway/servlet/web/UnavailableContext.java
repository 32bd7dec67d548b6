package dev.gangway.servlet.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/** Stands in for an application that cannot be served, and answers each request with 503. */
final class UnavailableContext extends ContextHandler {
    private final Failure failure;
    private final long since = NanoTime.now();

    /**
     * A context at the path of an application.
     *
     * @param failure why it cannot be served, or null while it is only being started or replaced
     */
    UnavailableContext(String contextPath, List<String> virtualHosts, Failure failure) {
        super(new Refusal(contextPath), contextPath);
        setVirtualHosts(virtualHosts);
        this.failure = failure;
    }

    /** {@return why the application cannot be served, or null while it is only being started or replaced} */
    Failure failure() {
        return failure;
    }

    /**
     * {@return why the application is not available; null while it is only being started or replaced}
     *
     * @param patience how long that may take
     */
    String reason(Duration patience) {
        if (failure != null) {
            return failure.message();
        }
        return NanoTime.since(since) < patience.toNanos()
                ? null
                : "to stop the old version and to start the new one takes longer than " + patience.toSeconds() + " s";
    }

    /**
     * Why an application cannot be served.
     *
     * @param location its file or directory
     * @param message for the administrator, with the location in it
     * @param mayPass whether it may be served later although the file does not change
     */
    record Failure(Path location, String message, boolean mayPass) {}

    /** Names the application, and nothing that its visitors do not know already. */
    private static final class Refusal extends Handler.Abstract.NonBlocking {
        private final String text;

        Refusal(String contextPath) {
            text = "The application at " + contextPath + " is not available.\n";
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, MimeTypes.Type.TEXT_PLAIN_UTF_8.asString());
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            Content.Sink.write(response, true, text, callback);
            return true;
        }
    }
}
