package dev.gangway.fcgi.request;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * An application that waits for a thread. Pools keep what is queued, so a task that is given up drops the application.
 */
final class HandlerTask implements Invocable.Task {
    private final ConnectionServices connection;
    private final InvocationType invocationType;
    private final AtomicReference<Runnable> application;

    HandlerTask(ConnectionServices connection, InvocationType invocationType, Runnable application) {
        this.connection = connection;
        this.invocationType = invocationType;
        this.application = new AtomicReference<>(application);
    }

    @Override
    public void run() {
        Runnable task = application.getAndSet(null);
        if (task == null) {
            connection.onGivenUpTaskRun();
        } else {
            task.run();
        }
    }

    /** Keeps the application from running, unless it already does. */
    void giveUp() {
        connection.onTaskGivenUp();
        if (application.getAndSet(null) == null) {
            connection.onGivenUpTaskRun();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return invocationType;
    }
}
