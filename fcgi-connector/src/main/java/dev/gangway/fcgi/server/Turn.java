package dev.gangway.fcgi.server;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.thread.Invocable;

/** An application that waits for a thread. Thread pools forget nobody, so what is given up keeps but an empty shell. */
final class Turn implements Invocable.Task {
    private final FcgiConnection connection;
    private final InvocationType invocationType;
    private final AtomicReference<Runnable> application;

    Turn(FcgiConnection connection, InvocationType invocationType, Runnable application) {
        this.connection = connection;
        this.invocationType = invocationType;
        this.application = new AtomicReference<>(application);
    }

    @Override
    public void run() {
        Runnable task = application.getAndSet(null);
        if (task == null) {
            connection.onTurnOver();
        } else {
            task.run();
        }
    }

    /** The application is not to run, unless it does already. */
    void giveUp() {
        connection.onTurnGivenUp();
        if (application.getAndSet(null) == null) {
            connection.onTurnOver();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return invocationType;
    }
}
