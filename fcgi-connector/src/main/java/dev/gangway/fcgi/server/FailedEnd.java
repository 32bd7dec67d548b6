package dev.gangway.fcgi.server;

import java.util.function.Supplier;

/**
 * The end of a response that has failed. What it looks like depends on whether a header block has left before it, and
 * that is not known before it is its turn.
 */
final class FailedEnd implements Outgoing {
    private final Supplier<Outgoing> decision;
    private final Runnable lost;
    /** Null until it is its turn. */
    private Outgoing decided;

    /**
     * @param decision asked once, when everything before it has been encoded
     * @param lost     run if it will never be written
     */
    FailedEnd(Supplier<Outgoing> decision, Runnable lost) {
        this.decision = decision;
        this.lost = lost;
    }

    @Override
    public int room() {
        if (decided == null) {
            decided = decision.get();
        }
        return decided.room();
    }

    @Override
    public boolean encode(Gather gather) {
        return decided.encode(gather);
    }

    @Override
    public void leaving() {
        decided.leaving();
    }

    @Override
    public void left() {
        decided.left();
    }

    @Override
    public void succeeded() {
        decided.succeeded();
    }

    @Override
    public void failed(Throwable cause) {
        lost.run();
    }
}
