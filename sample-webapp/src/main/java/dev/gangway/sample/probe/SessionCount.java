package dev.gangway.sample.probe;

import dev.gangway.sample.Json;
import dev.gangway.sample.Visits;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * {@code /probe/session} counts in the session, and tells its id and the count in JSON.
 */
@WebServlet("/probe/session")
public final class SessionCount extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        Json.send(
                response,
                Json.object()
                        .add("id", session.getId())
                        .add("count", Visits.count(session))
                        .build());
    }
}
