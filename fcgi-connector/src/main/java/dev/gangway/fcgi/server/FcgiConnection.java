package dev.gangway.fcgi.server;

import dev.gangway.api.Role;
import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.ProtocolStatus;
import dev.gangway.fcgi.record.RecordListener;
import dev.gangway.fcgi.record.RecordType;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.component.Dumpable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a web server.
 *
 * <p>It knows the active requests and what becomes of the connection when they end. The bytes come through its
 * {@link ConnectionReader} and leave through its {@link FcgiFlusher}.
 */
final class FcgiConnection extends AbstractConnection implements RecordListener, Dumpable {
    private static final Logger LOG = LoggerFactory.getLogger(FcgiConnection.class);
    private static final AtomicLong IDS = new AtomicLong();

    /** How many requests may have begun and wait for the end of their PARAMS: web servers send all of them at once. */
    private static final int MAX_INCOMPLETE = 100;
    /** How many of them may be on one connection, if all connections together have too many. */
    private static final int MAX_INCOMPLETE_AT_THE_LIMIT = 10;
    /** How many complete responses may wait for the web server to read them before no more is read from it. */
    private static final int MAX_UNREAD_RESPONSES = 100;
    /** How many threads may be asked for in vain, by requests that are aborted at once, before no more is read. */
    private static final int MAX_TURNS_GIVEN_UP = 1000;

    /**
     * How long a shared connection that has served its number of requests has nothing to do before it is ended: with the
     * last answer the next requests are on their way already, and HAProxy 2.6 crashes if it loses many of them.
     */
    private static final long PAUSE_NANOS = 500_000_000;

    /** How long a connection that has nothing to do may hold up the stop of the server. */
    private static final long SHUTDOWN_NANOS = 1_000_000_000;

    private final String id = "fcgi-" + IDS.incrementAndGet();
    private final FcgiConnectionFactory factory;
    private final Connector connector;
    private final String peer;
    private final Closing closing;
    private final HeadLimit headLimit;
    private final FcgiFlusher flusher;
    private final Management management;
    private final ConnectionReader reader;
    private final UnreadInput unreadInput;
    private final Map<Integer, FcgiStream> active = new ConcurrentHashMap<>();
    private final Deque<RequestChannel> channels = new ConcurrentLinkedDeque<>();
    private final AtomicInteger unwrittenEnds = new AtomicInteger();
    private final AtomicInteger turnsGivenUp = new AtomicInteger();
    private final AtomicLong responses = new AtomicLong();

    private volatile boolean multiplexed;
    private volatile boolean askedToMultiplex;
    private volatile boolean closeAfterLast;
    private volatile Throwable closedBy;
    private volatile Lingering lingering;
    private volatile long lastEnd = NanoTime.now();
    private volatile long requests;

    FcgiConnection(FcgiConnectionFactory factory, Connector connector, EndPoint endPoint) {
        super(endPoint, connector.getExecutor());
        this.factory = factory;
        this.connector = connector;
        this.peer = peer(endPoint);
        this.closing = new Closing(endPoint);
        this.headLimit = HeadLimit.of(httpConfiguration());
        this.flusher = new FcgiFlusher(endPoint, this);
        this.management = new Management(factory.getConfiguration(), flusher);
        this.reader = new ConnectionReader(this, factory.overlaps().isLikely(connector));
        this.unreadInput = new UnreadInput(reader, flusher, configuration().getStallTimeout());
    }

    /** The other end as it can be named; a client of a Unix socket has no name of its own. */
    private static String peer(EndPoint endPoint) {
        SocketAddress remote = endPoint.getRemoteSocketAddress();
        return remote == null || remote.toString().isEmpty() ? "local peer" : remote.toString();
    }

    /** {@return the other end as logs name it} */
    String peer() {
        return peer;
    }

    String id() {
        return id;
    }

    Connector connector() {
        return connector;
    }

    HttpConfiguration httpConfiguration() {
        return factory.effectiveHttpConfiguration();
    }

    FcgiConfiguration configuration() {
        return factory.getConfiguration();
    }

    FcgiFlusher flusher() {
        return flusher;
    }

    HeadLimit headLimit() {
        return headLimit;
    }

    /** {@return whether requests have overlapped here, so that one that fails must not take others with it} */
    boolean isMultiplexed() {
        return multiplexed;
    }

    /** {@return whether requests have overlapped here, or the web server has asked whether they may} */
    boolean mayMultiplex() {
        return multiplexed || askedToMultiplex;
    }

    /** {@return whether all requests are questions to the Authorizer} */
    boolean isForAuthorizer() {
        return factory.isForAuthorizer();
    }

    Incidents incidents() {
        return factory.incidents();
    }

    // ---- life ----

