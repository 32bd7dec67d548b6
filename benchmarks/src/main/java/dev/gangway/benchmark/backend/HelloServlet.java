package dev.gangway.benchmark.backend;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The least that a servlet does. */
public final class HelloServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String hello = "Hello " + request.getPathInfo().substring(1);
        response.setContentType("text/plain");
        response.getOutputStream().write(hello.getBytes(StandardCharsets.US_ASCII));
    }
}
