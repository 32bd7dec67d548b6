package dev.gangway.fcgi.output;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * The bytes of one gathered write: pooled memory for framing, header blocks and small content, and large content in
 * between, not copied. Used by one thread at a time.
 */
public final class Gather {
    private final ByteBufferPool pool;
    private final boolean direct;
    private final List<ByteBuffer> buffers = new ArrayList<>(2);
    private RetainableByteBuffer memory;
    private ByteBuffer scratch;
    private int from;

    Gather(ByteBufferPool pool, boolean direct) {
        this.pool = pool;
        this.direct = direct;
    }

    /**
     * Begins a write.
     *
     * @param capacity how many bytes of memory it needs at least
     */
    void begin(int capacity) {
        if (memory != null && memory.capacity() < capacity) {
            release();
        }
        if (memory == null) {
            memory = pool.acquire(capacity, direct);
            scratch = memory.getByteBuffer();
        }
        scratch.clear();
        from = 0;
        buffers.clear();
    }

    /** {@return the memory, to be written at its position} */
    ByteBuffer scratch() {
        return scratch;
    }

    /**
     * Appends bytes without copying them.
     *
     * @param content stays in use until the write is over
     */
    void add(ByteBuffer content) {
        endRegion();
        buffers.add(content);
    }

    boolean isEmpty() {
        return buffers.isEmpty() && scratch.position() == from;
    }

    /** {@return what is to be written} */
    ByteBuffer[] end() {
        if (buffers.isEmpty()) {
            // All of it has been copied, as is usual.
            return new ByteBuffer[] {scratch.flip()};
        }
        endRegion();
        return buffers.toArray(ByteBuffer[]::new);
    }

    /** Gives the memory back; no write may be using it. */
    void release() {
        if (memory != null) {
            memory.release();
            memory = null;
            scratch = null;
        }
        buffers.clear();
    }

    private void endRegion() {
        int to = scratch.position();
        if (to > from) {
            buffers.add(scratch.slice(from, to - from));
            from = to;
        }
    }
}
