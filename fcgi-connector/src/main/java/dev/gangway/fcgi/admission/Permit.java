package dev.gangway.fcgi.admission;

import org.eclipse.jetty.util.thread.AutoLock;

/** One of the {@link Quota}, for a request that may take it, once, and leaves it, once. */
public final class Permit {
    private final Quota places;
    private final AutoLock lock = new AutoLock();
    private boolean taken;
    private boolean left;

    Permit(Quota places) {
        this.places = places;
    }

    /** Takes it, unless that is done already; false if there is none. */
    boolean take() {
        try (AutoLock ignored = lock.lock()) {
            if (!taken && !left) {
                taken = places.take();
            }
            return taken;
        }
    }

    /** The request does not need it any more, nor will it. */
    void leave() {
        try (AutoLock ignored = lock.lock()) {
            if (taken && !left) {
                places.giveBack();
            }
            left = true;
        }
    }
}
