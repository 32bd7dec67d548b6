package dev.gangway.fcgi.server;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * Something that waits to be written by the {@link FcgiFlusher}.
 */
interface Output {
    /** How much memory of the {@link Gather} one call of {@link #encode} may use at most, beside what it declares. */
    int ROOM = 64;

    /**
     * Appends the next record, or the last ones, to a write.
     *
     * @return whether nothing is left
     * @throws BufferOverflowException if the memory of the write is too small; the call is then repeated with more
     */
    boolean encode(Gather gather);

    /** {@return how much memory {@link #encode} needs at least, in bytes} */
    default int room() {
        return ROOM;
    }

    /** Called once, when all is encoded and about to be written. */
    default void leaving() {}

    /** Called once, when all has been written and before anything else is. Does not block. */
    default void left() {}

    /** Called once, after {@link #left}. */
    default void succeeded() {}

    /** Called once, when it has not been and will not be written. */
    default void failed(Throwable cause) {}

    /** {@return whether it is given up, so that no more of it is to be encoded} */
    default boolean isCancelled() {
        return false;
    }

    /** {@return whether the same request writes nothing after it} */
    default boolean isLast() {
        return true;
    }

    /** {@return whether {@link #succeeded} and {@link #failed} may block} */
    default InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /**
     * A whole record of a few bytes.
     *
     * @param bytes the record
     * @param done  run when it has been written or is given up
     */
    record Record(ByteBuffer bytes, Runnable done) implements Output {
        @Override
        public int room() {
            return bytes.remaining();
        }

        @Override
        public boolean encode(Gather gather) {
            gather.scratch().put(bytes.duplicate());
            return true;
        }

        @Override
        public void succeeded() {
            done.run();
        }

        @Override
        public void failed(Throwable cause) {
            done.run();
        }
    }
}
