package dev.gangway.fcgi.server;

import dev.gangway.api.Role;
import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.ProtocolStatus;
import dev.gangway.fcgi.record.RecordListener;
import dev.gangway.fcgi.record.RecordParser;
import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.record.RecordWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a web server.
 *
 * <p>As long as it carries one request at a time the thread that reads a request also runs the application, and reads
 * the next request when that returns. Once requests overlap, or if web servers of this connector are known to do that,
 * the connection is read ahead while applications run. Who reads is settled by the {@link ReaderRole}.
 */
final class FcgiConnection extends AbstractConnection implements RecordListener {
    private static final Logger LOG = LoggerFactory.getLogger(FcgiConnection.class);
    private static final AtomicLong IDS = new AtomicLong();

    /** How many management records are answered between two requests. */
    private static final int MAX_MANAGEMENT = 1000;
    /** How many answers to management records may wait for the web server to read them. */
    private static final int MAX_UNREAD_ANSWERS = 100;

    private final String id = "fcgi-" + IDS.incrementAndGet();
    private final FcgiConnectionFactory factory;
    private final Connector connector;
    private final FcgiFlusher flusher;
    private final RecordParser parser = new RecordParser(this);
    private final ReaderRole role = new ReaderRole();
    private final Callback fillCallback = new FillCallback();
    private final Map<Integer, FcgiStream> active = new ConcurrentHashMap<>();
    private final Deque<RequestChannel> channels = new ConcurrentLinkedDeque<>();
    private final AtomicInteger unreadAnswers = new AtomicInteger();
    private final AtomicLong responses = new AtomicLong();

    // These belong to the holder of the reader role.
    private final Deque<Runnable> tasks = new ArrayDeque<>(2);
    private RetainableByteBuffer input;
    private volatile FcgiStream full;
    private int management;

    private volatile boolean readAhead;
    private volatile boolean multiplexed;
    private volatile boolean closeAfterLast;
    private volatile boolean inputEnded;
    private volatile Lingering lingering;
    private volatile long lastActivity = NanoTime.now();
    private volatile long bytesIn;
    private volatile long requests;

    FcgiConnection(FcgiConnectionFactory factory, Connector connector, EndPoint endPoint) {
        super(endPoint, connector.getExecutor());
        this.factory = factory;
        this.connector = connector;
        this.flusher = new FcgiFlusher(endPoint, this);
        this.readAhead = factory.peersMultiplex();
    }

    String id() {
        return id;
    }

    Connector connector() {
        return connector;
    }

    HttpConfiguration httpConfiguration() {
        return factory.getHttpConfiguration();
    }

    FcgiConfiguration configuration() {
        return factory.getConfiguration();
    }

    FcgiFlusher flusher() {
        return flusher;
    }

    /** {@return whether requests have overlapped here, so that one that fails must not take others with it} */
    boolean isMultiplexed() {
        return multiplexed;
    }

    // ---- life ----

