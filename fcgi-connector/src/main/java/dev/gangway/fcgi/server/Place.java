package dev.gangway.fcgi.server;

import org.eclipse.jetty.util.thread.AutoLock;

/** One of the places that there are for active requests. A request takes one as soon as it costs something. */
final class Place {
    private final FcgiConnectionFactory factory;
    private final AutoLock lock = new AutoLock();
    private boolean taken;
    private boolean left;

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

    /** The request does not need it any more, nor will it. */
    void leave() {
        try (AutoLock ignored = lock.lock()) {
            if (taken && !left) {
                factory.returnPlace();
            }
            left = true;
        }
    }
}
