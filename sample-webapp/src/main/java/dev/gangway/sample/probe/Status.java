package dev.gangway.sample.probe;

import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * {@code /probe/status?code=…[&body=…][&location=…][&h=Name:Value]…}, with any method: answers with this status, and
 * with a body, a Location and further headers if they are given.
 */
@WebServlet("/probe/status")
public final class Status extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Query query = Query.of(request);
        response.setStatus((int) query.number("code", 200, 100, 999));
        if (query.has("location")) response.setHeader("Location", query.text("location", ""));
        for (String header : query.all("h")) {
            String[] parts = header.split(":", 2);
            response.addHeader(parts[0], parts.length == 2 ? parts[1] : "");
        }
        if (!query.has("body")) return;
        if (response.getContentType() == null) response.setContentType("text/plain;charset=UTF-8");
        response.getOutputStream().write(query.text("body", "").getBytes(StandardCharsets.UTF_8));
    }
}
