package dev.gangway.ee;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import ${servlet}.AsyncEvent;
import ${servlet}.AsyncListener;
import ${servlet}.ServletException;
import ${servlet}.http.HttpServletRequest;
import ${servlet}.http.HttpServletResponse;
import org.eclipse.jetty.${environment}.nested.HttpChannelState;
import org.eclipse.jetty.${environment}.nested.Request;
import org.eclipse.jetty.${environment}.servlet.ServletContextHandler;

/**
 * Ends an asynchronous request that times out after a part of its response was sent. In EE 8 and EE 9, Jetty tries to
 * send an error page, fails, and never ends the request.
 */
final class AsyncTimeoutServletHandler extends LenientServletHandler {
    AsyncTimeoutServletHandler(ServletContextHandler context) {
        super(context);
    }

    @Override
    public void doHandle(
            String target, Request baseRequest, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        super.doHandle(target, baseRequest, request, response);
        if (baseRequest.isAsyncStarted()) {
            // Called after the listeners of the application, one of which may still end the request.
            baseRequest.getHttpChannelState().addListener(new Timeout(baseRequest));
        }
    }

    private record Timeout(Request request) implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            HttpChannelState state = request.getHttpChannelState();
            if (state.isExpired() && request.getResponse().isCommitted()) {
                request.getHttpChannel().abort(new TimeoutException("AsyncContext timeout"));
            }
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onComplete(AsyncEvent event) {}
    }
}
