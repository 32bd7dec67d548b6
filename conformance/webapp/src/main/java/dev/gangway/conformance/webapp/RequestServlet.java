package dev.gangway.conformance.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Every getter of the request line, the URI and the connection. Answers any method. */
@WebServlet({"/request/*", "*.see", "/exact"})
public class RequestServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Report report = new Report();
        line(report, request);
        connection(report, request);
        identity(report, request);
        report.writeTo(response);
    }

    static void line(Report report, HttpServletRequest request) {
        report.fact("method", request.getMethod())
                .fact("protocol", request.getProtocol())
                .fact("requestURI", request.getRequestURI())
                .fact("requestURL", request.getRequestURL())
                .fact("contextPath", request.getContextPath())
                .fact("servletPath", request.getServletPath())
                .fact("pathInfo", request.getPathInfo())
                .fact("pathTranslated", request.getPathTranslated() != null)
                .fact("queryString", request.getQueryString())
                .fact("dispatcherType", request.getDispatcherType());
        HttpServletMapping mapping = request.getHttpServletMapping();
        report.fact("mapping", mapping.getMappingMatch() + " " + mapping.getPattern() + " " + mapping.getMatchValue());
    }

    private static void connection(Report report, HttpServletRequest request) {
        report.fact("scheme", request.getScheme())
                .fact("secure", request.isSecure())
                .fact("serverName", request.getServerName())
                .fact("serverPort", request.getServerPort())
                .fact("localAddr", request.getLocalAddr())
                .fact("localPort", request.getLocalPort())
                .fact("remoteAddr", request.getRemoteAddr())
                .fact("remoteHost", request.getRemoteHost())
                .fact("remotePort", request.getRemotePort());
    }

    static void identity(Report report, HttpServletRequest request) {
        report.fact("authType", request.getAuthType())
                .fact("remoteUser", request.getRemoteUser())
                .fact(
                        "principal",
                        request.getUserPrincipal() == null
                                ? null
                                : request.getUserPrincipal().getName())
                .fact("isUser", request.isUserInRole("user"))
                .fact("isAdmin", request.isUserInRole("admin"));
    }
}
