package dev.gangway.fcgi.server;

import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.RecordParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Reads and parses a connection, and runs what that brings up.
 *
 * <p>As long as requests come one at a time, the thread that has read one also runs the application and reads on when
 * that returns: no hand-over between threads. While it runs, the application's own reads fetch STDIN. If it waits, or
 * takes long, the selector takes over. A connection that is to be <em>read ahead</em> is always left to the selector
 * before an application runs. Who reads is settled by the {@link ReaderRole}.
 */
final class ConnectionReader {
    /** How often the selector's own thread reads from one connection before it looks at the others. */
    private static final int MAX_FILLS = 16;

    private final FcgiConnection connection;
    private final EndPoint endPoint;
    private final Executor executor;
    private final ByteBufferPool pool;
    private final RecordParser parser;
    private final ReaderRole role = new ReaderRole();
    private final Callback fillCallback = new FillCallback();
    private final boolean halfCloseTolerated;

    // These belong to the holder of the role.
    private final Deque<Runnable> tasks = new ArrayDeque<>(2);
    private RetainableByteBuffer input;

    private volatile boolean pausing;
    private volatile boolean readAhead;
    private volatile boolean ended;
    private volatile long bytesIn;
    private volatile long lastRead = NanoTime.now();

    ConnectionReader(FcgiConnection connection, boolean readAhead) {
        this.connection = connection;
        this.endPoint = connection.getEndPoint();
        this.executor = connection.connector().getExecutor();
        this.pool = connection.connector().getByteBufferPool();
        this.parser = new RecordParser(connection);
        this.readAhead = readAhead;
        this.halfCloseTolerated = connection.configuration().getHalfClose() == FcgiConfiguration.HalfClose.TOLERATE;
    }

    void start() {
        resume();
    }

    /** From now on the connection is read while applications run. */
    void readAhead() {
        readAhead = true;
    }

    boolean isReadingAhead() {
        return readAhead;
    }

