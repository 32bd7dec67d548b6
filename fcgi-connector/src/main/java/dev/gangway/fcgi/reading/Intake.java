package dev.gangway.fcgi.reading;

import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.RecordListener;
import dev.gangway.fcgi.record.RecordParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntSupplier;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.NanoTime;

/**
 * Fills a buffer from a connection, has it parsed, and keeps the tasks that result. It belongs to the holder of the
 * {@link ReaderRole}; the counters are open to any thread.
 */
public final class Intake {
    /** How many times larger a buffer is while an application reads a stream that fills each one. */
    private static final int GROWTH = 4;

    /** How often a reader of a body lets its sender have the processor: sooner there again than by a wait. */
    private static final int YIELDS = 3;

    private final EndPoint endPoint;
    private final ByteBufferPool pool;
    private final IntSupplier bufferSize;
    private final boolean direct;
    private final boolean resetIsEnd;
    private final RecordParser parser;
    private final Deque<Runnable> tasks = new ArrayDeque<>(2);
    /** Whether the last task wakes an application. */
    private boolean wakeUp;

    private RetainableByteBuffer buffer;
    private boolean drained;
    private volatile long bytesIn;
    private volatile long lastRead = NanoTime.now();

    /**
     * @param bufferSize in bytes, asked for each buffer
     * @param direct     whether the buffers are outside of the heap
     * @param resetIsEnd whether the end of the input and a reset mean the same
     * @param records    is told what has come
     */
    public Intake(
            EndPoint endPoint,
            ByteBufferPool pool,
            IntSupplier bufferSize,
            boolean direct,
            boolean resetIsEnd,
            RecordListener records) {
        this.endPoint = endPoint;
        this.pool = pool;
        this.bufferSize = bufferSize;
        this.direct = direct;
        this.resetIsEnd = resetIsEnd;
        this.parser = new RecordParser(records);
    }

    /** {@return how many bytes have come, 0 if there are none now, negative if none will come any more} */
    int fillAndParse() throws IOException, ConnectionError {
        return fillAndParse(false);
    }

    /**
     * As {@link #fillAndParse()}, for an application that would have to wait.
     *
     * @param mayGrow whether the buffer may be larger than usual if the last one has been filled
     */
    int fetchAndParse(boolean mayGrow) throws IOException, ConnectionError {
        int filled = fillAndParse(mayGrow);
        for (int i = 0; filled == 0 && i < YIELDS; i++) {
            Thread.yield();
            filled = fillAndParse(mayGrow);
        }
        return filled;
    }

    private int fillAndParse(boolean mayGrow) throws IOException, ConnectionError {
        int size = bufferSize.getAsInt() * (mayGrow && !drained ? GROWTH : 1);
        if (buffer != null && (buffer.isRetained() || buffer.capacity() < size)) {
            release();
        }
        if (buffer == null) {
            buffer = pool.acquire(size, direct);
        }
        ByteBuffer bytes = buffer.getByteBuffer();
        BufferUtil.clear(bytes);
        int filled = fill(bytes);
        drained = filled < bytes.capacity();
        if (filled > 0) {
            bytesIn += filled;
            lastRead = NanoTime.now();
            parser.parse(bytes);
        }
        return filled;
    }

    /** {@return whether the last bytes did not fill the buffer, so that there was nothing more} */
    boolean isDrained() {
        return drained;
    }

    /** There is something again. */
    void refill() {
        drained = false;
    }

    /** {@return the channel whose bytes are those of the end point; null if there is none, as behind TLS} */
    static SocketChannel channel(EndPoint endPoint) {
        return endPoint.getTransport() instanceof SocketChannel channel ? channel : null;
    }

    private int fill(ByteBuffer bytes) throws IOException {
        SocketChannel channel = resetIsEnd ? null : channel(endPoint);
        if (channel != null) {
            // Jetty's SocketChannelEndPoint reports a reset as an end.
            int position = BufferUtil.flipToFill(bytes);
            int filled = channel.read(bytes);
            BufferUtil.flipToFlush(bytes, position);
            return filled;
        }
        return endPoint.fill(bytes);
    }

    /** {@return what keeps the content that is being parsed} */
    RetainableByteBuffer buffer() {
        return buffer;
    }

    /** Gives the buffer back. */
    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    /** Keeps a task to be run; it may be null. */
    void addTask(Runnable task) {
        add(task, false);
    }

    /** Keeps one that wakes an application, which reads on by itself; it may be null. */
    void addWakeUp(Runnable task) {
        add(task, true);
    }

    private void add(Runnable task, boolean wakes) {
        if (task != null) {
            tasks.add(task);
            wakeUp = wakes;
        }
    }

    /** {@return whether the last task wakes an application} */
    boolean isWakeUp() {
        return wakeUp;
    }

    /** {@return what is to be run, in the order in which it came} */
    Deque<Runnable> tasks() {
        return tasks;
    }

    /** {@return whether the bytes so far end with a whole record} */
    boolean isBetweenRecords() {
        return parser.isBetweenRecords();
    }

    long bytesIn() {
        return bytesIn;
    }

    /** {@return for how long nothing has come, in nanoseconds} */
    long idleNanos() {
        return NanoTime.since(lastRead);
    }
}
