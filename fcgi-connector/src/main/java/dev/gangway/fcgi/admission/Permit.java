package dev.gangway.fcgi.admission;

import java.util.concurrent.atomic.AtomicReference;

/** One unit of a {@link Quota}, which a request may take once and gives back once. */
final class Permit {
    private enum State {
        OPEN,
        TAKEN,
        /** Taken and given back. */
        RETURNED,
        /** Never taken, and never to be. */
        FORGONE
    }

    private final Quota quota;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    Permit(Quota quota) {
        this.quota = quota;
    }

    /** Takes it, unless that is done already; false if none is left. */
    boolean take() {
        if (state.get() == State.OPEN && quota.take() && !state.compareAndSet(State.OPEN, State.TAKEN)) {
            // It has been taken or left meanwhile, so that this was one too many.
            quota.giveBack();
        }
        return state.get() == State.TAKEN || state.get() == State.RETURNED;
    }

    /** Gives it back, if it was taken; from now on it cannot be taken. */
    void leave() {
        State before = state.getAndUpdate(now -> switch (now) {
            case OPEN -> State.FORGONE;
            case TAKEN -> State.RETURNED;
            case RETURNED, FORGONE -> now;
        });
        if (before == State.TAKEN) {
            quota.giveBack();
        }
    }
}
