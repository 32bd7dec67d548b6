package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.admission.Admission;
import dev.gangway.fcgi.admission.AskedRole;
import dev.gangway.fcgi.admission.Refusal;
import dev.gangway.fcgi.admission.RoleRules;
import dev.gangway.fcgi.cgi.ParamsMemory;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.FixedLimits;
import dev.gangway.fcgi.reading.ReaderRole;
import dev.gangway.fcgi.reading.Reading;
import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.RecordListener;
import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.request.FcgiStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.AutoLock;

/**
 * The requests of a connection that have begun and not ended. The holder of the {@link ReaderRole} reports the records;
 * the rest is thread-safe.
 */
final class ActiveRequests implements RecordListener {
    private final FcgiConnection connection;
    private final FcgiConfiguration configuration;
    private final SharedState shared;
    private final Management management;
    private final ParamsMemory memory;
    private final Map<Integer, FcgiStream> active = new ConcurrentHashMap<>(2);
    private final AtomicInteger tasksGivenUp = new AtomicInteger();
    private final AtomicLong ended = new AtomicLong();
    private final AutoLock lock = new AutoLock();
    /** No request begins any more. */
    private volatile boolean closed;

    private volatile long begun;
    private volatile long lastEnd = NanoTime.now();

    ActiveRequests(FcgiConnection connection, SharedState shared, Management management) {
        this.connection = connection;
        this.configuration = connection.configuration();
        this.shared = shared;
        this.management = management;
        this.memory = new ParamsMemory(configuration);
    }

    // ---- records ----

    @Override
    public void onBeginRequest(int requestId, int roleCode, boolean keepConn) throws ConnectionError {
        if (closed) {
            // The connection is about to close: the web server will notice and ask again elsewhere.
            return;
        }
        if (active.containsKey(requestId)) {
            throw new ConnectionError("request " + requestId + ": BEGIN_REQUEST while it is active");
        }
        if (areMoreThan(FixedLimits.INCOMPLETE_REQUESTS, FcgiStream::isAwaitingParams)) {
            throw new ConnectionError(
                    "more than " + FixedLimits.INCOMPLETE_REQUESTS + " requests whose PARAMS have not ended");
        }
        if (isAhead()) {
            connection.reading().pause();
        }
        management.onBeginRequest();
        RoleRules role = RoleRules.of(roleCode);
        Admission admission = new Admission(
                configuration, shared.quotas(), role, connection.isForAuthorizer(), memory, refusal(role));
        if (areMoreThan(0, FcgiStream::isAwaitingParams)
                && !admission.interleave()
                && areMoreThan(FixedLimits.INCOMPLETE_REQUESTS_AT_THE_LIMIT, FcgiStream::isAwaitingParams)) {
            throw new ConnectionError("too many requests of all connections whose PARAMS have not ended");
        }
        begin(new FcgiStream(connection, requestId, role, keepConn, admission), keepConn);
    }

    /** The request is active before it is announced as the last, or {@link Ending} might close the connection. */
    private void begin(FcgiStream stream, boolean keepConn) {
        if (!add(stream)) {
            stream.onEnded();
        } else if (!keepConn) {
            connection.ending().afterThis();
        }
    }

    private boolean add(FcgiStream stream) {
        try (AutoLock ignored = lock.lock()) {
            if (closed) {
                return false;
            }
            active.put(stream.id(), stream);
            begun++;
            return true;
        }
    }

    /** {@return how a request that begins now is refused; null if there is no reason yet} */
    private Refusal refusal(RoleRules role) {
        if (!active.isEmpty()) {
            if (!configuration.isMultiplexing()) {
                return Refusal.NOT_MULTIPLEXING;
            }
            connection.onOverlap();
        }
        Refusal unserved = AskedRole.refusal(role, configuration.getRoles(), connection.isForAuthorizer());
        if (unserved != null) {
            return unserved;
        }
        return connection.ending().isAnnounced() ? Refusal.AFTER_THE_LAST : null;
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
        Reading reading = connection.reading();
        if (type == RecordType.PARAMS) {
            stream.onParams(content);
        } else if (type == RecordType.STDIN) {
            stream.onStdin(content, reading.input());
        } else {
            stream.onData(content, reading.input());
        }
        if (stream.input().isFull()) {
            reading.pause();
        }
    }

    @Override
    public void onEnd(RecordType type, int requestId) {
        FcgiStream stream = active.get(requestId);
        if (stream == null) {
            connection.ending().onInputEnd(type, requestId);
        } else if (type == RecordType.PARAMS) {
            stream.onParamsEnd();
        } else if (type == RecordType.STDIN) {
            stream.onStdinEnd();
        } else {
            stream.onDataEnd();
        }
    }

    @Override
    public void onGetValues(List<String> names) throws ConnectionError {
        if (closed) {
            return;
        }
        if (configuration.isMultiplexing() && names.contains(Management.MULTIPLEXES)) {
            connection.onAskedToMultiplex();
        }
        management.getValues(names);
    }

    @Override
    public void onUnknownManagement(int type) throws ConnectionError {
        if (!closed) {
            management.unknownType(type);
        }
    }

    @Override
    public void onMisplaced(RecordType type, int requestId) throws ConnectionError {
        if (active.containsKey(requestId)) {
            throw new ConnectionError("request " + requestId + ": " + type + " from a web server");
        }
    }

    // ---- their end ----

    /** A request has ended; returns false if that was known already. */
    boolean end(FcgiStream stream) {
        lastEnd = NanoTime.now();
        if (!active.remove(stream.id(), stream)) {
            return false;
        }
        stream.onEnded();
        ended.incrementAndGet();
        return true;
    }

    void abortAll(Throwable cause) {
        active.values().forEach(stream -> stream.abort(cause));
    }

    /** If no request is active, lets none begin any more; returns false if one is. */
    boolean closeIfEmpty() {
        try (AutoLock ignored = lock.lock()) {
            closed |= active.isEmpty();
            return closed;
        }
    }

    /** Gives up all memory that can be had again. */
    void onIdle() {
        memory.forget();
    }

    // ---- how many ----

    /** {@return a live view of the active requests} */
    Collection<FcgiStream> all() {
        return active.values();
    }

    boolean isEmpty() {
        return active.isEmpty();
    }

    /** {@return how many requests have begun in all} */
    long begun() {
        return begun;
    }

    /** {@return how many requests have ended in all} */
    long ended() {
        return ended.get();
    }

    /** {@return nanoseconds since a request last ended, or since the connection was opened} */
    long nanosSinceEnd() {
        return NanoTime.since(lastEnd);
    }

    /** {@return whether a request keeps as much input as it may, or the web server is ahead} */
    boolean isFull() {
        for (FcgiStream stream : active.values()) {
            if (stream.input().isFull()) {
                return true;
            }
        }
        return isAhead();
    }

    /** The web server does not read the responses, or aborts requests faster than threads become free. */
    private boolean isAhead() {
        return areMoreThan(FixedLimits.UNREAD_RESPONSES, FcgiStream::isAnswered)
                || tasksGivenUp.get() > FixedLimits.TASKS_GIVEN_UP;
    }

    private boolean areMoreThan(int limit, Predicate<FcgiStream> kind) {
        return active.size() > limit && active.values().stream().filter(kind).count() > limit;
    }

    void onTaskGivenUp() {
        tasksGivenUp.incrementAndGet();
    }

    /** Returns whether this takes the web server back to the limit, so that it is not ahead any more. */
    boolean onGivenUpTaskRun() {
        return tasksGivenUp.decrementAndGet() == FixedLimits.TASKS_GIVEN_UP;
    }
}
