package dev.gangway.sample.probe;

import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /probe/ended?id=…} tells how a request to {@link Wait} or {@link WaitAsync} ended: {@code running},
 * {@code completed}, {@code failed: } with the class of the exception, or {@code unknown} with status 404.
 */
@WebServlet("/probe/ended")
public final class Ended extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String ending =
                Endings.of(request.getServletContext()).of(Query.of(request).text("id", ""));
        if (ending == null) response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        response.setContentType("text/plain");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().print(ending == null ? "unknown" : ending);
    }
}
