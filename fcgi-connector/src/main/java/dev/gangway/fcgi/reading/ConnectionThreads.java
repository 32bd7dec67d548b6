package dev.gangway.fcgi.reading;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that stay with their connection when they have served a request, and wait for the next one themselves.
 * Thread-safe.
 *
 * <p>To hand a connection from a selector's thread to another one costs more than all of FastCGI does. The threads are
 * those of the pool, so there is a limit, and none stays while the pool is short of them.
 */
public final class ConnectionThreads {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionThreads.class);

    private final AtomicInteger staying = new AtomicInteger();

    /**
     * {@return how many threads may stay}
     *
     * @param configured the limit; negative for half of the pool, so that the other half can serve connections that
     *     nobody stays with, and none of a pool that tells neither its size nor whether it is short of threads
     */
    public static int max(int configured, Executor pool) {
        if (configured >= 0) {
            return configured;
        }
        return pool instanceof ThreadPool.SizedThreadPool sized ? sized.getMaxThreads() / 2 : 0;
    }

    /** {@return a selector for the calling thread; null if it may not stay} */
    OwnSelector stay(Executor pool, int max) {
        if (isVirtualThread() || isShort(pool) || !enter(max)) {
            return null;
        }
        try {
            return new OwnSelector();
        } catch (IOException e) {
            LOG.debug("out of descriptors", e);
            staying.decrementAndGet();
            return null;
        }
    }

    /** To such a thread a hand-over costs little. */
    private static boolean isVirtualThread() {
        // Where there are none, to ask costs an exception (Jetty 12.1.14).
        return VirtualThreads.areSupported() && VirtualThreads.isVirtualThread();
    }

    /** {@return whether the pool needs its threads elsewhere} */
    static boolean isShort(Executor pool) {
        return pool instanceof ThreadPool threads && threads.isLowOnThreads();
    }

    private boolean enter(int max) {
        return staying.getAndUpdate(n -> n < max ? n + 1 : n) < max;
    }

    /** The thread leaves its connection. */
    void leave(OwnSelector selector) {
        selector.close();
        staying.decrementAndGet();
    }

    /** {@return how many threads stay with a connection, waiting or serving} */
    public int size() {
        return staying.get();
    }
}
