package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import dev.gangway.sample.Visits;
import dev.gangway.sample.frame.Exhibit;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Counts the visits of a browser in its session; a POST forgets them.
 */
@WebServlet(SessionPage.PATH)
@Exhibit(
        path = SessionPage.PATH,
        title = "Counter",
        flag = 'C',
        place = 5,
        summary = "Your visits, counted in a session that a cookie holds together.")
public final class SessionPage extends HttpServlet {
    static final String PATH = "/session";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession();
        int count = Visits.count(session);
        Instant since = Instant.ofEpochMilli(session.getCreationTime()).truncatedTo(ChronoUnit.SECONDS);
        Page.send(request, response, "A session counter", body(count, session.getId(), since));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSession session = request.getSession(false);
        if (session != null) session.invalidate();
        response.sendRedirect(request.getContextPath() + PATH);
    }

    private static String body(int count, String id, Instant since) {
        // The whole id would be a login; its end is enough to tell sessions apart.
        String shownId = "…" + id.substring(Math.max(0, id.length() - 6));
        return """
                <p class="lead">The session lives in the container; the browser holds its id in a cookie.</p>
                <p class="count"><output>%d</output> %s</p>
                <dl>
                <dt>Session</dt><dd><samp>%s</samp></dd>
                <dt>Since</dt><dd><time>%s</time></dd>
                </dl>
                <form method="post">
                <a class="button" href="">Visit again</a>
                <button class="quiet">Forget me</button>
                </form>
                """
                .formatted(count, count == 1 ? "visit" : "visits", escape(shownId), since);
    }
}