    @Override
    public void onOpen() {
        super.onOpen();
        if (!factory.connections().add(this)) {
            LOG.warn("connection refused: {} are open already", configuration().getMaxConnections());
            close();
            return;
        }
        // Reads are timed by the sweep; what is left for the end point is a write that nobody takes.
        getEndPoint().setIdleTimeout(configuration().getRequestIdleTimeout().toMillis());
        if (role.arm()) {
            getEndPoint().fillInterested(fillCallback);
        }
    }

    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return flusher.isWriting();
    }

    @Override
    public void onClose(Throwable cause) {
        factory.connections().remove(this);
        inputEnded = true;
        Throwable reason = cause == null ? new EofException("connection closed") : cause;
        abortAll(reason);
        flusher.shut();
        super.onClose(cause);
    }

    private void abortAll(Throwable cause) {
        active.values().forEach(stream -> stream.abort(cause));
    }

    /** Called several times a second by the scheduler. */
    void sweep(long periodNanos) {
        active.values().forEach(FcgiStream::sweep);
        long idle = NanoTime.since(lastActivity);
        if (idle > periodNanos && role.state() == ReaderRole.State.LENT && role.armIdle()) {
            // The application takes its time: see to it that an abort is noticed.
            getEndPoint().fillInterested(fillCallback);
        }
        FcgiStream stalled = full;
        if (stalled != null
                && readAhead
                && role.state() == ReaderRole.State.PAUSED
                && idle > configuration().getStallTimeout().toNanos()) {
            stalled.onStalled();
        }
        if (lingering != null ? lingering.isOver(bytesIn) : isExpired(idle) && role.select()) {
            close();
        }
    }

    private boolean isExpired(long idle) {
        if (!active.isEmpty()) {
            return false;
        }
        return connector.isShutdown()
                || idle > configuration().getConnectionIdleTimeout().toNanos()
                || (!parser.isBetweenRecords()
                        && idle > configuration().getParamsTimeout().toNanos());
    }

    /** The last request has been answered, but its STDIN may still be coming: it is listened to for so long and so much. */
    private record Lingering(int requestId, long since, long bytesBefore) {
        private static final long MAX_NANOS = 30_000_000_000L;
        private static final long MAX_BYTES = 256 * 1024 * 1024;

        boolean isOver(long bytesNow) {
            return NanoTime.since(since) > MAX_NANOS || bytesNow - bytesBefore > MAX_BYTES;
        }
    }

    // ---- reading ----

    @Override
    public void onFillable() {
        if (role.select()) {
            read();
        }
    }

    private void onFillFailed(Throwable cause) {
        role.close();
        getEndPoint().close(cause);
    }

    /** Called by the holder of the role, who has given it up on return. */
    private void read() {
        try {
            while (getEndPoint().isOpen()) {
                if (!tasks.isEmpty()) {
                    if (!runTasks()) {
                        return;
                    }
                } else if (isFull()) {
                    if (!pauseUntilDrained()) {
                        return;
                    }
                } else {
                    int filled = fillAndParse();
                    if (filled == 0) {
                        releaseInput();
                        arm();
                        return;
                    }
                    if (filled < 0) {
                        onInputEnd();
                        if (tasks.isEmpty()) {
                            break;
                        }
                    }
                }
            }
            endReading();
        } catch (ConnectionError e) {
            onConnectionError(e);
        } catch (Throwable e) {
            // A reset, most likely; whatever it is, only this connection suffers.
            LOG.debug("{}: reading failed", id, e);
            endReading();
            getEndPoint().close(e);
        }
    }

    private int fillAndParse() throws IOException, ConnectionError {
        if (input != null && input.isRetained()) {
            releaseInput();
        }
        if (input == null) {
            input = connector
                    .getByteBufferPool()
                    .acquire(getInputBufferSize(), httpConfiguration().isUseInputDirectByteBuffers());
        }
        ByteBuffer buffer = input.getByteBuffer();
        BufferUtil.clear(buffer);
        int filled = fill(buffer);
        if (filled > 0) {
            bytesIn += filled;
            lastActivity = NanoTime.now();
            parser.parse(buffer);
        }
        return filled;
    }

    private int fill(ByteBuffer buffer) throws IOException {
        if (configuration().getHalfClose() == FcgiConfiguration.HalfClose.TOLERATE
                && getEndPoint().getTransport() instanceof SocketChannel channel) {
            // The end point reports a reset as an end, which here would be tolerated.
            int position = BufferUtil.flipToFill(buffer);
            int filled = channel.read(buffer);
            BufferUtil.flipToFlush(buffer, position);
            return filled;
        }
        return getEndPoint().fill(buffer);
    }

    private void releaseInput() {
        if (input != null) {
            input.release();
            input = null;
        }
    }

    private void arm() {
        if (role.arm()) {
            getEndPoint().fillInterested(fillCallback);
        }
    }

    private void endReading() {
        releaseInput();
        role.close();
        // Whoever waits for them must not wait for ever.
        while (!tasks.isEmpty()) {
            getExecutor().execute(tasks.poll());
        }
    }

    /** Runs what the parsing has brought up. Returns whether the caller has the role again. */
    private boolean runTasks() {
        boolean alone = tasks.size() == 1 && !readAhead;
        while (tasks.size() > 1) {
            getExecutor().execute(tasks.poll());
        }
        Runnable task = tasks.poll();
        releaseInput();
        if (!alone) {
            if (isFull()) {
                role.pause();
                if (!isFull() && role.armPaused()) {
                    getEndPoint().fillInterested(fillCallback);
                }
            } else {
                arm();
            }
            runHere(task);
            return false;
        }
        role.lend();
        if (mayRunHere(task)) {
            task.run();
            return role.reclaim();
        }
        getExecutor().execute(() -> {
            task.run();
            if (role.reclaim()) {
                read();
            }
        });
        return false;
    }

    private void runHere(Runnable task) {
        if (mayRunHere(task)) {
            task.run();
        } else {
            getExecutor().execute(task);
        }
    }

    private static boolean mayRunHere(Runnable task) {
        return !Invocable.isNonBlockingInvocation()
                || Invocable.getInvocationType(task) == Invocable.InvocationType.NON_BLOCKING;
    }

    private boolean isFull() {
        return full != null && full.isFull();
    }

    /** Returns whether the caller still has the role, as it had drained already. */
    private boolean pauseUntilDrained() {
        releaseInput();
        FcgiStream waitedFor = full;
        role.pause();
        return !waitedFor.isFull() && role.borrow();
    }

    /** A request keeps less than it may again. */
    void onDrained() {
        if (readAhead || active.size() != 1) {
            if (role.armPaused()) {
                getEndPoint().fillInterested(fillCallback);
            }
        }
    }

    /** The application waits, for STDIN or for the web server to take its output: let the selector read meanwhile. */
    void onWaiting() {
        if (role.armIdle()) {
            getEndPoint().fillInterested(fillCallback);
        }
    }

    /** The application reads and there is nothing: let its own thread fetch it, if nobody else reads. */
    void pull(FcgiStream stream) {
        if (readAhead || !role.borrow()) {
            return;
        }
        try {
            int filled = 1;
            while (filled > 0 && !stream.isReadable()) {
                filled = fillAndParse();
            }
            if (filled < 0) {
                onInputEnd();
            }
        } catch (ConnectionError e) {
            onConnectionError(e);
        } catch (Throwable e) {
            LOG.debug("{}: reading failed", id, e);
            inputEnded = true;
            getEndPoint().close(e);
        }
        if (inputEnded) {
            endReading();
            return;
        }
        while (!tasks.isEmpty()) {
            getExecutor().execute(tasks.poll());
        }
        releaseInput();
        if (readAhead) {
            arm();
        } else if (!role.giveBack()) {
            role.pause();
        }
    }

    /** The web server will send nothing more. */
    private void onInputEnd() {
        inputEnded = true;
        boolean tolerated = configuration().getHalfClose() == FcgiConfiguration.HalfClose.TOLERATE
                && !active.isEmpty()
                && active.values().stream().allMatch(FcgiStream::isInputComplete);
        if (!tolerated) {
            abortAll(new EofException("the web server has closed the connection"));
            getEndPoint().close();
        }
    }

    private void onConnectionError(ConnectionError error) {
        LOG.warn("closing the connection from {}: {}", getEndPoint().getRemoteSocketAddress(), error.getMessage());
        inputEnded = true;
        endReading();
        getEndPoint().close();
    }

    // ---- records, called by the holder of the role ----

    @Override
    public void onBeginRequest(int requestId, int roleCode, boolean keepConn) throws ConnectionError {
        if (active.containsKey(requestId)) {
            throw new ConnectionError("request " + requestId + ": BEGIN_REQUEST while it is active");
        }
        management = 0;
        requests++;
        FcgiStream.Refusal refusal = refusal(roleCode);
        if (!keepConn) {
            closeAfterLast = true;
        }
        active.put(requestId, new FcgiStream(this, requestId, keepConn, refusal));
    }

    private FcgiStream.Refusal refusal(int roleCode) {
        boolean accepted = factory.beginRequest();
        if (!active.isEmpty() && !isOverlapServed()) {
            return new FcgiStream.Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, ProtocolStatus.CANT_MPX_CONN);
        }
        if (roleCode == Role.AUTHORIZER.code()) {
            return new FcgiStream.Refusal(HttpStatus.FORBIDDEN_403, ProtocolStatus.UNKNOWN_ROLE);
        }
        if (roleCode != Role.RESPONDER.code()) {
            return new FcgiStream.Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, ProtocolStatus.UNKNOWN_ROLE);
        }
        if (!accepted || closeAfterLast || connector.isShutdown()) {
            return new FcgiStream.Refusal(HttpStatus.SERVICE_UNAVAILABLE_503, ProtocolStatus.OVERLOADED);
        }
        return null;
    }

    private boolean isOverlapServed() {
        if (configuration().isMultiplexing()) {
            onMultiplexing();
        }
        return configuration().isMultiplexing();
    }

    private void onMultiplexing() {
        multiplexed = true;
        readAhead = true;
        factory.onPeerMultiplexes();
    }

    @Override
    public void onAbortRequest(int requestId) {
        FcgiStream stream = active.get(requestId);
        if (stream != null) {
            stream.abort(new EofException("aborted by the web server"));
        }
    }

    @Override
    public void onContent(RecordType type, int requestId, ByteBuffer content) {
        FcgiStream stream = active.get(requestId);
        if (stream == null) {
            return;
        }
        if (type == RecordType.PARAMS) {
            stream.onParams(content);
        } else if (type == RecordType.STDIN) {
            stream.onStdin(content, input);
            if (stream.isFull()) {
                full = stream;
            }
        } else {
            stream.onData();
        }
    }

    @Override
    public void onEnd(RecordType type, int requestId) {
        FcgiStream stream = active.get(requestId);
        if (stream == null) {
            if (type == RecordType.STDIN && lingering != null && lingering.requestId() == requestId) {
                getEndPoint().close();
            }
            return;
        }
        if (type == RecordType.PARAMS) {
            stream.onParamsEnd();
        } else if (type == RecordType.STDIN) {
            stream.onStdinEnd();
        }
    }

    @Override
    public void onGetValues(List<String> names) throws ConnectionError {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            switch (name) {
                case "FCGI_MAX_CONNS" ->
                    values.put(name, Integer.toString(configuration().getMaxConnections()));
                case "FCGI_MAX_REQS" ->
                    values.put(name, Integer.toString(configuration().getMaxRequests()));
                case "FCGI_MPXS_CONNS" -> {
                    values.put(name, configuration().isMultiplexing() ? "1" : "0");
                    if (configuration().isMultiplexing()) {
                        onMultiplexing();
                    }
                }
                default -> {
                    // Names that we do not know are left out.
                }
            }
        }
        answer(RecordWriter.getValuesResult(values));
    }

    @Override
    public void onUnknownManagement(int type) throws ConnectionError {
        answer(RecordWriter.unknownType(type));
    }

    private void answer(ByteBuffer record) throws ConnectionError {
        if (++management > MAX_MANAGEMENT || unreadAnswers.incrementAndGet() > MAX_UNREAD_ANSWERS) {
            throw new ConnectionError("too many management records");
        }
        flusher.submit(new Output.Record(record, unreadAnswers::decrementAndGet));
    }

    @Override
    public void onMisplaced(RecordType type, int requestId) throws ConnectionError {
        if (active.containsKey(requestId)) {
            throw new ConnectionError("request " + requestId + ": " + type + " from a web server");
        }
    }

    // ---- services for the requests ----

    /** Has a task run when the parsing is over. */
    void addTask(Runnable task) {
        if (task != null) {
            tasks.add(task);
        }
    }

    /** Runs a task of a channel that must not wait for a free thread. */
    void runNow(Runnable task) {
        ThreadPool.executeImmediately(getExecutor(), task);
    }

    void execute(Runnable task) {
        getExecutor().execute(task);
    }

    RequestChannel takeChannel() {
        RequestChannel channel = channels.poll();
        return channel == null ? RequestChannel.of(this) : channel;
    }

    void giveBack(RequestChannel channel) {
        channels.push(channel);
    }

    /** END_REQUEST is about to leave, or will never leave. */
    void onEnded(FcgiStream stream) {
        if (active.remove(stream.id(), stream)) {
            factory.endRequest();
            responses.incrementAndGet();
            lastActivity = NanoTime.now();
            onDrained();
        }
    }

    /** END_REQUEST has left. */
    void onEndWritten(FcgiStream stream) {
        if (!active.isEmpty()) {
            return;
        }
        if (inputEnded) {
            getEndPoint().close();
        } else if (closeAfterLast || connector.isShutdown()) {
            if (stream.isInputComplete()) {
                getEndPoint().close();
            } else {
                // A close with input unread would reset the connection and could destroy the response.
                lingering = new Lingering(stream.id(), NanoTime.now(), bytesIn);
                getEndPoint().shutdownOutput();
            }
        }
    }

    /**
     * Ends an exclusive connection in the middle of a response, so that the web server does not take it for complete:
     * TCP by a reset, which most web servers notice, a Unix socket inside a record.
     */
    void breakOff(FcgiStream stream) {
        stream.onEndEncoded();
        if (getEndPoint().getTransport() instanceof SocketChannel channel
                && getEndPoint().getLocalSocketAddress() instanceof InetSocketAddress) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                LOG.debug("{}: closed already", id, e);
            }
            getEndPoint().close();
            return;
        }
        ByteBuffer record = ByteBuffer.allocate(RecordWriter.HEADER_LENGTH);
        RecordWriter.header(record, RecordType.STDOUT, stream.id(), RecordWriter.HEADER_LENGTH);
        flusher.submit(new Output.Record(record.flip(), getEndPoint()::close));
    }

    // ---- statistics ----

    @Override
    public long getMessagesIn() {
        return requests;
    }

    @Override
    public long getMessagesOut() {
        return responses.get();
    }

    @Override
    public long getBytesIn() {
        return bytesIn;
    }

    @Override
    public long getBytesOut() {
        return flusher.bytesOut();
    }

    @Override
    public String toConnectionString() {
        return "%s[%s,%d active,%s]"
                .formatted(id, role.state(), active.size(), multiplexed ? "multiplexed" : "exclusive");
    }

    /** Wakes the reader. It may run on the selector's own thread, which then leaves the application to another. */
    private final class FillCallback implements Callback {
        @Override
        public void succeeded() {
            onFillable();
        }

        @Override
        public void failed(Throwable cause) {
            onFillFailed(cause);
        }

        @Override
        public InvocationType getInvocationType() {
            return connector.getServer().getInvocationType() == InvocationType.NON_BLOCKING
                    ? InvocationType.NON_BLOCKING
                    : InvocationType.EITHER;
        }
    }
}
