package dev.gangway.sample.probe;

import dev.gangway.sample.Later;
import dev.gangway.sample.Query;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * {@code /probe/wait-async?id=…&ms=…}, with any method: waits for that time in asynchronous mode, neither reading nor
 * writing, writes a dot, and lets {@link Ended} know how it ended. A client that leaves is seen by the listener alone.
 */
@WebServlet(urlPatterns = "/probe/wait-async", asyncSupported = true)
public final class WaitAsync extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        Query query = Query.of(request);
        String id = query.text("id", "");
        Endings endings = Endings.of(request.getServletContext());
        endings.started(id);
        AsyncContext async = Later.answer(request, query.number("ms", 1000, 0, 600_000), () -> {
            response.setContentType("text/plain");
            response.getOutputStream().print(".");
        });
        async.addListener(new Recorder(id, endings));
    }

    private record Recorder(String id, Endings endings) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            endings.completed(id);
        }

        @Override
        public void onError(AsyncEvent event) {
            endings.failed(id, event.getThrowable());
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // Cannot come before the answer, which completes the request.
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
