package dev.gangway.fcgi.reading;

import java.util.Deque;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/**
 * A connection that waits for input on a selector of Jetty, or for a while on its thread's own.
 *
 * <p>As long as requests come one at a time, the thread that has read one also runs the application and reads on when
 * that returns. This saves a hand-over between threads, and is why it is not left to Jetty's execution strategies.
 * While the application runs, its own reads fetch STDIN; if it waits or takes long, the selector takes over. A
 * connection that is to be <em>read ahead</em> is always left to the selector before an application runs. Who reads is
 * settled by the {@link ReaderRole}.
 *
 * <p>When nothing more has come, the thread may {@link Stay} a while and wait for the next request itself. Whoever waits,
 * the role is {@code ARMED}, and the first that is woken has it.
 */
public final class SelectedReading implements Reading {
    /** How often the selector's own thread reads from one connection before it looks at the others. */
    private static final int MAX_FILLS = 16;

    private final EndPoint endPoint;
    private final Executor executor;
    private final Intake intake;
    private final Listener listener;
    private final ReaderRole role = new ReaderRole();
    private final Invocable applications;
    private final Stay stay;
    private final Callback fillCallback = new FillCallback();

    /** A request has been served: only then does a thread stay. Belongs to the holder of the role. */
    private boolean served;

    private volatile boolean pausing;
    private volatile boolean readAhead;
    private volatile boolean ended;

    /**
     * @param executor  runs what the reading thread does not
     * @param applications says whether they may be called without blocking
     * @param readAhead whether the connection is read while applications run, from the beginning
     */
    public SelectedReading(
            EndPoint endPoint,
            Executor executor,
            Intake intake,
            Listener listener,
            Invocable applications,
            Stay stay,
            boolean readAhead) {
        this.endPoint = endPoint;
        this.executor = executor;
        this.intake = intake;
        this.listener = listener;
        this.applications = applications;
        this.stay = stay;
        this.readAhead = readAhead;
    }

    /** The first request is usually there already. */
    @Override
    public void start() {
        if (!stay.beginsAtOnce()) {
            resume();
        } else if (role.unpause()) {
            read(true);
        }
    }

    @Override
    public void readAhead() {
        readAhead = true;
    }