    @Override
    public void onOpen() {
        super.onOpen();
        if (!configuration().getAllowedPeers().allow(getEndPoint().getRemoteSocketAddress())) {
            incidents().on(Incident.FOREIGN_PEER, "connection refused: {} is not an allowed peer", peer);
            closing.inOrder();
            return;
        }
        if (!factory.connections().add(this)) {
            incidents()
                    .on(
                            Incident.CONNECTION_LIMIT,
                            "connection refused: {} are open already",
                            configuration().getMaxConnections());
            closing.inOrder();
            return;
        }
        closing.onOpen();
        getEndPoint().setIdleTimeout(0);
        reader.start();
    }

    /** The sweep keeps the time: this clock knows neither reads from writes nor whether a write moves. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return false;
    }

    /** Called by Jetty when the server has waited long enough for its requests. */
    @Override
    public void close() {
        end(new EofException("the server stops"));
    }

    @Override
    public void onClose(Throwable cause) {
        factory.connections().remove(this);
        reader.end();
        if (closedBy == null) {
            closedBy = cause == null ? new EofException("connection closed") : cause;
        }
        abortAll(closedBy);
        flusher.shut();
        super.onClose(cause);
    }

    private void abortAll(Throwable cause) {
        active.values().forEach(stream -> stream.abort(cause));
    }

    /** Called several times a second by the scheduler. */
    void sweep(long periodNanos) {
        active.values().forEach(FcgiStream::sweep);
        long silence = reader.idleNanos();
        if (silence > periodNanos && reader.isIdle()) {
            // The application takes its time, perhaps after its response: see to it that an abort, the next request or
            // the end of the connection is noticed.
            reader.letSelectorRead();
        }
        if (lingering != null) {
            if (lingering.isOver(reader.bytesIn()) || (isStopping() && reader.idleNanos() > SHUTDOWN_NANOS)) {
                closing.inOrder();
            }
            return;
        }
        Duration writeTimeout = configuration().getRequestWriteTimeout();
        if (flusher.stalledNanos() > writeTimeout.toNanos()) {
            end(new TimeoutException("the web server has taken nothing of a response for " + writeTimeout));
            return;
        }
        if (closeIfForgotten()) {
            return;
        }
        if (silence > periodNanos) {
            unreadInput.sweep(active.values());
        }
    }

    /** Closes it if nothing is going on and nothing is waited for; returns whether that was looked into. */
    boolean closeIfForgotten() {
        if (!isForgotten() || !reader.stopIdle()) {
            return false;
        }
        // A request may have begun before the reading was stopped.
        if (isForgotten()) {
            if (requests == 0) {
                closing.inOrder();
                return true;
            }
            lingerUntilClosed();
        }
        reader.goOn();
        return true;
    }

    /** The web server may begin a request at this moment, or not have read all of the last answer. */
    private void lingerUntilClosed() {
        lingering = Lingering.untilClosed(reader.bytesIn());
        closing.endOutput();
    }

    private boolean isForgotten() {
        return isSilent() && isExpired();
    }

    /** {@return whether no response is missing, nor a part of one} */
    private boolean isSilent() {
        // In this order: an answer that is about to leave is active until it is unwritten.
        return active.isEmpty() && unwrittenEnds.get() == 0;
    }

    private boolean isStopping() {
        return connector.isShutdown() || factory.connections().isShutdown();
    }

    private boolean isExpired() {
        // Not since something came: what is no request must not keep a connection open.
        long idle = NanoTime.since(lastEnd);
        return isStopping()
                || (multiplexed && idle > PAUSE_NANOS && isUsedUp())
                || idle > configuration().getConnectionIdleTimeout().toNanos()
                || (!reader.isBetweenRecords()
                        && Math.min(reader.idleNanos(), idle)
                                > configuration().getParamsTimeout().toNanos());
    }

    // ---- told by the reader ----

    /** The reader has its own callback; this one is never registered. */
    @Override
    public void onFillable() {
        throw new IllegalStateException(toConnectionString());
    }

    /** The web server will send nothing more. */
    void onInputEnd() {
        boolean tolerated = configuration().getHalfClose() == FcgiConfiguration.HalfClose.TOLERATE
                && !isSilent()
                && active.values().stream().allMatch(FcgiStream::isRequestComplete);
        if (!tolerated) {
            end(new EofException("the web server has closed the connection"));
        }
    }

    /** The reader has stopped for good: what it has begun since the connection was closed ends as well. */
    void onReaderStopped() {
        if (closedBy == null && !getEndPoint().isOpen()) {
            closedBy = new EofException("connection closed");
        }
        if (closedBy != null) {
            abortAll(closedBy);
        }
    }

