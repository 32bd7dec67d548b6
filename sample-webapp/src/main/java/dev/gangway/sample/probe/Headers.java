package dev.gangway.sample.probe;

import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * {@code /probe/headers?count=…&size=…} answers with the headers {@code X-Probe-1} to {@code X-Probe-count}, each with
 * a value of that many characters, and with an empty body.
 */
@WebServlet("/probe/headers")
public final class Headers extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        Query query = Query.of(request);
        long count = query.number("count", 10, 0, 10_000);
        String value = "x".repeat((int) query.number("size", 10, 0, 1_000_000));
        for (int i = 1; i <= count; i++) response.addHeader("X-Probe-" + i, value);
    }
}
