package dev.gangway.servlet.cleanup;

import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes from the threads of the server what applications that are gone have left in {@link ThreadLocal}s.
 *
 * <p>Each thread clears its own variables, since no other may: idle threads at once, the others after the request that
 * they serve. All variables are cleared, since their values do not show which application they belong to.
 */
public final class ThreadLocals extends Handler.Wrapper {
    /** How long idle threads wait for each other, so that each of them gets a task. */
    private static final long TURN_MILLIS = 100;

    private static final long LATER_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ThreadLocals.class);

    /** How many applications were gone when the thread was cleared. */
    private final ThreadLocal<Long> cleared = new ThreadLocal<>();

    private final AtomicLong gone = new AtomicLong();

    /** Threads are cleared after requests to this handler. */
    public ThreadLocals(Handler handler) {
        super(handler);
    }

    /** An application is gone. Called by the deployer's thread for that application. */
    public void onGone() {
        gone.incrementAndGet();
        clearOwn();
        Server server = getServer();
        if (server.getThreadPool() instanceof QueuedThreadPool pool) {
            clearWaiting(pool);
            // One that stays with its connection for a moment is idle only then.
            server.getScheduler().schedule(() -> clearWaiting(pool), LATER_MILLIS, TimeUnit.MILLISECONDS);
        }
        // Selector threads run applications too, while another thread selects.
        server.getContainedBeans(ManagedSelector.class).forEach(selector -> selector.submit(keys -> clearOwn()));
    }

    private void clearWaiting(QueuedThreadPool pool) {
        if (pool.isRunning()) {
            clearReserved(pool);
            clearIdle(pool, pool.getIdleThreads());
        }
    }

    private void clearIdle(QueuedThreadPool pool, int threads) {
        CountDownLatch turn = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> clearInTurn(turn));
        }
    }

    /** Each reserved thread waits until all have been asked. */
    private void clearReserved(QueuedThreadPool pool) {
        CountDownLatch turn = new CountDownLatch(1);
        int asked = 0;
        while (asked < pool.getMaxThreads() && pool.tryExecute(() -> clearAt(turn))) {
            asked++;
        }
        turn.countDown();
    }

    private void clearInTurn(CountDownLatch turn) {
        turn.countDown();
        clearAt(turn);
    }

    private void clearAt(CountDownLatch turn) {
        try {
            turn.await(TURN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // The pool stops.
            Thread.currentThread().interrupt();
        }
        clearOwn();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        try {
            return super.handle(request, response, callback);
        } finally {
            clearOwn();
        }
    }

    private void clearOwn() {
        long now = gone.get();
        Long before = cleared.get();
        if (before == null ? now == 0 : before == now) {
            return;
        }
        Variables.clear();
        cleared.set(now);
    }

    /** No public API clears them; the start script opens the package. */
    private static final class Variables {
        private static final Field OWN = field("threadLocals");
        private static final Field INHERITED = field("inheritableThreadLocals");

        static void clear() {
            try {
                if (OWN != null && INHERITED != null) {
                    OWN.set(Thread.currentThread(), null);
                    INHERITED.set(Thread.currentThread(), null);
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        private static Field field(String name) {
            try {
                Field field = Thread.class.getDeclaredField(name);
                if (field.trySetAccessible()) {
                    return field;
                }
            } catch (NoSuchFieldException e) {
                LOG.debug("", e);
            }
            LOG.warn("Cannot clear what applications leave in thread-locals, which keeps their classes in memory;"
                    + " start Java with --add-opens=java.base/java.lang=ALL-UNNAMED");
            return null;
        }
    }
}
