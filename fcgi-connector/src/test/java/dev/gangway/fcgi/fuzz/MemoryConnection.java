package dev.gangway.fcgi.fuzz;

import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;

/** One connection of a {@link MemoryServer}. */
final class MemoryConnection extends ByteArrayEndPoint {
    private final CallerThread thread;
    private final CallerThread.Clock clock;
    private final Answers answers = new Answers();
    private Throwable closedBy;

    MemoryConnection(
            CallerThread thread,
            CallerThread.Clock clock,
            Connector connector,
            FcgiConnectionFactory factory,
            int window) {
        super(clock, 0, (ByteBuffer) null, window, false);
        this.thread = thread;
        this.clock = clock;
        Connection connection = factory.newConnection(connector, this);
        setConnection(connection);
        connection.onOpen();
        thread.run();
    }

    @Override
    protected void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public void onClose(Throwable cause) {
        closedBy = cause;
        super.onClose(cause);
        getConnection().onClose(cause);
    }

    /** Says something, if the server still listens. */
    void say(ByteBuffer bytes) {
        if (isOpen()) {
            addInput(bytes.slice());
        }
    }

    /** Has the server do what it can. */
    void work() {
        thread.run();
    }

    /** Reads what the server has written, at most a window. */
    void listen() {
        answers.add(takeOutput());
        thread.run();
    }

    /** Has the server work, and reads, until nothing comes any more. */
    void finish() {
        long before;
        do {
            before = answers.received();
            work();
            listen();
            clock.tick();
            work();
            listen();
        } while (answers.received() > before);
    }

    /** Ends it, from this side. */
    void end(boolean orderly) {
        if (orderly && isOpen()) {
            addInputEOF();
            work();
        }
        close();
        work();
        if (closedBy != null && !(closedBy instanceof ConnectionError) && !(closedBy instanceof IOException)) {
            throw new AssertionError("the server has failed", closedBy);
        }
    }

    Answers answers() {
        return answers;
    }
}
