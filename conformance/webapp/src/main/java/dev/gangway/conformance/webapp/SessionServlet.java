package dev.gangway.conformance.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Sessions: the path says what to do with one. */
@WebServlet("/session/*")
public class SessionServlet extends HttpServlet {
    private static final String COUNT = "count";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Report report = new Report()
                .fact("requested", request.getRequestedSessionId())
                .fact("valid", request.isRequestedSessionIdValid())
                .fact("fromCookie", request.isRequestedSessionIdFromCookie())
                .fact("fromURL", request.isRequestedSessionIdFromURL());
        switch (String.valueOf(request.getPathInfo())) {
            case "/look" -> report.fact("session", request.getSession(false) != null);
            case "/count" -> count(report, request, response);
            case "/rename" -> {
                count(report, request, response);
                report.ask("renamed", () -> request.changeSessionId() != null);
            }
            case "/end" -> {
                request.getSession().invalidate();
                report.ask("afterwards", () -> request.getSession(false));
            }
            case "/last" -> {
                request.getSession().setMaxInactiveInterval(77);
                report.fact("lasts", request.getSession().getMaxInactiveInterval());
            }
            default ->
                report.ask("late", () -> {
                    response.flushBuffer();
                    return request.getSession();
                });
        }
        report.writeTo(response);
    }

    private static void count(Report report, HttpServletRequest request, HttpServletResponse response) {
        HttpSession session = request.getSession();
        int count = session.getAttribute(COUNT) instanceof Integer before ? before + 1 : 1;
        session.setAttribute(COUNT, count);
        report.fact("new", session.isNew())
                .fact("count", count)
                .fact("encoded", response.encodeURL("other?x=1"))
                .fact("encodedRedirect", response.encodeRedirectURL("/other"))
                .fact("encodedElsewhere", response.encodeURL("http://elsewhere.example/x"));
    }
}
