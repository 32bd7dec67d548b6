package dev.gangway.fcgi.server;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.AutoLock;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Writes all that leaves through a connection, one gathered write at a time. Requests take turns by the record, so that
 * a large response does not hold back a small one; the order within a request is kept.
 */
final class FcgiFlusher extends IteratingCallback {
    /** How many records one write takes of a response that has the connection to itself: up to 1 MiB. */
    private static final int RECORDS_ALONE = 16;

    private final AutoLock lock = new AutoLock();
    private final Deque<Output> queue = new ArrayDeque<>();
    private final EndPoint endPoint;
    private final FcgiConnection connection;
    private final Gather gather;
    private final int headerSize;
    /** What the write in flight ends; like the next two, it is owned by the iteration. */
    private final List<Output> written = new ArrayList<>();
    /** What the write in flight has a part of. */
    private final List<Output> unfinished = new ArrayList<>();

    private final WriteProgress progress = new WriteProgress();
    private volatile boolean mayBlock;
    private volatile boolean shut;
    private Throwable failure;
    private volatile long bytesOut;

    FcgiFlusher(EndPoint endPoint, FcgiConnection connection) {
        HttpConfiguration configuration = connection.httpConfiguration();
        this.endPoint = endPoint;
        this.connection = connection;
        this.gather =
                new Gather(connection.connector().getByteBufferPool(), configuration.isUseOutputDirectByteBuffers());
        this.headerSize = configuration.getResponseHeaderSize();
    }

    /** Queues something and writes it as soon as that is possible. */
    void submit(Output output) {
        Throwable refused;
        try (AutoLock ignored = lock.lock()) {
            refused = failure;
            if (refused == null) {
                queue.add(output);
            }
        }
        if (refused == null) {
            iterate();
        } else {
            output.failed(refused);
        }
    }

    /**
     * Fails something that was queued and has been cancelled, unless a write is using its memory: then it fails when
     * that write is over.
     */
    void remove(Output cancelled, Throwable cause) {
        boolean removed;
        try (AutoLock ignored = lock.lock()) {
            removed = queue.remove(cancelled);
        }
        if (removed) {
            cancelled.failed(cause);
        }
    }

    /** {@return whether a write is in flight} */
    boolean isWriting() {
        return progress.isWriting();
    }

    /** {@return for how long the web server has taken nothing of what is being written; asked by the sweep alone} */
    long stalledNanos() {
        return progress.stalledNanos();
    }

    long bytesOut() {
        return bytesOut;
    }

    @Override
    protected Action process() throws EofException {
        while (!shut) {
            List<Output> turn = takeTurn();
            if (turn.isEmpty()) {
                gather.release();
                return Action.IDLE;
            }
            encode(turn);
            if (!gather.isEmpty()) {
                write();
                return Action.SCHEDULED;
            }
            // All of the turn was given up, or an end without bytes: nothing to write, but perhaps more is queued.
            onSuccess();
        }
        throw new EofException("connection closed");
    }

    private void encode(List<Output> turn) {
        gather.begin(headerSize);
        int records = turn.size() == 1 ? RECORDS_ALONE : 1;
        int encoded = 0;
        try {
            while (encoded < turn.size() && encode(turn.get(encoded), records)) {
                encoded++;
            }
        } finally {
            // The rest waits for the next write; if encoding has failed, it fails with all the others.
            giveBack(turn.subList(encoded, turn.size()));
        }
        written.forEach(Output::leaving);
    }

    private void write() {
        mayBlock = written.stream().anyMatch(FcgiFlusher::mayBlock);
        ByteBuffer[] buffers = gather.end();
        bytesOut += BufferUtil.remaining(buffers);
        progress.begin(buffers);
        endPoint.write(this, buffers);
        if (BufferUtil.remaining(buffers) > 0) {
            connection.reader().letSelectorRead();
        }
    }

    private List<Output> takeTurn() {
        try (AutoLock ignored = lock.lock()) {
            if (queue.isEmpty()) {
                return List.of();
            }
            List<Output> turn = new ArrayList<>(queue);
            queue.clear();
            return turn;
        }
    }

    private void giveBack(List<Output> rest) {
        try (AutoLock ignored = lock.lock()) {
            for (int i = rest.size() - 1; i >= 0; i--) {
                queue.addFirst(rest.get(i));
            }
        }
    }

    /** Returns false if the output has to wait for the next write, which has all the memory to itself. */
    private boolean encode(Output output, int records) {
        // What is given up is not begun any more; what is left of it fails when the write is over.
        for (int i = 0; i < records && !output.isCancelled(); i++) {
            int room = output.room();
            if (gather.scratch().remaining() < room) {
                if (i > 0) {
                    break;
                }
                if (!gather.isEmpty()) {
                    return false;
                }
                gather.begin(room);
            }
            if (output.encode(gather)) {
                written.add(output);
                return true;
            }
        }
        unfinished.add(output);
        return true;
    }

    @Override
    protected void onSuccess() {
        progress.end();
        List<Output> done = List.copyOf(written);
        written.clear();
        List<Output> cancelled = new ArrayList<>();
        try (AutoLock ignored = lock.lock()) {
            for (Output output : unfinished) {
                if (output.isCancelled()) {
                    cancelled.add(output);
                } else {
                    queue.addLast(output);
                }
            }
        }
        unfinished.clear();
        done.forEach(Output::left);
        done.forEach(this::complete);
        cancelled.forEach(output -> fail(output, null));
    }

    /**
     * Completes what has been written. Whoever may wait for something needs a thread of its own, since this one goes on
     * writing for other requests; after the last part of a response there is nothing to wait for.
     */
    private void complete(Output output) {
        if (mayBlock(output) && (!output.isLast() || Invocable.isNonBlockingInvocation())) {
            connection.execute(output::succeeded);
        } else {
            output.succeeded();
        }
    }

    /** Fails what is lost. Whoever may block must not hold up the others that are lost. */
    private void fail(Output output, Throwable cause) {
        if (mayBlock(output)) {
            connection.execute(() -> output.failed(cause));
        } else {
            output.failed(cause);
        }
    }

    private static boolean mayBlock(Output output) {
        return output.getInvocationType() == InvocationType.BLOCKING;
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        List<Output> lost = new ArrayList<>(written);
        try (AutoLock ignored = lock.lock()) {
            failure = cause;
            lost.addAll(unfinished);
            lost.addAll(queue);
            queue.clear();
        }
        written.clear();
        unfinished.clear();
        progress.end();
        gather.release();
        lost.forEach(output -> fail(output, cause));
        connection.onWriteFailure(cause);
    }

    /**
     * Refuses everything from now on; what waits fails, after the write in flight if there is one. An abort would be
     * forgotten by the base class if it came while a write is being completed.
     */
    void shut() {
        shut = true;
        iterate();
    }

    @Override
    public InvocationType getInvocationType() {
        return mayBlock ? InvocationType.EITHER : InvocationType.NON_BLOCKING;
    }
}
