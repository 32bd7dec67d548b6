package dev.gangway.ee;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.${environment}.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;

/**
 * Tells visitors which status an exception has led to, and nothing else about it; the log has the rest. The page has
 * been written when the handler returns: Jetty 12.1.14 completes the response right behind it, and a write that comes
 * before the other is over fails them both.
 */
final class DiscreetErrorHandler extends ErrorPageErrorHandler {
    @Override
    protected void generateResponse(
            Request request, Response response, int code, String message, Throwable cause, Callback callback)
            throws IOException {
        Response written = new Written(request, response);
        if (cause == null || isShowStacks()) {
            super.generateResponse(request, written, code, message, cause, callback);
            return;
        }
        // What is wrong with a request comes from Jetty, and is no secret.
        String reason = cause instanceof HttpException http ? http.getReason() : null;
        super.generateResponse(
                request, written, code, reason == null ? HttpStatus.getMessage(code) : reason, null, callback);
    }

    private static final class Written extends Response.Wrapper {
        Written(Request request, Response response) {
            super(request, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            try (Blocker.Callback blocker = Blocker.callback()) {
                super.write(last, content, blocker);
                blocker.block();
                callback.succeeded();
            } catch (IOException e) {
                callback.failed(e);
            }
        }
    }
}
