package dev.gangway.sample.probe;

import dev.gangway.sample.Pause;
import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /probe/fail?when=before|after[&size=…][&length=true][&ms=…]}, with any method: throws before anything is
 * sent, or after {@code size} bytes of the body (1000 by default) are flushed and that time has passed. With
 * {@code length=true} the response has announced one byte more than that.
 */
@WebServlet("/probe/fail")
public final class Fail extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request);
        if (query.text("when", "before").equals("before")) throw new IllegalStateException("failed before commit");

        int size = (int) query.number("size", 1000, 0, 10_000_000);
        response.setContentType("text/plain");
        if (query.flag("length", false)) response.setContentLength(size + 1);
        response.getOutputStream().write("x".repeat(size).getBytes());
        response.flushBuffer();
        Pause.millis(query.number("ms", 0, 0, 60_000));
        throw new IllegalStateException("failed after commit");
    }
}
