package dev.gangway.fcgi.fuzz;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.TryExecutor;

/**
 * All threads and clocks of a server, in the hands of the one thread that tests it: an input always leads to the same
 * course of events.
 */
final class CallerThread implements ThreadPool, TryExecutor {
    /** Far more than any input of a fuzzer needs: whoever gets here goes round in circles. */
    private static final int MAX_TASKS = 1_000_000;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public boolean tryExecute(Runnable task) {
        return tasks.add(task);
    }

    /** Runs what is to be done, and what that brings up. */
    void run() {
        int count = 0;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            if (++count > MAX_TASKS) {
                throw new AssertionError("there is no end of tasks; the next one is " + task);
            }
            task.run();
        }
    }

    /** Leaves undone what is to be done: an acceptor would wait for connections. */
    void drop() {
        tasks.clear();
    }

    @Override
    public void join() {
        // There is nobody to wait for.
    }

    @Override
    public int getThreads() {
        return 1;
    }

    @Override
    public int getIdleThreads() {
        return 1;
    }

    @Override
    public boolean isLowOnThreads() {
        return false;
    }

    /** A clock that moves when it is told to. */
    static final class Clock extends AbstractLifeCycle implements Scheduler {
        private static final long SOON_MILLIS = 1000;

        private final Deque<Entry> soon = new ArrayDeque<>();

        private final class Entry implements Task {
            private final Runnable task;

            private Entry(Runnable task) {
                this.task = task;
            }

            @Override
            public boolean cancel() {
                return soon.remove(this);
            }
        }

        /** What is a long way off never comes. */
        @Override
        public Task schedule(Runnable task, long delay, TimeUnit unit) {
            Entry entry = new Entry(task);
            if (unit.toMillis(delay) <= SOON_MILLIS) {
                soon.add(entry);
            }
            return entry;
        }

        /** Does what is due soon, once. */
        void tick() {
            for (int due = soon.size(); due > 0 && !soon.isEmpty(); due--) {
                soon.poll().task.run();
            }
        }
    }
}
