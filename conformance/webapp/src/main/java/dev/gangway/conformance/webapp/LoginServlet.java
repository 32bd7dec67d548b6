package dev.gangway.conformance.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Who the user is, on pages of every kind; and login by program. */
@WebServlet({"/who", "/user/who", "/admin/who", "/any/who", "/nobody/who", "/post-only/who", "/secure/who", "/login/*"})
public class LoginServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Report report = new Report().fact("path", request.getServletPath()).fact("method", request.getMethod());
        switch (String.valueOf(request.getPathInfo())) {
            case "/in" ->
                report.ask("login", () -> {
                    request.login(request.getParameter("name"), request.getParameter("password"));
                    return "done";
                });
            case "/in-and-out" ->
                report.ask("login", () -> {
                    request.login(request.getParameter("name"), request.getParameter("password"));
                    String user = request.getRemoteUser();
                    request.logout();
                    return user;
                });
            case "/authenticate" -> {
                if (!request.authenticate(response)) {
                    return;
                }
            }
            default -> report.fact("parameter", request.getParameter("a"));
        }
        RequestServlet.identity(report, request);
        report.fact("session", request.getSession(false) != null);
        report.fact(
                "certificates",
                request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof Object[] chain
                        ? chain.length
                        : null);
        report.fact("scheme", request.getScheme()).fact("secure", request.isSecure());
        report.writeTo(response);
    }
}