    @Override
    public boolean isReadingAhead() {
        return readAhead;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public boolean isBetweenRecords() {
        return intake.isBetweenRecords();
    }

    @Override
    public long bytesIn() {
        return intake.bytesIn();
    }

    @Override
    public long idleNanos() {
        return intake.idleNanos();
    }

    @Override
    public boolean isIdle() {
        return switch (role.state()) {
            case LENT -> true;
            case PAUSED -> !isFull();
            default -> false;
        };
    }

    @Override
    public boolean isPaused() {
        return role.state() == ReaderRole.State.PAUSED && isFull();
    }

    // ---- called while parsing, by the holder of the role ----

    @Override
    public void addTask(Runnable task) {
        intake.addTask(task);
    }

    @Override
    public void addWakeUp(Runnable task) {
        intake.addWakeUp(task);
    }

    @Override
    public RetainableByteBuffer input() {
        return intake.buffer();
    }

    @Override
    public void pause() {
        pausing = true;
    }

    // ---- called by anybody ----

    /** Lets the selector read. */
    @Override
    public void onBusy() {
        if (role.armIdle()) {
            awaitInput();
        }
    }

    @Override
    public void resume() {
        if (role.armPaused()) {
            awaitInput();
        }
    }

    @Override
    public boolean stopIdle() {
        return role.select();
    }

    @Override
    public void unstop() {
        arm();
    }

    @Override
    public void end() {
        ended = true;
    }

    @Override
    public void pull(Wanted wanted) {
        if (readAhead || !role.borrow()) {
            return;
        }
        try {
            int filled = 1;
            // Once requests overlap, this thread must not collect what others send.
            while (filled > 0 && !readAhead && !wanted.isReadable()) {
                filled = intake.fetchAndParse(wanted.mayBeLarge());
            }
            if (filled < 0) {
                onEnd();
            }
            while (!ended && !intake.tasks().isEmpty()) {
                executor.execute(intake.tasks().poll());
            }
        } catch (Throwable e) {
            onFailure(e);
            return;
        }
        if (ended) {
            stop();
            return;
        }
        intake.release();
        if (readAhead) {
            arm();
        } else if (!role.giveBack()) {
            role.pause();
        }
    }

    // ---- the loop ----

    /**
     * Called by the holder of the role, who has given it up on return.
     *
     * @param mayBlock whether it may run what blocks, and wait: a selector's thread has others to serve
     */
    private void read(boolean mayBlock) {
        OwnSelector mine = null;
        int fills = 0;
        try {
            while (endPoint.isOpen()) {
                if (!intake.tasks().isEmpty()) {
                    if (!runTasks(mayBlock)) {
                        return;
                    }
                } else if (isFull()) {
                    if (!pauseUntilDrained()) {
                        return;
                    }
                } else {
                    boolean othersWait = fills++ == MAX_FILLS && !mayBlock;
                    boolean nothingThere = othersWait || (mine != null && intake.isDrained());
                    int filled = nothingThere ? 0 : intake.fillAndParse();
                    if (filled == 0) {
                        intake.release();
                        boolean stays = served && mayBlock && !readAhead && intake.isBetweenRecords();
                        mine = stays && mine == null ? stay.begin() : mine;
                        if (!await(stays ? mine : null)) {
                            return;
                        }
                    }
                    if (filled < 0) {
                        onEnd();
                        if (intake.tasks().isEmpty()) {
                            break;
                        }
                    }
                }
            }
            stop();
        } catch (Throwable e) {
            onFailure(e);
        } finally {
            stay.end(mine);
        }
    }

    /** Waits for input, on this thread or the selector of Jetty. Returns whether the caller has the role again. */
    private boolean await(OwnSelector mine) {
        if (mine == null) {
            arm();
            return false;
        }
        if (!role.arm()) {
            return false;
        }
        if (ended || !stay.await(mine)) {
            awaitInput();
            return false;
        }
        if (!role.select()) {
            return false;
        }
        intake.refill();
        return true;
    }

    /** Runs the tasks of the parsing. Returns whether the caller has the role again. */
    private boolean runTasks(boolean mayBlock) {
        Deque<Runnable> tasks = intake.tasks();
        boolean alone = tasks.size() == 1 && !readAhead;
        while (tasks.size() > 1) {
            executor.execute(tasks.poll());
        }
        boolean wakes = alone && intake.isWakeUp();
        Runnable task = tasks.poll();
        intake.release();
        if (wakes) {
            // The application pulls what follows: two threads that read in turn would only wake each other.
            role.pause();
        } else if (alone) {
            served = true;
            role.lend();
        } else {
            leaveToOthers();
        }
        boolean lent = alone && !wakes;
        if (mayBlock || isNonBlocking(task)) {
            return run(task, lent);
        }
        executor.execute(() -> {
            if (run(task, lent)) {
                read(true);
            }
        });
        return false;
    }

    /** Returns whether the caller has the role again. */
    private boolean run(Runnable task, boolean lent) {
        task.run();
        // An interrupt of one application is not to reach the next one.
        Thread.interrupted();
        return lent && role.reclaim();
    }

    private void leaveToOthers() {
        if (!isFull() || pauseUntilDrained()) {
            arm();
        }
    }

    private static boolean isNonBlocking(Runnable task) {
        return Invocable.getInvocationType(task) == InvocationType.NON_BLOCKING;
    }

    private boolean isFull() {
        if (pausing && !listener.isFull()) {
            pausing = false;
        }
        return pausing;
    }

    /** Returns whether the caller still has the role, as there is room already. */
    private boolean pauseUntilDrained() {
        intake.release();
        role.pause();
        return !listener.isFull() && role.unpause();
    }

    private void arm() {
        if (role.arm()) {
            awaitInput();
        }
    }

    /** Asks the selector to call, unless a call is still due: the role may have been taken from it meanwhile. */
    private void awaitInput() {
        endPoint.tryFillInterested(fillCallback);
    }

    private void onEnd() {
        ended = true;
        listener.onInputEnd();
    }

    private void onFailure(Throwable cause) {
        ended = true;
        listener.onReadFailure(cause);
        stop();
    }

    private void stop() {
        intake.release();
        role.close();
        listener.onStopped();
        // No application is started any more, but those that wait must be told.
        intake.tasks().forEach(listener::runNow);
        intake.tasks().clear();
    }

    /** Wakes the reader. It may run on the selector's own thread, which then leaves applications to another one. */
    private final class FillCallback implements Callback {
        /** As Jetty knows it: it then has the selector's thread call without marking that. */
        private volatile InvocationType type = InvocationType.EITHER;

        @Override
        public void succeeded() {
            if (role.select()) {
                read(type != InvocationType.NON_BLOCKING && !Invocable.isNonBlockingInvocation());
            }
        }

        @Override
        public void failed(Throwable cause) {
            role.close();
            endPoint.close(cause);
            listener.onStopped();
        }

        @Override
        public InvocationType getInvocationType() {
            type = applications.getInvocationType() == InvocationType.NON_BLOCKING
                    ? InvocationType.NON_BLOCKING
                    : InvocationType.EITHER;
            return type;
        }
    }

    @Override
    public String toString() {
        return role.state().toString();
    }
}
