package dev.gangway.fcgi.admission;

import org.eclipse.jetty.util.thread.AutoLock;

/** One unit of a {@link Quota}, which a request may take once and gives back once. */
public final class Permit {
    private final Quota places;
    private final AutoLock lock = new AutoLock();
    private boolean taken;
    private boolean left;

    Permit(Quota places) {
        this.places = places;
    }

    /** Takes it, unless that is done already; false if none is left. */
    boolean take() {
        try (AutoLock ignored = lock.lock()) {
            if (!taken && !left) {
                taken = places.take();
            }
            return taken;
        }
    }

    /** Gives it back, if it was taken; from now on it cannot be taken. */
    void leave() {
        try (AutoLock ignored = lock.lock()) {
            if (taken && !left) {
                places.giveBack();
            }
            left = true;
        }
    }
}
