package dev.gangway.fcgi.connection;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;

/**
 * Threads for tasks that must not wait for one of the pool: all threads of the pool may be waiting for just these
 * tasks, as blocked reads wait for an abort. They are few, and last only as long as there is something to do.
 */
final class SpareThreads {
    private static final int MAX = 32;
    private static final long KEEP_SECONDS = 1;
    private static final AtomicInteger IDS = new AtomicInteger();

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MAX, MAX, KEEP_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), SpareThreads::newThread);

    SpareThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, "fcgi-spare-" + IDS.incrementAndGet());
        thread.setDaemon(true);
        // The thread that starts it may run an application, and would pass on its class loader.
        thread.setContextClassLoader(SpareThreads.class.getClassLoader());
        return thread;
    }

    /**
     * Runs a task on a thread of the pool if one is free, else on a thread of its own, or now.
     *
     * @param task may be null
     */
    void execute(Executor pool, Runnable task) {
        if (task == null || (pool instanceof TryExecutor reserved && reserved.tryExecute(task))) {
            return;
        }
        if (Invocable.getInvocationType(task) == Invocable.InvocationType.BLOCKING
                && VirtualThreads.getVirtualThreadsExecutor(pool) == null) {
            threads.execute(task);
        } else {
            ThreadPool.executeImmediately(pool, task);
        }
    }
}
