package dev.gangway.sample.probe;

import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /probe/redirect?to=…}, with any method, redirects as {@code sendRedirect} does.
 */
@WebServlet("/probe/redirect")
public final class Redirect extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(Query.of(request).text("to", "echo"));
    }
}
