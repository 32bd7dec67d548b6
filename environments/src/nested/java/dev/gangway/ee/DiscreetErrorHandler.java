package dev.gangway.ee;

import ${servlet}.RequestDispatcher;
import ${servlet}.http.HttpServletRequest;
import ${servlet}.http.HttpServletRequestWrapper;
import ${servlet}.http.HttpServletResponse;
import java.io.IOException;
import org.eclipse.jetty.${environment}.nested.Request;
import org.eclipse.jetty.${environment}.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** Tells visitors which status an exception has led to, and nothing else about it; the log has the rest. */
final class DiscreetErrorHandler extends ErrorPageErrorHandler {
    @Override
    protected void generateAcceptableResponse(
            Request baseRequest, HttpServletRequest request, HttpServletResponse response, int code, String message)
            throws IOException {
        Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (cause == null || isShowStacks()) {
            super.generateAcceptableResponse(baseRequest, request, response, code, message);
            return;
        }
        // What is wrong with a request comes from Jetty, and is no secret.
        String reason = cause instanceof HttpException http ? http.getReason() : null;
        super.generateAcceptableResponse(
                baseRequest,
                new WithoutException(request),
                response,
                code,
                reason == null ? HttpStatus.getMessage(code) : reason);
    }

    private static final class WithoutException extends HttpServletRequestWrapper {
        WithoutException(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Object getAttribute(String name) {
            return name.equals(RequestDispatcher.ERROR_EXCEPTION) ? null : super.getAttribute(name);
        }
    }
}
