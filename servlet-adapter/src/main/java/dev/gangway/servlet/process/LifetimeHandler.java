package dev.gangway.servlet.process;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.AutoLock;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests, and ends the process when there have been enough of them, or none for long enough.
 *
 * <p>It stops listening first. A client that has connected by then may still send its request. A later one finds no
 * listener, which is better than a connection that is closed: a parent process or launcher starts the next process.
 */
final class LifetimeHandler extends Handler.Wrapper {
    /** How long a connection that was accepted just before may take to send its request. */
    private static final long QUIET_MILLIS = 1_000;

    /** The longest time to wait until no request comes any more: web servers keep connections open. */
    private static final long RETIRING_MILLIS = 5_000;

    private static final long PERIOD_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(LifetimeHandler.class);

    private enum State {
        SERVING,
        RETIRING,
        OVER
    }

    private final Lifetime lifetime;
    private final Runnable stopListening;
    private final Runnable end;

    private final AutoLock lock = new AutoLock();
    private State state = State.SERVING;
    private long begun;
    private int running;
    private long quietSince;
    private long retiringSince;

    /**
     * @param stopListening called before the end, by any thread
     * @param end what ends the process gracefully, without waiting for it
     */
    LifetimeHandler(Handler handler, Lifetime lifetime, Runnable stopListening, Runnable end) {
        super(handler);
        this.lifetime = lifetime;
        this.stopListening = stopListening;
        this.end = end;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        quietSince = NanoTime.now();
        schedule(getServer().getScheduler());
    }

    private void schedule(Scheduler scheduler) {
        scheduler.schedule(() -> check(scheduler), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (onBegin()) {
            retire("served " + lifetime.requests() + " requests");
        }
        Request.addCompletionListener(request, failure -> onEnd());
        return super.handle(request, response, callback);
    }

    /** Returns true for the last request that is wanted. */
    private boolean onBegin() {
        try (AutoLock ignored = lock.lock()) {
            running++;
            return ++begun == lifetime.requests();
        }
    }

    private void onEnd() {
        try (AutoLock ignored = lock.lock()) {
            running--;
            quietSince = NanoTime.now();
        }
    }

    private void check(Scheduler scheduler) {
        if (isIdle()) {
            retire("no request for " + lifetime.idle().toSeconds() + " s");
        }
        if (isOver()) {
            end.run();
        } else {
            schedule(scheduler);
        }
    }

    private boolean isIdle() {
        try (AutoLock ignored = lock.lock()) {
            return state == State.SERVING
                    && lifetime.idle() != null
                    && running == 0
                    && NanoTime.since(quietSince) >= lifetime.idle().toNanos();
        }
    }

    private void retire(String reason) {
        try (AutoLock ignored = lock.lock()) {
            if (state != State.SERVING) {
                return;
            }
            state = State.RETIRING;
            retiringSince = NanoTime.now();
            quietSince = retiringSince;
        }
        LOG.info("Ending: {}", reason);
        stopListening.run();
    }

    private boolean isOver() {
        try (AutoLock ignored = lock.lock()) {
            if (state == State.RETIRING && (isQuiet() || NanoTime.millisSince(retiringSince) >= RETIRING_MILLIS)) {
                state = State.OVER;
            }
            return state == State.OVER;
        }
    }

    private boolean isQuiet() {
        return running == 0 && NanoTime.millisSince(quietSince) >= QUIET_MILLIS;
    }
}
