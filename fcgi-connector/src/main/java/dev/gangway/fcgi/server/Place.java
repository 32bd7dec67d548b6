package dev.gangway.fcgi.server;

import org.eclipse.jetty.util.thread.AutoLock;

/**
 * One of the places that there are for active requests. A request takes one as soon as it costs something, and has it
 * until it has ended and no thread is to run it any more.
 */
final class Place {
    private final FcgiConnectionFactory factory;
    private final AutoLock lock = new AutoLock();
    private boolean taken;
    private boolean left;
    private boolean queued;

    Place(FcgiConnectionFactory factory) {
        this.factory = factory;
    }

    /** Takes it, unless that is done already; false if there is none. */
    boolean take() {
        try (AutoLock ignored = lock.lock()) {
            if (!taken && !left) {
                taken = factory.takePlace();
            }
            return taken;
        }
    }

    /** The application will be run, even if only to find that the request has been aborted. */
    void onQueued() {
        try (AutoLock ignored = lock.lock()) {
            queued = true;
        }
    }

    /** A thread has it now. */
    void onRunning() {
        try (AutoLock ignored = lock.lock()) {
            queued = false;
            lockedReturn();
        }
    }

    /** The request does not need it any more. */
    void leave() {
        try (AutoLock ignored = lock.lock()) {
            left = true;
            lockedReturn();
        }
    }

    private void lockedReturn() {
        if (taken && left && !queued) {
            taken = false;
            factory.returnPlace();
        }
    }
}
