package dev.gangway.fcgi.request;

import dev.gangway.fcgi.incident.RunningThread;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The run of a request's handlers.
 *
 * <p>Jetty is not told that the last write of a request is complete while another thread is still in the handlers: both
 * threads would look at the state of its {@code HttpChannelState} (12.1.7), and if they coincide, each would complete
 * the request. Then the channel could serve two requests at once.
 *
 * <p>It is its own lock, held for moments only: another object would be made with each request.
 */
final class HandlerRun {
    /** The header fields of the application's response. */
    private volatile HttpFields responseFields;

    private Thread thread;
    private boolean interrupted;
    /** The last write, if it waits for the handlers. */
    private Callback written;

    /** The application is about to run, with these header fields for its response. */
    void onHandling(HttpFields fields) {
        responseFields = fields;
    }

    /** Runs the handlers, and then completes the last write if that has waited for them. */
    void run(Runnable handlers) {
        synchronized (this) {
            thread = Thread.currentThread();
        }
        try {
            handlers.run();
        } finally {
            Callback write;
            synchronized (this) {
                thread = null;
                if (interrupted) {
                    // The thread has other work to do now.
                    Thread.interrupted();
                }
                write = written;
                written = null;
            }
            if (write != null) {
                write.succeeded();
            }
        }
    }

    /** {@return what the thread does that runs the handlers; null if none does} */
    RunningThread running() {
        // The handlers cannot return meanwhile.
        synchronized (this) {
            return thread == null ? null : RunningThread.of(thread, HandlerRun::isOwn);
        }
    }

    private static boolean isOwn(StackTraceElement call) {
        return call.getClassName().equals(HandlerRun.class.getName());
    }

    /** Interrupts the thread that runs the handlers, if one does. */
    void interrupt() {
        synchronized (this) {
            if (thread != null) {
                interrupted = true;
                thread.interrupt();
            }
        }
    }

    /** {@return a callback for the last write, which if necessary succeeds only when the handlers have returned} */
    Callback after(Callback write) {
        return new Callback() {
            @Override
            public void succeeded() {
                if (!isEnd(write) || !defer(write)) {
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
     * {@return whether the application has completed the request, so that it waits for no write any more}
     *
     * <p>The callback of what the application writes is its response; that of what Jetty itself writes after a failure
     * is another one, with header fields of its own.
     */
    private boolean isEnd(Callback write) {
        return !(write instanceof Response response)
                || response.getHeaders() != responseFields
                || response.isCompletedSuccessfully();
    }

    private synchronized boolean defer(Callback write) {
        if (thread == null || thread == Thread.currentThread()) {
            return false;
        }
        written = write;
        return true;
    }
}