    /** Only this connection suffers. */
    void onReadFailure(Throwable cause) {
        if (cause instanceof ConnectionError) {
            incidents().on(Incident.CONNECTION_ERROR, "{}: closing the connection: {}", peer, cause.getMessage());
        } else if (cause instanceof IOException) {
            LOG.debug("{}: reading failed", id, cause);
        } else {
            incidents().on(Incident.INTERNAL_ERROR, "{}: closing {}", peer, toConnectionString(), cause);
        }
        end(cause);
    }

    /** Nothing more can be written. */
    void onWriteFailure(Throwable cause) {
        closing.broken(cause);
    }

    private void end(Throwable cause) {
        closedBy = cause;
        if (isSilent()) {
            closing.inOrder();
            return;
        }
        // First of all, so that no request can still end in order.
        breakRecord();
        closing.broken(cause);
        abortAll(cause);
    }

    // ---- records, called by the holder of the role ----

    @Override
    public void onBeginRequest(int requestId, int roleCode, boolean keepConn) throws ConnectionError {
        if (lingering != null) {
            // Nothing can be said any more: the web server will see that and ask again elsewhere.
            return;
        }
        if (active.containsKey(requestId)) {
            throw new ConnectionError("request " + requestId + ": BEGIN_REQUEST while it is active");
        }
        if (areMoreThan(MAX_INCOMPLETE, FcgiStream::isAwaitingParams)) {
            throw new ConnectionError("more than " + MAX_INCOMPLETE + " requests whose PARAMS have not ended");
        }
        if (isAhead()) {
            reader.pause();
        }
        management.onBeginRequest();
        Role role = role(roleCode);
        FcgiStream stream = new FcgiStream(this, requestId, role, keepConn, refusal(role));
        if (areMoreThan(0, FcgiStream::isAwaitingParams)
                && !stream.interleave(new Place(factory.interleavedRequests()))
                && areMoreThan(MAX_INCOMPLETE_AT_THE_LIMIT, FcgiStream::isAwaitingParams)) {
            throw new ConnectionError("too many requests of all connections whose PARAMS have not ended");
        }
        // First active, then perhaps the last: see isOver().
        active.put(requestId, stream);
        requests++;
        if (!keepConn) {
            closeAfterLast = true;
        }
    }

    /** The role with this number, null if there is none. */
    private static Role role(int code) {
        for (Role role : Role.values()) {
            if (role.code() == code) {
                return role;
            }
        }
        return null;
    }

    /** {@return how a request that begins now is refused, null if it is not} */
    private Refusal refusal(Role role) {
        if (!active.isEmpty()) {
            if (!configuration().isMultiplexing()) {
                return Refusal.NOT_MULTIPLEXING;
            }
            onMultiplexing();
        }
        if (!mayBegin(role)) {
            int status = role == Role.AUTHORIZER ? HttpStatus.FORBIDDEN_403 : HttpStatus.SERVICE_UNAVAILABLE_503;
            return Refusal.ofRole(status, AskedRole.notServed(role));
        }
        return closeAfterLast || isStopping() ? Refusal.AFTER_THE_LAST : null;
    }

    /** A Responder may be asked for something else, by a parameter or by the connector: see {@link AskedRole}. */
    private boolean mayBegin(Role role) {
        return isForAuthorizer()
                ? role == Role.RESPONDER || role == Role.AUTHORIZER
                : configuration().getRoles().contains(role);
    }

    private boolean areMoreThan(int limit, Predicate<FcgiStream> kind) {
        return active.size() > limit && active.values().stream().filter(kind).count() > limit;
    }

    /** The web server asks, but does not read the answers, or gives up sooner than threads come. */
    private boolean isAhead() {
        return areMoreThan(MAX_UNREAD_RESPONSES, FcgiStream::isAnswered) || turnsGivenUp.get() > MAX_TURNS_GIVEN_UP;
    }

    /**
     * {@return what a web server is told of a refusal}
     *
     * <p>HAProxy takes FCGI_OVERLOADED for the end of the connection and gives up all other requests on it.
     */
    ProtocolStatus toldOf(ProtocolStatus status) {
        return mayMultiplex() && status == ProtocolStatus.OVERLOADED ? ProtocolStatus.REQUEST_COMPLETE : status;
    }

