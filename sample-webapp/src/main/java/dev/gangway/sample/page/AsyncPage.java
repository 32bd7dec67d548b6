package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import dev.gangway.sample.Later;
import dev.gangway.sample.Query;
import dev.gangway.sample.frame.Exhibit;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Lets the thread of the request go and answers later, from a timer.
 */
@WebServlet(urlPatterns = AsyncPage.PATH, asyncSupported = true)
@Exhibit(
        path = AsyncPage.PATH,
        title = "Async",
        flag = 'A',
        place = 4,
        summary = "The answer comes later, and no thread waits for it.")
public final class AsyncPage extends HttpServlet {
    static final String PATH = "/async";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request);
        long millis = query.number("ms", 1500, 0, 60_000);
        if (!query.has("ms")) {
            Page.send(request, response, "An asynchronous answer", form(millis));
            return;
        }
        String accepter = Thread.currentThread().getName();
        long start = System.nanoTime();
        Later.answer(request, millis, () -> {
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Page.send(request, response, "An asynchronous answer", form(millis) + result(accepter, waited));
        });
    }

    private static String form(long millis) {
        return """
                <p class="lead">The servlet starts a timer and gives its thread back at once. When the timer fires, \
                another thread answers.</p>
                <form>
                <label for="ms">Milliseconds to wait</label>
                <input id="ms" name="ms" type="number" min="0" max="60000" required value="%d">
                <button>Ask</button>
                </form>
                """
                .formatted(millis);
    }

    private static String result(String accepter, long waited) {
        return """
                <h2>Answered after %,d milliseconds</h2>
                <dl>
                <dt>Taken by</dt><dd><samp>%s</samp></dd>
                <dt>Answered by</dt><dd><samp>%s</samp></dd>
                </dl>
                """
                .formatted(
                        waited, escape(accepter), escape(Thread.currentThread().getName()));
    }
}
