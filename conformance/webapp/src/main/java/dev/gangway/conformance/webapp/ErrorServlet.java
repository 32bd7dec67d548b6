package dev.gangway.conformance.webapp;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The page for errors that the descriptor names. */
@WebServlet(urlPatterns = "/error-page", asyncSupported = true)
public class ErrorServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Report report = new Report();
        RequestServlet.line(report, request);
        Object exception = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        report.fact("status", request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
                .fact("message", request.getAttribute(RequestDispatcher.ERROR_MESSAGE))
                .fact("uri", request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                .fact("servlet", request.getAttribute(RequestDispatcher.ERROR_SERVLET_NAME))
                .fact("type", request.getAttribute(RequestDispatcher.ERROR_EXCEPTION_TYPE))
                .fact("exception", exception)
                .fact("kept", response.getHeader("X-Before"))
                .writeTo(response);
    }
}
