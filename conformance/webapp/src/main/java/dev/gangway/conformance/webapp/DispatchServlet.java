package dev.gangway.conformance.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hands a request on: the path says how, the parameter {@code to} where. */
@WebServlet(urlPatterns = "/dispatch/*", asyncSupported = true)
public class DispatchServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String to = request.getParameter("to");
        request.setAttribute("own", "kept");
        switch (request.getPathInfo()) {
            case "/forward" -> {
                response.getWriter().write("lost");
                response.setHeader("X-Kept", "yes");
                request.getRequestDispatcher(to).forward(request, response);
            }
            case "/include" -> {
                response.setContentType("text/plain");
                response.getWriter().write("before=yes\n");
                request.getRequestDispatcher(to).include(request, response);
                response.getWriter().write("after=yes\n");
            }
            case "/named" -> getServletContext().getNamedDispatcher(to).forward(request, response);
            case "/async" -> {
                AsyncContext async = request.startAsync();
                async.dispatch(to);
            }
            case "/committed" -> {
                response.getWriter().write("kept=yes\n");
                response.flushBuffer();
                new Report()
                        .ask("forward", () -> {
                            request.getRequestDispatcher(to).forward(request, response);
                            return "done";
                        })
                        .writeTo(response);
            }
            default ->
                new Report()
                        .fact("none", request.getRequestDispatcher("nowhere") == null)
                        .fact("noName", getServletContext().getNamedDispatcher("nobody"))
                        .writeTo(response);
        }
    }
}
