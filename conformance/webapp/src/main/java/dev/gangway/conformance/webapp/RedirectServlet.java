package dev.gangway.conformance.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends the client to the parameter {@code to}; the other ones add circumstances. */
@WebServlet("/redirect/*")
public class RedirectServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String to = request.getParameter("to");
        if (request.getParameter("session") != null) {
            request.getSession();
            to = response.encodeRedirectURL(to);
        }
        if (request.getParameter("status") != null) {
            response.setStatus(Integer.parseInt(request.getParameter("status")));
            response.setHeader("Location", to);
            return;
        }
        response.getWriter().write("thrown away");
        response.sendRedirect(to);
        new Report().ask("again", () -> {
            response.sendRedirect("/again");
            return "sent";
        });
    }
}
