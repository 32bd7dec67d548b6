package app;

import java.io.IOException;
import java.io.UncheckedIOException;
import ${namespace}.servlet.AsyncContext;
import ${namespace}.servlet.AsyncEvent;
import ${namespace}.servlet.AsyncListener;
import ${namespace}.servlet.annotation.WebServlet;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

@WebServlet(value = "/later", asyncSupported = true)
public class Later extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync();
        if (request.getParameter("endless") != null) {
            async.setTimeout(0);
            async.addListener(new TellsCompletion());
            async.start(() -> writeUntilNobodyReads(async));
            return;
        }
        async.start(() -> {
            try {
                async.getResponse().getWriter().print("later, by " + request.getAttribute("dev.gangway.request"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            async.complete();
        });
    }

    private static void writeUntilNobodyReads(AsyncContext async) {
        try {
            while (true) {
                async.getResponse().getOutputStream().println("event");
                async.getResponse().flushBuffer();
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            async.complete();
        }
    }

    /** Cleans up where most applications do. */
    private class TellsCompletion implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            log("events completed at " + getServletContext().getContextPath());
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
