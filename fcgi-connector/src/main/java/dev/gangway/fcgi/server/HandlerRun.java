package dev.gangway.fcgi.server;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.AutoLock;

/**
 * The time that Jetty needs to run the handlers of a request.
 *
 * <p>A write that is the end of a request is not told to Jetty while another thread is still in the handlers: Jetty would
 * look at its state in both threads, and if they meet, each of them would complete the request. Then the channel could
 * serve two requests at once.
 */
final class HandlerRun {
    private final AutoLock lock = new AutoLock();
    private Thread thread;
    private Runnable afterwards;

    /** Runs the handlers, and then what has come in the meantime. */
    void run(Runnable handlers) {
        try (AutoLock ignored = lock.lock()) {
            thread = Thread.currentThread();
        }
        try {
            handlers.run();
        } finally {
            Runnable next;
            try (AutoLock ignored = lock.lock()) {
                thread = null;
                next = afterwards;
                afterwards = null;
            }
            if (next != null) {
                next.run();
            }
        }
    }

    /**
     * {@return a callback that succeeds when the handlers have returned, if it has to wait for them}
     *
     * @param isEnd asked when the write is done; nobody in the handlers may be waiting for it if it says so
     */
    Callback after(Callback callback, BooleanSupplier isEnd) {
        return new Callback() {
            @Override
            public void succeeded() {
                if (!isEnd.getAsBoolean() || !defer(callback::succeeded)) {
                    callback.succeeded();
                }
            }

            @Override
            public void failed(Throwable cause) {
                callback.failed(cause);
            }

            @Override
            public InvocationType getInvocationType() {
                return callback.getInvocationType();
            }
        };
    }

    private boolean defer(Runnable task) {
        try (AutoLock ignored = lock.lock()) {
            if (thread == null || thread == Thread.currentThread()) {
                return false;
            }
            afterwards = task;
            return true;
        }
    }
}
