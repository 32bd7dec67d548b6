package dev.gangway.fcgi.request;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.AutoLock;

/**
 * The time that Jetty needs to run the handlers of a request.
 *
 * <p>A write that is the end of a request is not told to Jetty while another thread is still in the handlers: Jetty would
 * look at its state in both threads, and if they meet, each of them would complete the request. Then the channel could
 * serve two requests at once.
 */
public final class HandlerRun {
    private final AutoLock lock = new AutoLock();
    /** Those of the application. */
    private volatile HttpFields responseFields;

    private Thread thread;
    private Runnable afterwards;

    /** The application is about to run, with these header fields for its response. */
    void onHandling(HttpFields fields) {
        responseFields = fields;
    }

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

    /** {@return a callback for the last write, that succeeds when the handlers have returned if it has to wait for them} */
    Callback after(Callback write) {
        return new Callback() {
            @Override
            public void succeeded() {
                if (!isEnd(write) || !defer(write::succeeded)) {
                    write.succeeded();
                }
            }

            @Override
            public void failed(Throwable cause) {
                write.failed(cause);
            }

            @Override
            public InvocationType getInvocationType() {
                return write.getInvocationType();
            }
        };
    }

    /**
     * {@return whether the application has completed the request, so that it does not wait for a write any more}
     *
     * <p>What the application writes is told to its response; what Jetty itself writes after a failure is told to another
     * one, with header fields of its own.
     */
    private boolean isEnd(Callback write) {
        return !(write instanceof Response response)
                || response.getHeaders() != responseFields
                || response.isCompletedSuccessfully();
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
