package dev.gangway.sample.probe;

import dev.gangway.sample.Pause;
import dev.gangway.sample.Query;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * {@code /probe/wait?id=…&ms=…[&mode=write|silent]}, with any method: works for that time and lets {@link Ended} know
 * how it ended. Either it writes and flushes a dot every 50 ms, or it silently reads the body until its end, and then
 * writes one dot when the time has passed.
 */
@WebServlet("/probe/wait")
public final class Wait extends HttpServlet {
    private static final long STEP_MILLIS = 50;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request);
        String id = query.text("id", "");
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(query.number("ms", 1000, 0, 600_000));
        boolean silent = query.text("mode", "write").equals("silent");

        Endings endings = Endings.of(request.getServletContext());
        endings.started(id);
        try {
            response.setContentType("text/plain");
            if (silent) read(request.getInputStream());
            write(response, deadline, silent);
            endings.completed(id);
        } catch (IOException | RuntimeException e) {
            endings.failed(id, e);
            throw e;
        }
    }

    private static void read(ServletInputStream input) throws IOException {
        byte[] step = new byte[8 * 1024];
        while (input.read(step) >= 0) {
            // Only the end of the body or its failure is of interest.
        }
    }

    private static void write(HttpServletResponse response, long deadline, boolean silent) throws IOException {
        ServletOutputStream output = response.getOutputStream();
        while (System.nanoTime() < deadline) {
            if (!silent) flushDot(output);
            Pause.millis(STEP_MILLIS);
        }
        flushDot(output);
    }

    private static void flushDot(ServletOutputStream output) throws IOException {
        output.write('.');
        output.flush();
    }
}
