package dev.gangway.fcgi.server;

import dev.gangway.api.Role;
import dev.gangway.fcgi.cgi.AuthorizerRequest;
import dev.gangway.fcgi.cgi.BadRequest;
import dev.gangway.fcgi.cgi.CgiRequest;
import dev.gangway.fcgi.cgi.RejectedRequest;
import dev.gangway.fcgi.cgi.RequestReader;
import dev.gangway.fcgi.cgi.TlsSession;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsBuilder;
import dev.gangway.fcgi.record.ProtocolStatus;
import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.record.RequestError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * One FastCGI request.
 *
 * <p>Its input side is told what has arrived by the one thread that holds the {@link ReaderRole} of the connection; its
 * output side, the {@link RequestOutput}, is called by Jetty on any thread. A request ends on the wire when END_REQUEST
 * is handed to the flusher; that Jetty completes it is a separate, later event.
 */
final class FcgiStream implements HttpStream {
    /** Which stream of the request is to come; they come in this order. */
    private enum Input {
        PARAMS,
        STDIN,
        DATA,
        COMPLETE,
        /** Whatever comes is dropped: it is answered without the application. */
        DROPPED
    }

    /** So many bytes of PARAMS cost nothing: who has begun to say a request must not keep others from being served. */
    private static final int FREE_PARAMS_BYTES = 4 * 1024;

    private final FcgiConnection connection;
    private final int id;
    private final boolean keepConn;
    /** Among the active requests; once it is rejected, among the rejected ones. */
    private volatile Place place;

    private Refusal refusal;
    private final long beginNanos = NanoTime.now();
    private final ChannelEvents events;
    private final RequestInput input;
    private final HandlerRun handlers = new HandlerRun();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean aborted = new AtomicBoolean();

    /** Null for most: only if it has begun while the PARAMS of another one had not ended. */
    private Place interleaved;

    /** Null as soon as nothing more is collected. */
    private volatile ParamsBuilder params;

    private final AtomicReference<Input> awaited = new AtomicReference<>(Input.PARAMS);
    private volatile Role role;
    private volatile RequestOutput output;
    private volatile RequestChannel channel;
    private volatile Turn turn;
    /** Null until it has been read, or rejected. */
    private volatile CgiRequest request;

    private long idleTimeout;

    /**
     * @param role    as BEGIN_REQUEST says
     * @param refusal how it is refused once its PARAMS have ended, or null if it is served
     */
    FcgiStream(FcgiConnection connection, int id, Role role, boolean keepConn, Refusal refusal) {
        FcgiConfiguration configuration = connection.configuration();
        this.connection = connection;
        this.id = id;
        this.role = role;
        this.keepConn = keepConn;
        this.place = connection.newPlace();
        this.refusal = refusal;
        this.output = role == Role.FILTER && refusal == null
                ? new FilterOutput(connection, this)
                : new RequestOutput(connection, this);
        this.events = new ChannelEvents(connection::runNow);
        this.input = new RequestInput(connection, events);
        this.params = new ParamsBuilder(configuration.paramsLimits());
        this.idleTimeout = configuration.getRequestReadTimeout().toMillis();
    }

    int id() {
        return id;
    }

    /** It begins while the PARAMS of another one have not ended; without such a place it is refused. */
    boolean interleave(Place among) {
        interleaved = among;
        if (!among.take()) {
            refusal = Refusal.INTERLEAVED;
            return false;
        }
        return true;
    }

    private void leaveInterleaved() {
        if (interleaved != null) {
            interleaved.leave();
        }
    }

    // ---- input, called by the holder of the reader role ----

    void onParams(ByteBuffer content) {
        switch (awaited.get()) {
            case PARAMS -> {
                if (refusal == null) {
                    collect(content);
                }
            }
            case STDIN, DATA, COMPLETE -> fail(new InputError("PARAMS after their end"));
            case DROPPED -> {}
        }
    }

    private void collect(ByteBuffer content) {
        ParamsBuilder collected = params;
        if (collected == null) {
            return;
        }
        try {
            collected.add(content);
            if (collected.length() > FREE_PARAMS_BYTES && !place.take()) {
                refusal = Refusal.OVERLOADED;
                params = null;
            }
        } catch (RequestError e) {
            reject(BadRequest.of(e), false);
        }
    }

    void onParamsEnd() {
        if (!awaited.compareAndSet(Input.PARAMS, Input.STDIN)) {
            return;
        }
        leaveInterleaved();
        if (refusal == null && !place.take()) {
            refusal = Refusal.OVERLOADED;
        }
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        try {
            serve(params.build());
        } catch (RequestError e) {
            connection.reader().addTask(rejection(BadRequest.of(e), params.leading(), true));
        } finally {
            params = null;
        }
    }

