package dev.gangway.sample.probe;

import dev.gangway.sample.Json;
import dev.gangway.sample.Later;
import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * {@code /probe/async?ms=…}, with any method, lets its thread go and answers after that time, in JSON, from a timer.
 */
@WebServlet(urlPatterns = "/probe/async", asyncSupported = true)
public final class Async extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        long millis = Query.of(request).number("ms", 100, 0, 600_000);
        Later.answer(
                request,
                millis,
                () -> Json.send(response, Json.object().add("ms", millis).build()));
    }
}
