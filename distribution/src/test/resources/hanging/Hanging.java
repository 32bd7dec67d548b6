package app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/** Hangs as long as there is a file {@code ?until=}, or for 5 seconds if asynchronous; perhaps after some output. */
@WebServlet(urlPatterns = "/hang/*", asyncSupported = true)
public class Hanging extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String how = request.getPathInfo();
        if ("/async".equals(how)) {
            request.startAsync().setTimeout(5_000);
            return;
        }
        response.setContentType("text/plain");
        if ("/begun".equals(how)) {
            response.getWriter().println("some");
            response.flushBuffer();
        }
        await(Path.of(request.getParameter("until")));
        response.getWriter().println("let go");
    }

    private static void await(Path file) {
        try {
            while (Files.exists(file)) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
