package dev.gangway.fcgi.request;

import dev.gangway.api.Role;
import dev.gangway.fcgi.cgi.CgiRequest;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.incident.ActiveRequest;
import dev.gangway.fcgi.incident.ActiveRequest.Phase;
import dev.gangway.fcgi.incident.SlowRequest;
import dev.gangway.fcgi.input.RequestInput;
import dev.gangway.fcgi.output.RequestOutput;
import dev.gangway.fcgi.output.StderrText;
import dev.gangway.fcgi.record.ProtocolStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;

/**
 * One FastCGI request as Jetty sees it: what it reads and writes, and what becomes of it. Called by Jetty on any
 * thread, and by the {@link FcgiStream}.
 */
final class HttpStreamOverFcgi implements HttpStream {
    private final ConnectionServices connection;
    private final int id;
    private final boolean keepConn;
    private final Runnable onFailed;
    private final long beginNanos = NanoTime.now();
    private final ChannelEvents events;
    private final RequestInput input;
    private final HandlerRun handlers = new HandlerRun();
    /** Set once it is settled who answers: the application, the connector or nobody. */
    private final AtomicBoolean started = new AtomicBoolean();

    private final AtomicBoolean aborted = new AtomicBoolean();
    private volatile RequestOutput output;
    /** Null until Jetty knows the request. */
    private volatile RequestStart.Dispatched dispatched;

    private volatile long idleTimeout;
    /** Somebody has been told that it takes long, and is told of its end. */
    private volatile boolean slow;

    private volatile boolean overdue;

    /** @param onFailed run when Jetty has completed the request with a failure */
    HttpStreamOverFcgi(ConnectionServices connection, int id, boolean keepConn, Runnable onFailed) {
        this.connection = connection;
        this.id = id;
        this.keepConn = keepConn;
        this.onFailed = onFailed;
        Consumer<Runnable> spareThreads = connection::runNow;
        this.events = new ChannelEvents(spareThreads);
        this.input = new RequestInput(
                connection.configuration(), connection.inputBudget(), connection.reading(), spareThreads, events::tell);
        this.idleTimeout = connection.configuration().getRequestReadTimeout().toMillis();
    }

    RequestInput input() {
        return input;
    }

    RequestOutput output() {
        return output;
    }

    /** Sets where the response goes; called before anything answers. */
    void setOutput(RequestOutput output) {
        this.output = output;
    }

    /** {@return what the request asks for; null until Jetty knows it} */
    CgiRequest request() {
        RequestStart.Dispatched known = dispatched;
        return known == null ? null : known.request();
    }

    long ageNanos() {
        return NanoTime.since(beginNanos);
    }

    /** {@return the request as it is at this moment} */
    ActiveRequest snapshot(Role role) {
        CgiRequest known = request();
        return new ActiveRequest(
                connection.id(),
                id,
                role,
                phase(known),
                ageNanos(),
                known == null ? null : known.method(),
                known == null ? null : known.uri().getPath());
    }

    private Phase phase(CgiRequest known) {
        if (output.isComplete()) {
            return Phase.SENDING;
        }
        if (started.get()) {
            return Phase.RUNNING;
        }
        return known == null ? Phase.RECEIVING : Phase.WAITING;
    }

    // ---- beginning and end, as the web server sees them ----

    /** {@return the task that has the application answer} */
    Runnable dispatch(CgiRequest asked, WebServerRequest facts) {
        dispatched = start().application(asked, facts, this::run);
        return dispatched.task();
    }

    /** {@return the task that has the container's error page answer} */
    Runnable reject(CgiRequest rejected, Throwable failure) {
        dispatched = start().errorPage(rejected, failure, this::run);
        return dispatched.task();
    }

    private RequestStart start() {
        return new RequestStart(connection, this, beginNanos, keepConn, this::onHandling);
    }

