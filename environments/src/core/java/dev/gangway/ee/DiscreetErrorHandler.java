package dev.gangway.ee;

import java.io.IOException;
import org.eclipse.jetty.${environment}.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Tells visitors which status an exception has led to, and nothing else about it; the log has the rest. */
final class DiscreetErrorHandler extends ErrorPageErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback)
            throws IOException {
        if (cause == null || isShowStacks()) {
            super.generateResponse(request, response, code, message, cause, callback);
            return;
        }
        // What is wrong with a request comes from Jetty, and is no secret.
        String reason = cause instanceof HttpException http ? http.getReason() : null;
        super.generateResponse(
                request, response, code, reason == null ? HttpStatus.getMessage(code) : reason, null, callback);
    }
}
