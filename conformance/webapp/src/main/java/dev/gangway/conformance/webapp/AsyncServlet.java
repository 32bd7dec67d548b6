package dev.gangway.conformance.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Asynchronous requests: the path says how they go on. */
@WebServlet(urlPatterns = "/async/*", asyncSupported = true)
public class AsyncServlet extends HttpServlet {
    private static final String HEARD = "heard";
    private static final int SHORT = 200;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getAttribute(HEARD) instanceof List<?> heard) {
            again(request, response, heard);
            return;
        }
        List<String> heard = new CopyOnWriteArrayList<>();
        request.setAttribute(HEARD, heard);
        AsyncContext async = request.startAsync();
        async.setTimeout(10_000);
        switch (request.getPathInfo()) {
            case "/complete" ->
                async.start(() -> finish(async, heard, new Report().fact("started", request.isAsyncStarted())));
            case "/dispatch" -> {
                async.addListener(new Ear(heard, Then.NOTHING));
                async.start(async::dispatch);
            }
            case "/elsewhere" -> async.start(() -> async.dispatch("/target/async?x=1"));
            case "/timeout" -> async.setTimeout(SHORT);
            case "/timeout-complete" -> {
                async.setTimeout(SHORT);
                async.addListener(new Ear(heard, Then.COMPLETE));
            }
            case "/timeout-dispatch" -> {
                async.setTimeout(SHORT);
                async.addListener(new Ear(heard, Then.DISPATCH));
            }
            case "/error" -> {
                async.addListener(new Ear(heard, Then.COMPLETE));
                throw new IllegalStateException("after startAsync");
            }
            case "/twice" -> {
                Report report = new Report().ask("again", request::startAsync).fact("timeout", async.getTimeout());
                finish(async, heard, report);
            }
            default -> throw new ServletException("no such way");
        }
    }

    private static void again(HttpServletRequest request, HttpServletResponse response, List<?> heard)
            throws IOException {
        new Report()
                .fact("dispatcherType", request.getDispatcherType())
                .fact("started", request.isAsyncStarted())
                .fact("heard", heard)
                .writeTo(response);
    }

    private static void finish(AsyncContext async, List<String> heard, Report report) {
        try {
            report.fact("heard", heard).writeTo(async.getResponse());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        async.complete();
    }

    private enum Then {
        NOTHING,
        COMPLETE,
        DISPATCH
    }

    private record Ear(List<String> heard, Then then) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            heard.add("complete");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            heard.add("timeout");
            act(event);
        }

        @Override
        public void onError(AsyncEvent event) {
            heard.add("error " + event.getThrowable().getMessage());
            act(event);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            heard.add("start");
        }

        private void act(AsyncEvent event) {
            switch (then) {
                case COMPLETE -> finish(event.getAsyncContext(), heard, new Report());
                case DISPATCH -> event.getAsyncContext().dispatch();
                case NOTHING -> {}
            }
        }
    }
}
