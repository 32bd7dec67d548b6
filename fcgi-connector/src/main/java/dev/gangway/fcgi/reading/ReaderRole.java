package dev.gangway.fcgi.reading;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who may read and parse a connection: always one party or nobody, and it is always known which.
 *
 * <pre>
 *   ARMED     whoever waits for input reads next        ── there is some ────────────────▶ READING
 *   READING   one thread reads                          ── nothing there ────────────────▶ ARMED
 *                                                       ── runs the application itself ──▶ LENT
 *                                                       ── a request keeps too much ─────▶ PAUSED
 *   LENT      it runs the application and will be back  ── it is back ───────────────────▶ READING
 *                                                       ── the application reads ────────▶ BORROWED
 *                                                       ── it waits, or takes long ──────▶ ARMED
 *   BORROWED  the application's thread reads            ── it has read ──────────────────▶ LENT
 *                                                       ── the lender is back ───────────▶ READING (the borrower's)
 *   PAUSED    nobody reads until something is taken     ── something is taken ───────────▶ ARMED
 *                                                       ── the application reads ────────▶ READING
 *   CLOSED    nothing will be read any more
 * </pre>
 */
public final class ReaderRole {
    enum State {
        ARMED,
        READING,
        LENT,
        BORROWED,
        PAUSED,
        CLOSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.PAUSED);

    State state() {
        return state.get();
    }

    /** Input has come, or nobody is to read; false if the role was taken meanwhile. */
    boolean select() {
        return state.compareAndSet(State.ARMED, State.READING);
    }

    /** The reader lends the role to the application that it is about to run. */
    void lend() {
        state.compareAndSet(State.READING, State.LENT);
    }

    /** The reader is back from the application; false if the role is somebody else's now. */
    boolean reclaim() {
        // A borrower keeps the role.
        return state.getAndUpdate(held -> held == State.LENT || held == State.BORROWED ? State.READING : held)
                == State.LENT;
    }

    /** The application's thread wants to read; false if it may not. */
    boolean borrow() {
        State lender = state.getAndUpdate(held -> switch (held) {
            case LENT -> State.BORROWED;
            case PAUSED -> State.READING;
            default -> held;
        });
        return lender == State.LENT || lender == State.PAUSED;
    }

    /** The borrower has read; false if the lender has left meanwhile, so that the role stays with the borrower. */
    boolean giveBack() {
        return state.compareAndSet(State.BORROWED, State.LENT);
    }

    /** The reader, or a borrower, stops because a request keeps too much already, or because nobody wants more. */
    void pause() {
        // The lender may come back at any moment, so a borrower cannot know which of the two states it holds.
        state.getAndUpdate(held -> held == State.CLOSED ? held : State.PAUSED);
    }

    /** The reader has paused, but has found that there is room; false if the role is somebody else's now. */
    boolean unpause() {
        return state.compareAndSet(State.PAUSED, State.READING);
    }

    /** The reader, or a borrower, leaves it to the selector; false if the connection is closed. */
    boolean arm() {
        return state.getAndUpdate(held -> held == State.CLOSED ? held : State.ARMED) != State.CLOSED;
    }

    /** Nobody was reading, but somebody should; false if that has changed or the role is held. */
    boolean armIdle() {
        State idle = state.getAndUpdate(held -> held == State.PAUSED || held == State.LENT ? State.ARMED : held);
        return idle == State.PAUSED || idle == State.LENT;
    }

    /** As {@link #armIdle}, but leaves a lent role alone: its lender will be back. */
    boolean armPaused() {
        return state.compareAndSet(State.PAUSED, State.ARMED);
    }

    void close() {
        state.set(State.CLOSED);
    }
}
