package dev.gangway.fcgi.output;

import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.record.RecordWriter;
import java.nio.ByteBuffer;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * Something that waits to be written by the {@link FcgiFlusher}.
 */
public interface Outgoing {
    /** How much memory of the {@link Gather} the framing of one call of {@link #encode} uses at most. */
    int ROOM = 64;

    /** Something that need not be written any more. */
    Outgoing NOTHING = gather -> true;

    /** {@return how much memory the next {@link #encode} needs at least, in bytes; asked just before it} */
    default int room() {
        return ROOM;
    }

    /**
     * Appends the next record, or the last ones, to a write that has the memory.
     *
     * @return whether nothing is left
     */
    boolean encode(Gather gather);

    /** Called once, when all is encoded and about to be written. */
    default void leaving() {}

    /** Called once, when all has been written and before anything else is. Does not block. */
    default void left() {}

    /** Called once, after {@link #left}. */
    default void succeeded() {}

    /** Called once, when it has not been and will not be written. */
    default void failed(Throwable cause) {}

    /** {@return whether it is given up, so that no more of it may be encoded} */
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
    record Record(ByteBuffer bytes, Runnable done) implements Outgoing {
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

    /**
     * The header of a record and nothing behind it: some web servers that do not see a reset notice a connection that
     * ends there.
     *
     * @param requestId of the request
     * @param done      run when it has been written or is given up
     */
    record Broken(int requestId, Runnable done) implements Outgoing {
        /** Any but 0, since no content follows. */
        private static final int CONTENT_LENGTH = 8;

        @Override
        public boolean encode(Gather gather) {
            RecordWriter.header(gather.scratch(), RecordType.STDOUT, requestId, CONTENT_LENGTH);
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
