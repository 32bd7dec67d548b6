package dev.gangway.sample.page;

import dev.gangway.sample.frame.Exhibit;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Offers some ways to fail.
 */
@WebServlet(ErrorsPage.PATH)
@Exhibit(
        path = ErrorsPage.PATH,
        title = "Errors",
        flag = 'E',
        place = 7,
        summary = "What goes wrong ends on the error page of the application.")
public final class ErrorsPage extends HttpServlet {
    static final String PATH = "/errors";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Page.send(
                request,
                response,
                "Errors",
                """
                <p class="lead">Each of these ends on the error page that the application names in its web.xml.</p>
                <ul class="links">
                <li><a href="%1$s/no-such-page">A page that does not exist</a></li>
                <li><a href="%1$s/broken">A servlet that throws an exception</a></li>
                <li><a href="%1$s/async?ms=soon">A query that makes no sense</a></li>
                </ul>
                """
                        .formatted(Page.root(request)));
    }
}