    /** {@return whether nothing more will come, or be looked at} */
    boolean isEnded() {
        return ended;
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

    /** {@return whether nobody reads, nor waits for a request to take what it keeps} */
    boolean isIdle() {
        return switch (role.state()) {
            case LENT -> true;
            case PAUSED -> !isFull();
            default -> false;
        };
    }

    ReaderRole.State state() {
        return role.state();
    }

    // ---- called while parsing, by the holder of the role ----

    /** Has a task run when the parsing is over. */
    void addTask(Runnable task) {
        if (task != null) {
            tasks.add(task);
        }
    }

    /** {@return what keeps the content that is being parsed} */
    RetainableByteBuffer input() {
        return input;
    }

    /** A request keeps more STDIN than it may, or responses are not read: do not read until that has changed. */
    void pause() {
        pausing = true;
    }

    // ---- called by anybody ----

    /** The application waits, for STDIN or for the web server to take its output, or takes long. */
    void letSelectorRead() {
        if (role.armIdle()) {
            awaitInput();
        }
    }

    /** A request may keep more STDIN again. */
    void resume() {
        if (role.armPaused()) {
            awaitInput();
        }
    }

    /** {@return whether nothing is read because a request keeps too much} */
    boolean isPaused() {
        return role.state() == ReaderRole.State.PAUSED && isFull();
    }

    /** {@return whether nothing was being read and now nothing will be: the connection may be closed} */
    boolean stopIdle() {
        return role.select();
    }

    /** Undoes {@link #stopIdle}. */
    void goOn() {
        arm();
    }

    /** Nothing more will be read. */
    void end() {
        ended = true;
    }

    /** An application reads where there is nothing: let its own thread fetch it, if nobody else reads. */
    void pull(InputQueue queue) {
        if (readAhead || !role.borrow()) {
            return;
        }
        try {
            int filled = 1;
            // What another request sends is not for this thread to collect.
            while (filled > 0 && !readAhead && !queue.isReadable()) {
                filled = fillAndParse();
            }
            if (filled < 0) {
                onEnd();
            }
            while (!ended && !tasks.isEmpty()) {
                executor.execute(tasks.poll());
            }
        } catch (Throwable e) {
            onFailure(e);
            return;
        }
        if (ended) {
            stop();
            return;
        }
        releaseInput();
        if (readAhead) {
            arm();
        } else if (!role.giveBack()) {
            role.pause();
        }
    }

    // ---- the loop ----

    private void onSelected() {
        if (role.select()) {
            read();
        }
    }

    /** Called by the holder of the role, who has given it up on return. */
    private void read() {
        int fills = 0;
        try {
            while (endPoint.isOpen()) {
                if (!tasks.isEmpty()) {
                    if (!runTasks()) {
                        return;
                    }
                } else if (isFull()) {
                    if (!pauseUntilDrained()) {
                        return;
                    }
                } else {
                    boolean othersWait = fills++ == MAX_FILLS && Invocable.isNonBlockingInvocation();
                    int filled = othersWait ? 0 : fillAndParse();
                    if (filled == 0) {
                        releaseInput();
                        arm();
                        return;
                    }
                    if (filled < 0) {
                        onEnd();
                        if (tasks.isEmpty()) {
                            break;
                        }
                    }
                }
            }
            stop();
        } catch (Throwable e) {
            onFailure(e);
        }
    }

    private int fillAndParse() throws IOException, ConnectionError {
        if (input != null && input.isRetained()) {
            releaseInput();
        }
        if (input == null) {
            input = pool.acquire(
                    connection.getInputBufferSize(),
                    connection.httpConfiguration().isUseInputDirectByteBuffers());
        }
        ByteBuffer buffer = input.getByteBuffer();
        BufferUtil.clear(buffer);
        int filled = fill(buffer);
        if (filled > 0) {
            bytesIn += filled;
            lastRead = NanoTime.now();
            parser.parse(buffer);
        }
        return filled;
    }

    private int fill(ByteBuffer buffer) throws IOException {
        if (halfCloseTolerated && endPoint.getTransport() instanceof SocketChannel channel) {
            // The end point reports a reset as an end, which here would be tolerated.
            int position = BufferUtil.flipToFill(buffer);
            int filled = channel.read(buffer);
            BufferUtil.flipToFlush(buffer, position);
            return filled;
        }
        return endPoint.fill(buffer);
    }

    /** Runs what the parsing has brought up. Returns whether the caller has the role again. */
    private boolean runTasks() {
        boolean alone = tasks.size() == 1 && !readAhead;
        while (tasks.size() > 1) {
            executor.execute(tasks.poll());
        }
        Runnable task = tasks.poll();
        releaseInput();
        if (!alone) {
            if (mayRunHere(task)) {
                leaveToOthers();
                task.run();
            } else {
                executor.execute(task);
                leaveToOthers();
            }
            return false;
        }
        role.lend();
        if (mayRunHere(task)) {
            task.run();
            return role.reclaim();
        }
        executor.execute(() -> {
            task.run();
            if (role.reclaim()) {
                read();
            }
        });
        return false;
    }

    private void leaveToOthers() {
        if (!isFull() || pauseUntilDrained()) {
            arm();
        }
    }

    private static boolean mayRunHere(Runnable task) {
        return !Invocable.isNonBlockingInvocation()
                || Invocable.getInvocationType(task) == Invocable.InvocationType.NON_BLOCKING;
    }

    private boolean isFull() {
        if (pausing && !connection.isFull()) {
            pausing = false;
        }
        return pausing;
    }

    /** Returns whether the caller still has the role, as there is room already. */
    private boolean pauseUntilDrained() {
        releaseInput();
        role.pause();
        return !connection.isFull() && role.unpause();
    }

    private void arm() {
        if (role.arm()) {
            awaitInput();
        }
    }

    /** Whoever has the role may have taken it while the selector was to call, or was calling: then it still is to. */
    private void awaitInput() {
        endPoint.tryFillInterested(fillCallback);
    }

    private void onEnd() {
        ended = true;
        connection.onInputEnd();
    }

    private void onFailure(Throwable cause) {
        ended = true;
        connection.onReadFailure(cause);
        stop();
    }

    private void stop() {
        releaseInput();
        role.close();
        connection.onReaderStopped();
        // Applications are not begun any more, but those that wait must be told.
        tasks.forEach(connection::runNow);
        tasks.clear();
    }

    private void releaseInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }

    /** Wakes the reader. It may run on the selector's own thread, which then leaves applications to another one. */
    private final class FillCallback implements Callback {
        @Override
        public void succeeded() {
            onSelected();
        }

        @Override
        public void failed(Throwable cause) {
            role.close();
            endPoint.close(cause);
            connection.onReaderStopped();
        }

        @Override
        public InvocationType getInvocationType() {
            return connection.connector().getServer().getInvocationType() == InvocationType.NON_BLOCKING
                    ? InvocationType.NON_BLOCKING
                    : InvocationType.EITHER;
        }
    }
}
