package dev.gangway.servlet.status;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the server itself answers. */
record Answer(int status, String contentType, String text) {
    /** The page brings its style, and fetches its script and the figures. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; connect-src 'self'";

    private static final String PLAIN = "text/plain; charset=utf-8";

    /** Clients may see it: it names no application. */
    static Answer of(Readiness.Verdict verdict) {
        int status = verdict == Readiness.Verdict.READY ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503;
        return new Answer(status, PLAIN, verdict.word() + "\n");
    }

    static Answer refusal(int status) {
        return new Answer(status, PLAIN, HttpStatus.getMessage(status) + "\n");
    }

    static boolean isRead(Request request) {
        return HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod());
    }

    void send(Response response, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Content-Security-Policy", POLICY);
        Content.Sink.write(response, true, text, callback);
    }
}
