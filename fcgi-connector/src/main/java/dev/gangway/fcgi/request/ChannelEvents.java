package dev.gangway.fcgi.request;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.util.thread.AutoLock;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Events of which the channel of a request is told from outside, such as an abort.
 *
 * <p>The channel is not told before the application runs, since Jetty (12.1.7) would complete the request and still run
 * the application; nor when the request is complete, since it may serve another one then.
 */
final class ChannelEvents {
    private final Consumer<Runnable> executor;
    private final AutoLock lock = new AutoLock();
    private List<Function<HttpChannel, Runnable>> untold = List.of();
    /** Null unless the application runs. */
    private HttpChannel channel;

    /** Null unless something is to be told later. */
    private Scheduler.Task later;

    private boolean ended;

    /**
     * @param executor runs the task that the channel returns, which may be null
     */
    ChannelEvents(Consumer<Runnable> executor) {
        this.executor = executor;
    }

    /** Tells the channel, now or as soon as the application runs, unless the request is complete. */
    void tell(Function<HttpChannel, Runnable> event) {
        Runnable task = null;
        try (AutoLock ignored = lock.lock()) {
            if (channel != null) {
                task = event.apply(channel);
            } else if (!ended) {
                lockedKeep(event);
            }
        }
        executor.accept(task);
    }

    private void lockedKeep(Function<HttpChannel, Runnable> event) {
        if (untold.isEmpty()) {
            untold = new ArrayList<>(1);
        }
        untold.add(event);
    }

    /** The application is about to run. */
    void begin(HttpChannel http) {
        List<Function<HttpChannel, Runnable>> events;
        try (AutoLock ignored = lock.lock()) {
            channel = http;
            events = untold;
            untold = List.of();
        }
        for (Function<HttpChannel, Runnable> event : events) {
            tell(event);
        }
    }

    /** Tells the channel after a time, unless the request is complete by then. */
    void tellLater(Function<HttpChannel, Runnable> event, Scheduler scheduler, Duration delay) {
        try (AutoLock ignored = lock.lock()) {
            if (!ended && later == null) {
                later = scheduler.schedule(() -> tell(event), delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /** The request is complete. */
    void end() {
        Scheduler.Task superfluous;
        try (AutoLock ignored = lock.lock()) {
            channel = null;
            ended = true;
            superfluous = later;
            later = null;
        }
        if (superfluous != null) {
            superfluous.cancel();
        }
    }
}