    private void run(Runnable task) {
        if (started.compareAndSet(false, true)) {
            handlers.run(task);
        }
    }

    /** The application is about to run. */
    private void onHandling(HttpFields fields) {
        handlers.onHandling(fields);
        events.begin(dispatched.http());
    }

    /** {@return whether what is being sent is an error page} */
    boolean isErrorPage() {
        Request request = dispatched.http().getRequest();
        return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) != null
                || request.getAttribute(ErrorHandler.ERROR_STATUS) != null;
    }

    /**
     * Answers without the application, unless an abort has ended the request.
     *
     * @param known of its parameters, for the access log
     */
    void refuse(int httpStatus, ProtocolStatus status, RequestParams known) {
        if (started.compareAndSet(false, true)) {
            // Jetty will never know it.
            events.end();
            output.refuse(httpStatus, status);
            // A Filter has nothing to wait for.
            output.onStdinEnd();
            start().refused(known, httpStatus);
        }
    }

    /** {@return what to run, or null; called when the application waits for input and there is some} */
    Runnable onContentAvailable() {
        return dispatched.http().onContentAvailable();
    }

    /**
     * The web server has given the request up.
     *
     * @param unseen run first if the application has not begun, and will not
     */
    void abort(Throwable cause, Runnable unseen) {
        if (!aborted.compareAndSet(false, true)) {
            return;
        }
        if (started.compareAndSet(false, true)) {
            giveUp(cause, unseen);
            return;
        }
        input.fail(cause);
        if (output.isCommitted() && !output.isWriting()) {
            letApplicationFindOut(cause);
        } else {
            events.tell(http -> http.onRemoteFailure(cause));
        }
        // A Filter waits for the end of STDIN before it answers, but that may not come any more.
        output.onStdinEnd();
    }

    /** The application will never see the request. */
    private void giveUp(Throwable cause, Runnable unseen) {
        unseen.run();
        failed(cause);
        RequestStart.Dispatched known = dispatched;
        if (known != null) {
            known.task().giveUp();
        }
    }

    /**
     * An application that has begun to answer finds out as over HTTP/1.1: by its next read or write. It then completes
     * the request, and its AsyncListener is told so; a listener that Jetty (12.1.14) has told of an error is told of no
     * completion. If the application does not write for as long as a write may take, it is told of the error.
     */
    private void letApplicationFindOut(Throwable cause) {
        events.tell(HttpChannel::onContentAvailable);
        events.tellLater(
                http -> http.onRemoteFailure(cause),
                connection.connector().getScheduler(),
                connection.configuration().getRequestWriteTimeout());
    }

    /** The web server breaks the protocol in the middle of the request: nothing of it can be relied on any more. */
    void fail(Throwable cause) {
        if (aborted.compareAndSet(false, true)) {
            input.fail(cause);
            events.tell(http -> http.onFailure(cause));
        }
    }

    // ---- if it takes long ----

    /**
     * Called now and then by the scheduler, as long as the request is active.
     *
     * @param unseen run first if the application has not begun, and will not
     */
    void checkAge(Role role, Runnable unseen) {
        if (output.isComplete()) {
            return;
        }
        long age = ageNanos();
        if (!slow && connection.incidents().isSlow(age)) {
            slow = true;
            connection.incidents().slowRequests().onSlow(slowRequest(role));
        }
        Duration limit = connection.configuration().getRequestTimeout();
        if (!overdue && limit != null && age > limit.toNanos()) {
            overdue = true;
            SlowRequest seen = slowRequest(role);
            connection.incidents().onOverdue(connection.peer(), limit, seen);
            // Whoever waits for a write may be told.
            connection.runNow(() -> endOverdue(new TimeoutException("the request takes longer than " + limit), unseen));
        }
    }

    private SlowRequest slowRequest(Role role) {
        RequestStart.Dispatched known = dispatched;
        return new SlowRequest(
                snapshot(role),
                known == null || known.facts() == null
                        ? List.of()
                        : known.facts().masked(),
                handlers.running());
    }

    /** Answers in place of the application, which may not notice, or cuts off what it has begun to answer. */
    private void endOverdue(TimeoutException cause, Runnable unseen) {
        boolean givenUp = !aborted.compareAndSet(false, true);
        output.fail(HttpStatus.GATEWAY_TIMEOUT_504, "The request has taken too long.\n", cause, givenUp);
        if (started.compareAndSet(false, true)) {
            giveUp(cause, unseen);
            return;
        }
        input.fail(cause);
        output.onStdinEnd();
        if (!givenUp) {
            events.tell(http -> http.onFailure(cause));
        }
        handlers.interrupt();
    }

    /** The request is no longer active. */
    void onEnded(Role role) {
        if (slow) {
            connection.incidents().slowRequests().onEnd(snapshot(role));
        }
    }

    // ---- HttpStream ----

    @Override
    public String getId() {
        // Where requests do not overlap it is always the same.
        return id == 1 ? "1" : Integer.toString(id);
    }

    @Override
    public Content.Chunk read() {
        return input.read();
    }

    @Override
    public void demand() {
        if (input.demand()) {
            connection.runNow(dispatched.http().onContentAvailable());
        } else {
            connection.reading().onBusy();
        }
    }

    @Override
    public void prepareResponse(HttpFields.Mutable headers) {
        // ResponseWriter leaves out what it must; nothing depends on the connection.
    }

    @Override
    public void send(
            MetaData.Request request, MetaData.Response response, boolean last, ByteBuffer content, Callback callback) {
        if (aborted.get() || output.isEnded()) {
            callback.failed(new EofException("request aborted"));
            return;
        }
        if (response != null && HttpStatus.isInterim(response.getStatus())) {
            if (isPassedOn(response)) {
                output.sendInterim(response, callback);
            } else {
                callback.succeeded();
            }
            return;
        }
        if (last) {
            output.send(response, true, content, applicationError(), handlers.after(callback));
        } else {
            output.send(response, false, content, StderrText.NONE, callback);
        }
    }

    /** CGI knows no interim responses: most web servers take one for the final response. */
    private boolean isPassedOn(MetaData.Response interim) {
        return interim.getStatus() == HttpStatus.EARLY_HINTS_103
                && connection.configuration().isEarlyHints();
    }

    private ByteBuffer applicationError() {
        Object failure = dispatched.http().getRequest().getAttribute(ErrorHandler.ERROR_EXCEPTION);
        return failure instanceof Throwable error && !(error instanceof HttpException)
                ? StderrText.of(error)
                : StderrText.NONE;
    }

    @Override
    public Runnable cancelSend(Throwable cause, Callback application) {
        return output.cancel(cause, application);
    }

    @Override
    public boolean isCommitted() {
        return output.isCommitted();
    }

    /** FastCGI frames its input, so what is not read is dropped without harm to the connection. */
    @Override
    public Throwable consumeAvailable() {
        input.consumeStdin();
        return null;
    }

    @Override
    public long getIdleTimeout() {
        return idleTimeout;
    }

    @Override
    public void setIdleTimeout(long idleTimeoutMs) {
        idleTimeout = idleTimeoutMs;
    }

    @Override
    public void succeeded() {
        events.end();
        input.discard();
        RequestChannel done = dispatched.channel();
        done.channel().recycle();
        done.metaData().clear();
        connection.giveBack(done);
    }

    /** The channel is never used again: whatever failed may still refer to it. */
    @Override
    public void failed(Throwable cause) {
        events.end();
        input.discard();
        connection.reading().resume();
        onFailed.run();
        // What has failed ends at once: an aborted request has no end of STDIN that a Filter could wait for.
        output.onStdinEnd();
        output.fail(HttpStatus.INTERNAL_SERVER_ERROR_500, "", cause, aborted.get());
    }
}
