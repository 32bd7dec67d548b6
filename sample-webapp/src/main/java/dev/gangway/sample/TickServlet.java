package dev.gangway.sample;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * {@code /probe/sse?count=…&interval=…} sends one server-sent event per interval, flushes each, and closes with an
 * event named {@code end}. The stream page listens to the same servlet at {@code /stream/events}.
 */
@WebServlet({"/probe/sse", "/stream/events"})
public final class TickServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Ticks ticks = Ticks.of(request);
        response.setContentType("text/event-stream");
        ServletOutputStream output = response.getOutputStream();
        ticks.run(response, (tick, time) -> {
            String event = "id: %d\ndata: {\"tick\": %d, \"of\": %d, \"time\": \"%s\"}\n\n"
                    .formatted(tick, tick, ticks.count(), time);
            output.write(event.getBytes(StandardCharsets.UTF_8));
        });
        output.write("event: end\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
    }
}