    private void refuse(Refusal how) {
        awaited.set(Input.DROPPED);
        connection.incidents().on(how.incident(), "{}: {}", connection.peer(), how.message());
        refuse(how.httpStatus(), connection.toldOf(how.status()));
    }

    /** Ends it without the application, unless an abort has done so. */
    private void refuse(int httpStatus, ProtocolStatus status) {
        if (started.compareAndSet(false, true)) {
            output.refuse(httpStatus, status);
            // A Filter has nothing to wait for.
            output.onStdinEnd();
        }
    }

    private void serve(Params received) {
        FcgiConfiguration configuration = connection.configuration();
        if (configuration.isSecretRequired() && !configuration.admits(received.all(HiddenParams.SECRET))) {
            refuse(Refusal.NO_SECRET);
            return;
        }
        RequestReader reader = new RequestReader(
                received,
                configuration.targetRules(),
                configuration.getPortSource(),
                configuration.isRedirectAuthorization(),
                configuration.getTrustedProxies());
        try {
            CgiRequest sent = reader.read();
            AskedRole asked = AskedRole.of(role, sent.role(), connection.isForAuthorizer());
            Refusal unserved = asked.refusal(configuration.getRoles());
            if (unserved != null) {
                refuse(unserved);
                return;
            }
            role = asked.role();
            connection.reader().addTask(dispatch(sent, received, asked.marked()));
        } catch (RuntimeException e) {
            connection.reader().addTask(rejection(e, received, false));
        }
    }

    void onStdin(ByteBuffer content, RetainableByteBuffer buffer) {
        switch (awaited.get()) {
            case PARAMS -> reject(new BadRequest("STDIN before the end of PARAMS"), false);
            case STDIN -> {
                if (input.isStdinRead()) {
                    fail(new InputError("STDIN is longer than announced"));
                    return;
                }
                if (input.offerStdin(content, buffer)) {
                    connection.reader().addTask(channel.channel().onContentAvailable());
                }
                input.dropUnwantedStdin(output.isHolding());
            }
            case DATA, COMPLETE -> fail(new InputError("STDIN after its end"));
            case DROPPED -> {}
        }
    }

    void onStdinEnd() {
        if (awaited.get() == Input.PARAMS) {
            reject(new BadRequest("STDIN before the end of PARAMS"), false);
        } else if (awaited.compareAndSet(Input.STDIN, role == Role.FILTER ? Input.DATA : Input.COMPLETE)
                && input.endStdin()) {
            connection.reader().addTask(channel.channel().onContentAvailable());
        }
        output.onStdinEnd();
    }

    /** Only a Filter has DATA; to others it is nothing, unless it comes before its time. */
    void onData(ByteBuffer content, RetainableByteBuffer buffer) {
        switch (awaited.get()) {
            case PARAMS -> reject(new BadRequest("DATA before the end of PARAMS"), false);
            case STDIN, COMPLETE -> {
                if (role == Role.FILTER) {
                    fail(new InputError("DATA before the end of STDIN, or after its own"));
                }
            }
            case DATA -> connection.reader().addTask(input.offerData(content, buffer));
            case DROPPED -> {}
        }
    }

    void onDataEnd() {
        if (awaited.compareAndSet(Input.DATA, Input.COMPLETE)) {
            connection.reader().addTask(input.endData());
        } else {
            onData(BufferUtil.EMPTY_BUFFER, null);
        }
    }

    /** A Filter has written, before STDIN has ended. */
    void onOutputHeld() {
        input.dropUnwantedStdin(true);
        connection.reader().letSelectorRead();
    }

    /** The web server gave the request up. */
    void abort(Throwable cause) {
        if (!aborted.compareAndSet(false, true)) {
            return;
        }
        if (started.compareAndSet(false, true)) {
            // The application has not seen it, and will not.
            awaited.set(Input.DROPPED);
            failed(cause);
            if (turn != null) {
                turn.giveUp();
            }
            return;
        }
        input.fail(cause);
        if (output.isCommitted() && !output.isWriting()) {
            letApplicationFindOut(cause);
        } else {
            events.tell(http -> http.onRemoteFailure(cause));
        }
        // A Filter waits for the end of STDIN before it answers, but that need not come any more.
        output.onStdinEnd();
    }

    /**
     * An application that has begun to answer finds out as over HTTP/1.1, by its next read or write, and completes the
     * request, of which its AsyncListener is told: Jetty tells none of the completion any more that it has told of an
     * error. If it does not write for as long as a write may take, it is told that way all the same.
     */
    private void letApplicationFindOut(Throwable cause) {
        events.tell(HttpChannel::onContentAvailable);
        events.tellLater(
                http -> http.onRemoteFailure(cause),
                connection.connector().getScheduler(),
                connection.configuration().getRequestWriteTimeout());
    }

