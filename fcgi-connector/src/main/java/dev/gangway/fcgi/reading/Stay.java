package dev.gangway.fcgi.reading;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.Invocable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that stays with a connection when nothing more has come, and waits for its next request itself. There is one
 * at most: while it runs an application that takes long, others read from the connection, but do not stay.
 */
public final class Stay {
    private static final long MILLIS = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Stay.class);

    /** Null if no thread may stay. */
    private final SocketChannel channel;

    private final Executor pool;
    private final ConnectionThreads threads;
    private final int max;
    /** Null unless there is such a thread. Set by the holder of the reader role, taken back by the thread itself. */
    private volatile OwnSelector selector;

    /**
     * @param pool    whose threads they are
     * @param threads of all connections
     * @param max     how many of them may stay
     */
    public Stay(EndPoint endPoint, Executor pool, ConnectionThreads threads, int max) {
        this.channel = Intake.channel(endPoint);
        this.pool = pool;
        this.threads = threads;
        this.max = max;
    }

    /** {@return whether the thread that opens the connection may read from it at once, and run applications} */
    boolean beginsAtOnce() {
        // Jetty opens the connections of sockets on a thread of the pool.
        return channel != null
                && !Invocable.isNonBlockingInvocation()
                && VirtualThreads.getVirtualThreadsExecutor(pool) == null;
    }

    /** {@return a selector for this thread; null if it may not stay} */
    OwnSelector begin() {
        if (hasThread() || channel == null) {
            return null;
        }
        OwnSelector own = threads.stay(pool, max);
        if (own != null) {
            selector = own;
        }
        return own;
    }

    /** {@return whether a thread stays, waiting or serving} */
    public boolean hasThread() {
        return selector != null;
    }

    /** Waits until there is something to read; false if nothing has come for a while, or the thread is needed elsewhere. */
    boolean await(OwnSelector own) {
        if (ConnectionThreads.isShort(pool)) {
            return false;
        }
        try {
            return own.await(channel, MILLIS);
        } catch (IOException e) {
            // Closed, most likely: the selector of Jetty will tell.
            LOG.debug("{}", channel, e);
            return false;
        }
    }

    /**
     * The thread leaves.
     *
     * @param own null if it has not stayed
     */
    void end(OwnSelector own) {
        if (own != null) {
            selector = null;
            threads.leave(own);
        }
    }

    /** Ends the wait of the thread if the pool needs it. Called now and then. */
    public void letGoIfShort() {
        if (hasThread() && ConnectionThreads.isShort(pool)) {
            letGo();
        }
    }

    /** Ends the wait of the thread; called when the connection has been closed. */
    public void letGo() {
        OwnSelector own = selector;
        if (own == null) {
            return;
        }
        try {
            own.letGo();
        } catch (IOException | ClosedSelectorException e) {
            LOG.debug("{}", channel, e);
        }
    }
}
