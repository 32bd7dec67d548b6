package dev.gangway.conformance.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;

/** Fails in the way that the path says. */
@WebServlet(name = "fail", urlPatterns = "/fail/*")
public class FailServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setHeader("X-Before", "here");
        response.getWriter().write("before the failure");
        switch (request.getPathInfo()) {
            case "/runtime" -> throw new IllegalStateException("made up");
            case "/servlet" -> throw new ServletException("wrapped", new ArithmeticException("root"));
            case "/io" -> throw new FileNotFoundException("no file");
            case "/unavailable" -> throw new UnavailableException("for a while", 1);
            case "/error" -> response.sendError(Integer.parseInt(request.getParameter("code")), "a message");
            case "/bare" -> response.sendError(Integer.parseInt(request.getParameter("code")));
            default -> {
                response.flushBuffer();
                throw new IllegalStateException("after the response was committed");
            }
        }
    }
}