    private void onMultiplexing() {
        multiplexed = true;
        reader.readAhead();
        factory.overlaps().on(connector);
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
            stream.onStdin(content, reader.input());
        } else {
            stream.onData(content, reader.input());
        }
        if (stream.input().isFull()) {
            reader.pause();
        }
    }

    @Override
    public void onEnd(RecordType type, int requestId) {
        FcgiStream stream = active.get(requestId);
        if (stream == null) {
            if (lingering != null && lingering.endsWith(type, requestId)) {
                closing.inOrder();
            }
            return;
        }
        if (type == RecordType.PARAMS) {
            stream.onParamsEnd();
        } else if (type == RecordType.STDIN) {
            stream.onStdinEnd();
        } else {
            stream.onDataEnd();
        }
    }

    @Override
    public void onGetValues(List<String> names) throws ConnectionError {
        if (lingering != null) {
            return;
        }
        if (configuration().isMultiplexing() && names.contains(Management.MULTIPLEXES)) {
            // No more than a hint: whoever asks need not do so.
            askedToMultiplex = true;
            reader.readAhead();
        }
        management.getValues(names);
    }

    @Override
    public void onUnknownManagement(int type) throws ConnectionError {
        if (lingering == null) {
            management.unknownType(type);
        }
    }

    @Override
    public void onMisplaced(RecordType type, int requestId) throws ConnectionError {
        if (active.containsKey(requestId)) {
            throw new ConnectionError("request " + requestId + ": " + type + " from a web server");
        }
    }

    // ---- services for the requests ----

    ConnectionReader reader() {
        return reader;
    }

    /** Runs a task of a channel that must not wait for a free thread; it may be null. */
    void runNow(Runnable task) {
        factory.spareThreads().execute(getExecutor(), task);
    }

    void execute(Runnable task) {
        try {
            getExecutor().execute(task);
        } catch (RejectedExecutionException e) {
            runNow(task);
        }
    }

    /** {@return whether nothing is to be read for now} */
    boolean isFull() {
        for (FcgiStream stream : active.values()) {
            if (stream.input().isFull()) {
                return true;
            }
        }
        return isAhead();
    }

    /** {@return how much input may be kept for all requests of all connections together} */
    InputBudget inputBudget() {
        return factory.inputBudget();
    }

    /** The application of a request will not run, but a thread has been asked for. */
    void onTurnGivenUp() {
        turnsGivenUp.incrementAndGet();
    }

    /** The thread has come. */
    void onTurnOver() {
        if (turnsGivenUp.decrementAndGet() == MAX_TURNS_GIVEN_UP) {
            reader.resume();
        }
    }

    /** {@return that of an active request, which is to be taken} */
    Place newPlace() {
        return new Place(factory.activeRequests());
    }

    /** {@return that of a rejected request, which is to be taken} */
    Place newRejectedPlace() {
        return new Place(factory.rejectedRequests());
    }

    RequestChannel takeChannel() {
        RequestChannel channel = channels.poll();
        return channel == null ? RequestChannel.of(this) : channel;
    }

    void giveBack(RequestChannel channel) {
        channels.push(channel);
    }

    /** END_REQUEST is about to leave. */
    void onEndEncoded(FcgiStream stream) {
        unwrittenEnds.incrementAndGet();
        onEnded(stream);
    }

    /** END_REQUEST is about to leave, or will never leave. */
    void onEnded(FcgiStream stream) {
        lastEnd = NanoTime.now();
        if (active.remove(stream.id(), stream)) {
            stream.onEnded();
            responses.incrementAndGet();
            reader.resume();
        }
    }

    /** END_REQUEST has left, and no other will before this returns. */
    void onEndWritten(FcgiStream stream) {
        if (unwrittenEnds.decrementAndGet() > 0 || !isOver()) {
            return;
        }
        boolean expected = closeAfterLast && !multiplexed;
        if (reader.isEnded() || (expected && stream.isInputComplete())) {
            closing.inOrder();
            return;
        }
        lingering =
                expected ? Lingering.untilInputEnds(stream, reader.bytesIn()) : Lingering.untilClosed(reader.bytesIn());
        closing.endOutput();
    }

    /** The last request has been answered. One that makes itself the last at this moment is active before it is that. */
    private boolean isOver() {
        boolean noMore = reader.isEnded() || closeAfterLast || (isUsedUp() && !multiplexed) || isStopping();
        return noMore && active.isEmpty();
    }

    private boolean isUsedUp() {
        int limit = configuration().getMaxRequestsPerConnection();
        return limit > 0 && requests >= limit;
    }

    /** Ends it in the middle of a response, so that the web server does not take that for complete. */
    void breakOff() {
        closing.broken(null);
    }

    /** Does for all responses what can be done at once. */
    private void breakRecord() {
        if (!flusher.isWriting()) {
            active.keySet().stream().findAny().ifPresent(id -> flusher.submit(new Output.Broken(id, () -> {})));
        }
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
        return reader.bytesIn();
    }

    @Override
    public long getBytesOut() {
        return flusher.bytesOut();
    }

    @Override
    public void dump(Appendable out, String indent) throws IOException {
        Dumpable.dumpObjects(out, indent, toConnectionString(), active.values().toArray());
    }

    @Override
    public String toConnectionString() {
        return "%s[%s,%d active,%s]"
                .formatted(id, reader.state(), active.size(), multiplexed ? "multiplexed" : "exclusive");
    }
}
