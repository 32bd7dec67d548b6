package dev.gangway.fcgi.output;

import dev.gangway.fcgi.cgi.HeadLimit;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.util.thread.AutoLock;

/**
 * The output of a Filter (FastCGI 1.0, section 6.4): held back until STDIN has ended. That is never much, since an
 * application writes no more before its last write is complete.
 */
public final class FilterOutput extends RequestOutput {
    private enum State {
        HOLDING,
        /** One thread hands over what was held, in order; what is added meanwhile is left to it. */
        RELEASING,
        OPEN
    }

    private final OutputEvents events;
    private final AutoLock lock = new AutoLock();
    private final Deque<Outgoing> held = new ArrayDeque<>(1);
    private State state = State.HOLDING;

    public FilterOutput(int id, FcgiFlusher flusher, HeadLimit headLimit, OutputEvents events) {
        super(id, flusher, headLimit, events);
        this.events = events;
    }

    @Override
    void submit(Outgoing output) {
        boolean holding;
        try (AutoLock ignored = lock.lock()) {
            holding = state != State.OPEN;
            if (holding) {
                held.add(output);
            }
        }
        if (holding) {
            events.onHeld();
        } else {
            super.submit(output);
        }
    }

    @Override
    void remove(ResponsePart output, Throwable cause) {
        boolean removed;
        try (AutoLock ignored = lock.lock()) {
            removed = held.remove(output);
        }
        if (removed) {
            output.failed(cause);
        } else {
            super.remove(output, cause);
        }
    }

    @Override
    public boolean isHolding() {
        try (AutoLock ignored = lock.lock()) {
            return !held.isEmpty();
        }
    }

    @Override
    public void onStdinEnd() {
        try (AutoLock ignored = lock.lock()) {
            if (state != State.HOLDING) {
                return;
            }
            state = State.RELEASING;
        }
        for (Outgoing output = next(); output != null; output = next()) {
            super.submit(output);
        }
    }

    /** The next of what is held. Nothing may overtake it, so the state is OPEN only when nothing is left. */
    private Outgoing next() {
        try (AutoLock ignored = lock.lock()) {
            if (held.isEmpty()) {
                state = State.OPEN;
            }
            return held.poll();
        }
    }
}
