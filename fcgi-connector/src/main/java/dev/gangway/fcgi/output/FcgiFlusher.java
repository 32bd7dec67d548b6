package dev.gangway.fcgi.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.AutoLock;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Writes everything that leaves through a connection, one gathered write at a time. Requests take turns by the record,
 * so that a large response does not hold back a small one; the order within a request is kept.
 */
public final class FcgiFlusher extends IteratingCallback {
    /** How many records one write takes of a response that has the connection to itself: up to 1 MiB. */
    private static final int RECORDS_ALONE = 16;

    private final AutoLock lock = new AutoLock();
    private final Deque<Outgoing> queue = new ArrayDeque<>(2);
    private final EndPoint endPoint;
    private final Listener listener;
    private final Gather gather;
    private final int headerSize;
    // These belong to the iteration, and are used again and again.
    private final List<Outgoing> round = new ArrayList<>(2);
    /** What the write in flight ends. */
    private List<Outgoing> written = new ArrayList<>(2);

    /** What the write before has ended, while that is told. */
    private List<Outgoing> told = new ArrayList<>(2);
    /** What the write in flight has a part of. */
    private final List<Outgoing> unfinished = new ArrayList<>(2);

    private final WriteProgress progress = new WriteProgress();
    private volatile boolean mayBlock;
    private volatile boolean shut;
    private Throwable failure;
    private volatile long bytesOut;

    /** Is told how the writing goes. */
    public interface Listener {
        /** The web server has not taken all of a write at once. */
        void onPartlyWritten();

        /** Nothing more can be written. */
        void onWriteFailure(Throwable cause);

        /** Runs on another thread what may block. */
        void execute(Runnable task);
    }

    /**
     * @param configuration gives the size of header blocks, and says where buffers are
     */
    public FcgiFlusher(EndPoint endPoint, ByteBufferPool pool, HttpConfiguration configuration, Listener listener) {
        this.endPoint = endPoint;
        this.listener = listener;
        this.gather = new Gather(pool, configuration.isUseOutputDirectByteBuffers());
        this.headerSize = configuration.getResponseHeaderSize();
    }

    /** Queues something and writes it as soon as that is possible. */
    public void submit(Outgoing output) {
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
    void remove(Outgoing cancelled, Throwable cause) {
        boolean removed;
        try (AutoLock ignored = lock.lock()) {
            removed = queue.remove(cancelled);
        }
        if (removed) {
            cancelled.failed(cause);
        }
    }

    /** {@return whether a write is in flight} */
    public boolean isWriting() {
        return progress.isWriting();
    }

    /** {@return for how long the web server has taken nothing of what is being written; asked by the sweep alone} */
    public long stalledNanos() {
        return progress.stalledNanos();
    }

    public long bytesOut() {
        return bytesOut;
    }

    @Override
    protected Action process() throws IOException {
        while (!shut) {
            takeRound();
            if (round.isEmpty()) {
                gather.release();
                return Action.IDLE;
            }
            encodeRound();
            if (!gather.isEmpty()) {
                write();
                return Action.SCHEDULED;
            }
            // The whole round was given up, or had no bytes: nothing to write, but more may be queued.
            onSuccess();
        }
        throw new Shut();
    }

    private void encodeRound() {
        gather.begin(headerSize);
        int records = round.size() == 1 ? RECORDS_ALONE : 1;
        int encoded = 0;
        try {
            while (encoded < round.size() && encode(round.get(encoded), records)) {
                encoded++;
            }
        } finally {
            // The rest waits for the next write; if encoding has failed, it fails with all the others.
            giveBackFrom(encoded);
        }
        written.forEach(Outgoing::leaving);
    }

    private void write() throws IOException {
        mayBlock = false;
        for (int i = 0; i < written.size() && !mayBlock; i++) {
            mayBlock = mayBlock(written.get(i));
        }
        ByteBuffer[] buffers = gather.end();
        bytesOut += BufferUtil.remaining(buffers);
        progress.begin(buffers);
        // Mostly there is room for all of it, and nothing to wait for.
        if (endPoint.flush(buffers)) {
            succeeded();
        } else {
            endPoint.write(this, buffers);
        }
        if (BufferUtil.remaining(buffers) > 0) {
            listener.onPartlyWritten();
        }
    }

    private void takeRound() {
        try (AutoLock ignored = lock.lock()) {
            for (Outgoing next = queue.poll(); next != null; next = queue.poll()) {
                round.add(next);
            }
        }
    }

    private void giveBackFrom(int index) {
        if (index < round.size()) {
            try (AutoLock ignored = lock.lock()) {
                for (int i = round.size() - 1; i >= index; i--) {
                    queue.addFirst(round.get(i));
                }
            }
        }
        round.clear();
    }

    /** Returns false if the output has to wait for the next write, where it has all the memory to itself. */
    private boolean encode(Outgoing output, int records) {
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
        List<Outgoing> done = written;
        written = told;
        told = done;
        List<Outgoing> cancelled = unfinished.isEmpty() ? List.of() : requeueUnfinished();
        for (Outgoing output : done) {
            output.left();
        }
        for (Outgoing output : done) {
            complete(output);
        }
        done.clear();
        for (Outgoing output : cancelled) {
            fail(output, null);
        }
    }

    /** Queues for the next round what has not been given up; returns the others. */
    private List<Outgoing> requeueUnfinished() {
        List<Outgoing> cancelled = new ArrayList<>();
        try (AutoLock ignored = lock.lock()) {
            for (Outgoing output : unfinished) {
                if (output.isCancelled()) {
                    cancelled.add(output);
                } else {
                    queue.addLast(output);
                }
            }
        }
        unfinished.clear();
        return cancelled;
    }

    /**
     * Completes what has been written. A callback that may block needs a thread of its own, since this one goes on
     * writing for other requests; after the last part of a response there is nothing to wait for.
     */
    private void complete(Outgoing output) {
        if (mayBlock(output) && (!output.isLast() || Invocable.isNonBlockingInvocation())) {
            listener.execute(output::succeeded);
        } else {
            output.succeeded();
        }
    }

    /** Fails what is lost. A callback that may block must not hold up the others. */
    private void fail(Outgoing output, Throwable cause) {
        if (mayBlock(output)) {
            listener.execute(() -> output.failed(cause));
        } else {
            output.failed(cause);
        }
    }

    private static boolean mayBlock(Outgoing output) {
        return output.getInvocationType() == InvocationType.BLOCKING;
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        List<Outgoing> lost = new ArrayList<>(written);
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
        listener.onWriteFailure(cause);
    }

    /**
     * Refuses everything from now on; what waits fails, after the write in flight if there is one. {@link
     * IteratingCallback#abort} would be forgotten if it came while a write is being completed (Jetty 12.1.7).
     */
    public void shut() {
        shut = true;
        iterate();
    }

    @Override
    public InvocationType getInvocationType() {
        return mayBlock ? InvocationType.EITHER : InvocationType.NON_BLOCKING;
    }

    /** Every connection ends so: without a stack trace, which would tell nothing. */
    private static final class Shut extends EofException {
        private static final long serialVersionUID = 1;

        Shut() {
            super("connection closed");
        }

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }
}