    /** The application is about to run. */
    void onHandling(HttpFields fields) {
        handlers.onHandling(fields);
        events.begin(channel.channel());
    }

    /** The web server breaks the protocol in the middle of the request: nothing of it can be relied on any more. */
    private void fail(Throwable cause) {
        if (aborted.compareAndSet(false, true)) {
            input.fail(cause);
            events.tell(http -> http.onFailure(cause));
        }
    }

    // ---- life ----

    /** @param marked whether only a parameter says that the role is Authorizer */
    private Runnable dispatch(CgiRequest sent, Params received, boolean marked) {
        CgiRequest asked = sent;
        if (role == Role.AUTHORIZER) {
            asked = question(sent, received);
        } else {
            input.expectStdin(sent.bodyLength());
        }
        if (role == Role.FILTER) {
            input.expectData(received);
        }
        FcgiConfiguration configuration = connection.configuration();
        ReceivedRequest facts = new ReceivedRequest(
                role,
                sent.uri().getPathQuery(),
                received,
                configuration.hiddenParams(),
                configuration.getParamsCharset(),
                input.data());
        if (role == Role.AUTHORIZER) {
            output = new AuthorizerOutput(connection, this, facts, marked, this::isErrorPage);
        }
        if (HttpMethod.HEAD.is(sent.method())) {
            output.setBodyless();
        }

        HttpChannel http = begin(asked);
        Runnable task = http.onRequest(new ReceivedMetaData(beginNanos, asked));
        RequestAttributes.set(http.getRequest(), facts, configuration.getAttributes());
        if (asked.secure()) {
            RequestAttributes.setTls(http.getRequest(), new TlsSession(received));
        }
        return turn(Invocable.getInvocationType(task), task);
    }

    private HttpChannel begin(CgiRequest known) {
        request = known;
        RequestChannel taken = connection.takeChannel();
        taken.metaData().set(this, known, keepConn);
        taken.channel().setHttpStream(this);
        channel = taken;
        return taken.channel();
    }

    private Runnable turn(Invocable.InvocationType type, Runnable task) {
        turn = new Turn(connection, type, () -> {
            if (started.compareAndSet(false, true)) {
                handlers.run(task);
            }
        });
        return turn;
    }

    private CgiRequest question(CgiRequest sent, Params received) {
        input.expectNothing();
        FcgiConfiguration configuration = connection.configuration();
        return AuthorizerRequest.of(sent, received, configuration.getAuthorizerPath(), configuration.isExplicitGrant());
    }

