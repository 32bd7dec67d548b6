package dev.gangway.sample;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Answers a request after a while, without a thread that waits.
 */
public final class Later {
    private static final long SLACK_MILLIS = 30_000;

    private Later() {}

    /** Writes an answer. */
    @FunctionalInterface
    public interface Answer {
        /** Called once, on a thread of the {@link Timer}, unless the request has ended before. */
        void write() throws IOException;
    }

    /** Starts asynchronous processing, ends it with an answer after some time, and returns its context. */
    public static AsyncContext answer(HttpServletRequest request, long millis, Answer answer) {
        AsyncContext async = request.startAsync();
        async.setTimeout(millis + SLACK_MILLIS);
        Future<?> timer = Timer.of(request.getServletContext())
                .schedule(() -> write(answer, async), millis, TimeUnit.MILLISECONDS);
        async.addListener(new CancelWhenOver(timer));
        return async;
    }

    private static Void write(Answer answer, AsyncContext async) throws IOException {
        try {
            answer.write();
        } finally {
            async.complete();
        }
        return null;
    }

    /** Stops the timer of a request that has ended, for example because its client has gone. */
    private record CancelWhenOver(Future<?> timer) implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            timer.cancel(false);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            timer.cancel(false);
        }

        @Override
        public void onError(AsyncEvent event) {
            timer.cancel(false);
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }
}
