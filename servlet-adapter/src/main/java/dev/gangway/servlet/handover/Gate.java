package dev.gangway.servlet.handover;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.CountingCallback;

/**
 * Lets requests into one version of an application until it is closed, and from then on into the next one: a request
 * that was on its way here meanwhile gets its answer there. Any thread may use it.
 */
public final class Gate extends Handler.Wrapper {
    /** Added to the number of running requests when the gate is closed. */
    private static final long CLOSED = Long.MIN_VALUE;

    private final AtomicLong running = new AtomicLong();
    private final CountDownLatch empty = new CountDownLatch(1);
    private volatile Handler next;

    /** An open gate to a version. */
    public Gate(Handler version) {
        super(version);
    }

    /**
     * Lets no further request in. Called once.
     *
     * @param next where further requests go, or null for nowhere
     */
    public void close(Handler next) {
        this.next = next;
        if (running.getAndAdd(CLOSED) == 0) {
            empty.countDown();
        }
    }

    /** {@return whether all requests have left the closed gate after a time at most} */
    public boolean awaitEmpty(long millis) throws InterruptedException {
        return empty.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!enter()) {
            Handler instead = next;
            return instead != null && instead.handle(request, response, callback);
        }
        Passage passage = new Passage(callback);
        try {
            boolean isHandled = isStarted() && super.handle(request, response, passage);
            if (!isHandled) {
                leave();
            }
            return isHandled;
        } catch (Throwable e) {
            // Jetty's collection of contexts would ask another one.
            Response.writeError(request, response, passage, e);
            return true;
        }
    }

    private boolean enter() {
        long before = running.getAndUpdate(count -> count < 0 ? count : count + 1);
        return before >= 0;
    }

    private void leave() {
        if (running.decrementAndGet() == CLOSED) {
            empty.countDown();
        }
    }

    /** A request that has entered. */
    private final class Passage extends CountingCallback {
        Passage(Callback callback) {
            super(callback, 1);
        }

        @Override
        public void completed() {
            leave();
        }
    }
}
