package dev.gangway.sample.page;

import dev.gangway.sample.Query;
import dev.gangway.sample.Ticks;
import dev.gangway.sample.frame.Exhibit;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Shows a response that arrives bit by bit. The script listens to server-sent events; without it, the page itself
 * is the stream and grows as it comes.
 */
@WebServlet(StreamPage.PATH)
@Exhibit(
        path = StreamPage.PATH,
        title = "Stream",
        flag = 'S',
        place = 3,
        summary = "Events arrive one by one, as the servlet sends them.")
public final class StreamPage extends HttpServlet {
    static final String PATH = "/stream";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Ticks ticks = Ticks.of(request);
        String page =
                Page.top(request, "A live stream") + form(request, ticks) + "<div role=\"log\"><ol id=\"ticks\">\n";
        boolean started = Query.of(request).has("count");

        Page.begin(response);
        ServletOutputStream output = response.getOutputStream();
        write(output, page);
        if (started) {
            ticks.run(
                    response,
                    (tick, time) -> write(
                            output,
                            "<li><span>%d of %d</span> <time>%s</time></li>\n".formatted(tick, ticks.count(), time)));
        }
        write(output, "</ol></div>\n" + Page.bottom(request));
    }

    private static String form(HttpServletRequest request, Ticks ticks) {
        return """
                <p class="lead">The servlet sends the time, flushes, and waits. Each tick should show up the moment it \
                is sent; if all come at once, something on the way holds the response back.</p>
                <form id="stream" data-events="%s/stream/events">
                <label for="count">Ticks</label>
                <input id="count" name="count" type="number" min="1" max="100000" required value="%d">
                <label for="interval">Milliseconds between them</label>
                <input id="interval" name="interval" type="number" min="0" max="60000" required value="%d">
                <button>Start</button>
                </form>
                """
                .formatted(Page.root(request), ticks.count(), ticks.intervalMillis());
    }

    private static void write(ServletOutputStream output, String html) throws IOException {
        output.write(html.getBytes(StandardCharsets.UTF_8));
    }
}
