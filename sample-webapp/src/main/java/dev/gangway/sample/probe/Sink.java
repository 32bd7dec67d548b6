package dev.gangway.sample.probe;

import dev.gangway.sample.Checksum;
import dev.gangway.sample.Json;
import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /probe/sink[?delayMillis=…]}, with any method: reads the body in steps of at most 8 KiB, with a pause after
 * each, and tells its length and SHA-256 in JSON.
 */
@WebServlet("/probe/sink")
public final class Sink extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long delayMillis = Query.of(request).number("delayMillis", 0, 0, 60_000);
        Checksum body = Checksum.of(request.getInputStream(), delayMillis);
        Json.send(
                response,
                Json.object()
                        .add("bytes", body.bytes())
                        .add("sha256", body.sha256())
                        .build());
    }
}
