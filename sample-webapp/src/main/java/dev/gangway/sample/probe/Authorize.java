package dev.gangway.sample.probe;

import dev.gangway.sample.Arrival;
import dev.gangway.sample.Pause;
import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /probe/authorize/…[?code=…][&h=Name:Value]…[&body=…][&fail=before|after|silently][&ms=…][&phase=…]}: as an
 * Authorizer waits for that time and decides by this status, with these headers, or throws before or after it has said
 * so, or does not say anything; with a phase (FCGI_APACHE_ROLE) only in that one, and grants in the others. As a
 * Responder shows the parameters, one in a line, with what an Authorizer has left there.
 */
@WebServlet("/probe/authorize/*")
public final class Authorize extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Arrival arrival = Arrival.of(request).orElseThrow();
        response.setContentType("text/plain;charset=UTF-8");
        if (arrival.role().equals("AUTHORIZER")) {
            Query query = Query.of(request);
            long millis = query.number("ms", 0, 0, 600_000);
            if (millis > 0) System.err.println("The decision takes " + millis + " ms");
            Pause.millis(millis);
            if (query.has("phase") && !arrival.values("FCGI_APACHE_ROLE").contains(query.text("phase", ""))) {
                answer(query, 200, response);
            } else {
                decide(query, response);
            }
            return;
        }
        for (Arrival.Param param : arrival.params()) {
            response.getWriter().println(param.name() + "=" + param.value());
        }
    }

    private static void decide(Query query, HttpServletResponse response) throws IOException {
        String fail = query.text("fail", "");
        if (fail.equals("before")) throw new IllegalStateException("failed before the decision");
        if (fail.equals("silently")) return;
        answer(query, (int) query.number("code", 200, 100, 999), response);
        response.getWriter().print(query.text("body", ""));
        if (fail.equals("after")) {
            response.flushBuffer();
            throw new IllegalStateException("failed after the decision");
        }
    }

    private static void answer(Query query, int status, HttpServletResponse response) {
        response.setStatus(status);
        for (String header : query.all("h")) {
            String[] parts = header.split(":", 2);
            response.addHeader(parts[0], parts[1]);
        }
    }
}