    private boolean isErrorPage() {
        Request request = channel.channel().getRequest();
        return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) != null
                || request.getAttribute(ErrorHandler.ERROR_STATUS) != null;
    }

    /**
     * Rejects a request whose PARAMS have not ended, unless they just have.
     *
     * @param dispatched whether a thread of the pool is to answer; else the holder of the reader role sees to it
     */
    private void reject(BadRequest failure, boolean dispatched) {
        if (!awaited.compareAndSet(Input.PARAMS, Input.DROPPED)) {
            return;
        }
        ParamsBuilder collected = params;
        Runnable answer = rejection(failure, collected == null ? Params.NONE : collected.leading(), true);
        params = null;
        if (!dispatched) {
            connection.reader().addTask(answer);
        } else if (answer != null) {
            connection.execute(answer);
        }
    }

    /**
     * {@return what answers with the container's error page, as soon as there is a thread as for an application; null
     * if it has been answered, since too many wait for that}
     *
     * @param known   the pairs that have come
     * @param partial whether there may be others, so that nobody knows whether the client can take a body
     */
    private Runnable rejection(RuntimeException failure, Params known, boolean partial) {
        awaited.set(Input.DROPPED);
        input.discard();
        CgiRequest rejected = RejectedRequest.of(known);
        if (failure instanceof HttpException) {
            connection
                    .incidents()
                    .on(
                            Incident.BAD_REQUEST,
                            "{}: request rejected: {}: {} {} of {}",
                            connection.peer(),
                            failure.getMessage(),
                            rejected.method(),
                            rejected.uri().getPath(),
                            rejected.remote().getHostString());
        } else {
            connection.incidents().on(Incident.INTERNAL_ERROR, "{}: request failed", connection.peer(), failure);
        }
        if (!takeRejectedPlace()) {
            refuse(statusOf(failure), ProtocolStatus.REQUEST_COMPLETE);
            return null;
        }
        if (partial) {
            output.setBare();
        } else if (HttpMethod.HEAD.is(rejected.method())) {
            output.setBodyless();
        }
        HttpChannel http = begin(rejected);
        http.onRequest(new ReceivedMetaData(beginNanos, rejected));
        return turn(Invocable.InvocationType.BLOCKING, () -> answer(http.onFailure(failure)));
    }

    private boolean takeRejectedPlace() {
        place.leave();
        place = connection.newRejectedPlace();
        boolean taken = place.take();
        if (output.isEnded()) {
            // The connection has gone meanwhile, and the place that it has left may be the one before.
            place.leave();
        }
        return taken;
    }

    private static int statusOf(RuntimeException failure) {
        return failure instanceof HttpException http ? http.getCode() : HttpStatus.INTERNAL_SERVER_ERROR_500;
    }

    private static void answer(Runnable errorPage) {
        if (errorPage != null) {
            errorPage.run();
        }
    }

    /** Called now and then by the scheduler, to see whether it has been waiting for too long. */
    void sweep() {
        if (awaited.get() == Input.PARAMS) {
            Duration limit = connection.configuration().getParamsTimeout();
            if (NanoTime.since(beginNanos) > limit.toNanos()) {
                reject(new BadRequest(HttpStatus.REQUEST_TIMEOUT_408, "PARAMS took longer than " + limit), true);
            }
            return;
        }
        input.sweep(Duration.ofMillis(idleTimeout));
        if (output.isHolding() && idleTimeout > 0 && connection.reader().idleNanos() > idleTimeout * 1_000_000) {
            output.onStdinEnd();
        }
    }

    /** Its id is free, so that no more STDIN will be taken for it: an application that still reads must not wait. */
    void onEnded() {
        place.leave();
        leaveInterleaved();
        input.cut();
    }

    RequestInput input() {
        return input;
    }

    boolean isAwaitingParams() {
        return awaited.get() == Input.PARAMS;
    }

    /** {@return whether its response is complete, though perhaps not written yet} */
    boolean isAnswered() {
        return output.isComplete();
    }

    /** {@return the stream whose end is the end of the request} */
    RecordType lastInput() {
        return role == Role.FILTER ? RecordType.DATA : RecordType.STDIN;
    }

    /** {@return whether all of the input has come, so that nothing more will come for it} */
    boolean isInputComplete() {
        return awaited.get() == Input.COMPLETE;
    }

    /** {@return whether all of the input has come that is needed, though perhaps not its end: an Authorizer has none} */
    boolean isRequestComplete() {
        return switch (awaited.get()) {
            case STDIN -> role != Role.FILTER && input.isStdinComplete();
            case DATA -> input.isDataComplete();
            case COMPLETE -> true;
            case PARAMS, DROPPED -> false;
        };
    }

    // ---- HttpStream ----

    @Override
    public String getId() {
        return Integer.toString(id);
    }

    @Override
    public Content.Chunk read() {
        return input.read();
    }

    @Override
    public void demand() {
        if (input.demand()) {
            connection.runNow(channel.channel().onContentAvailable());
        } else {
            connection.reader().letSelectorRead();
        }
    }

    @Override
    public void prepareResponse(HttpFields.Mutable headers) {
        // The header block leaves out what it must; nothing depends on the connection.
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
                && role != Role.AUTHORIZER
                && connection.configuration().isEarlyHints();
    }

    private ByteBuffer applicationError() {
        Object failure = channel.channel().getRequest().getAttribute(ErrorHandler.ERROR_EXCEPTION);
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
        RequestChannel done = channel;
        done.channel().recycle();
        connection.giveBack(done);
    }

    /** The channel is never used again: whatever failed may still hold on to it. */
    @Override
    public void failed(Throwable cause) {
        events.end();
        input.discard();
        connection.reader().resume();
        place.leave();
        // What has failed ends at once: an aborted request has no end of STDIN that a Filter could wait for.
        output.onStdinEnd();
        output.fail(cause, aborted.get());
    }

    /** Without the query, which may hold what is not for everybody. */
    @Override
    public String toString() {
        CgiRequest known = request;
        return "#%d %s %s, %d ms%s"
                .formatted(
                        id,
                        role,
                        awaited,
                        NanoTime.millisSince(beginNanos),
                        known == null
                                ? ""
                                : ", " + known.method() + " " + known.uri().getPath());
    }

    /** The web server has answered {@code Expect: 100-continue} itself. */
    private static final class ReceivedMetaData extends MetaData.Request {
        ReceivedMetaData(long beginNanos, CgiRequest request) {
            super(
                    beginNanos,
                    request.method(),
                    request.uri(),
                    request.version(),
                    request.fields(),
                    request.contentLength());
        }

        @Override
        public boolean is100ContinueExpected() {
            return false;
        }
    }
}
