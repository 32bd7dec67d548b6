package dev.gangway.fcgi.server;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.fcgi.cgi.AttributePatterns;
import dev.gangway.fcgi.cgi.BadRequest;
import dev.gangway.fcgi.cgi.CgiRequest;
import dev.gangway.fcgi.cgi.RequestReader;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsBuilder;
import dev.gangway.fcgi.record.ProtocolStatus;
import dev.gangway.fcgi.record.RequestError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.Retainable;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.AutoLock;
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
        COMPLETE,
        /** Whatever comes is dropped: it is answered without the application. */
        DROPPED
    }

    /** How far Jetty is with it. */
    private enum Progress {
        WAITING,
        HANDLING,
        COMPLETE
    }

    /** How a request is refused without asking the application. */
    record Refusal(int httpStatus, ProtocolStatus status) {}

    private static final HttpURI UNREADABLE = HttpURI.from("http://localhost/badRequest");

    private final FcgiConnection connection;
    private final int id;
    private final boolean keepConn;
    private final Refusal refusal;
    private final long beginNanos = NanoTime.now();
    private final StdinQueue stdin;
    private final RequestOutput output;
    private final AutoLock lock = new AutoLock();
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean aborted = new AtomicBoolean();

    // These two are guarded by the lock.
    private Progress progress = Progress.WAITING;
    private final List<Function<HttpChannel, Runnable>> untold = new ArrayList<>(0);

    private ParamsBuilder params;
    private final AtomicReference<Input> input = new AtomicReference<>(Input.PARAMS);
    private volatile RequestChannel channel;
    private long idleTimeout;

    /**
     * @param refusal how it is refused once its PARAMS have ended, or null if it is served
     */
    FcgiStream(FcgiConnection connection, int id, boolean keepConn, Refusal refusal) {
        FcgiConfiguration configuration = connection.configuration();
        this.connection = connection;
        this.id = id;
        this.keepConn = keepConn;
        this.refusal = refusal;
        this.output = new RequestOutput(connection, this);
        this.stdin = new StdinQueue(configuration.getMaxBufferedStdinBytes());
        this.params = new ParamsBuilder(configuration.getMaxParamsBytes(), configuration.getMaxParams());
        this.idleTimeout = configuration.getRequestIdleTimeout().toMillis();
    }

    int id() {
        return id;
    }

    // ---- input, called by the holder of the reader role ----

    void onParams(ByteBuffer content) {
        switch (input.get()) {
            case PARAMS -> {
                if (refusal == null) {
                    collect(content);
                }
            }
            case STDIN, COMPLETE -> fail(new InputError("PARAMS after their end"));
            case DROPPED -> {}
        }
    }

    private void collect(ByteBuffer content) {
        try {
            params.add(content);
        } catch (RequestError e) {
            reject(statusOf(e), HttpMethod.HEAD);
        }
    }

    void onParamsEnd() {
        if (!input.compareAndSet(Input.PARAMS, Input.STDIN)) {
            return;
        }
        if (refusal != null) {
            input.set(Input.DROPPED);
            output.refuse(refusal.httpStatus(), connection.toldOf(refusal.status()));
            return;
        }
        try {
            serve(params.build());
        } catch (RequestError e) {
            answerRejected(statusOf(e), HttpMethod.HEAD);
        } finally {
            params = null;
        }
    }

    private void serve(Params received) {
        RequestReader reader =
                new RequestReader(received, connection.configuration().targetRules());
        try {
            connection.reader().addTask(dispatch(reader.read(), received));
        } catch (RuntimeException e) {
            answerRejected(e, reader.isHead() ? HttpMethod.HEAD : HttpMethod.GET);
        }
    }

    void onStdin(ByteBuffer content, Retainable buffer) {
        switch (input.get()) {
            case PARAMS -> reject(new BadRequest("STDIN before the end of PARAMS"), HttpMethod.HEAD);
            case STDIN -> {
                if (stdin.offer(content, buffer)) {
                    connection.reader().addTask(channel.channel().onContentAvailable());
                }
            }
            case COMPLETE -> fail(new InputError("STDIN after its end"));
            case DROPPED -> {}
        }
    }

    void onStdinEnd() {
        if (input.get() == Input.PARAMS) {
            reject(new BadRequest("STDIN before the end of PARAMS"), HttpMethod.HEAD);
        } else if (input.compareAndSet(Input.STDIN, Input.COMPLETE) && stdin.end()) {
            connection.reader().addTask(channel.channel().onContentAvailable());
        }
    }

    /** Only a Filter has DATA; to others it is nothing, unless it comes before its time. */
    void onData() {
        reject(new BadRequest("DATA before the end of PARAMS"), HttpMethod.HEAD);
    }

    /** The web server gave the request up. */
    void abort(Throwable cause) {
        if (!aborted.compareAndSet(false, true)) {
            return;
        }
        if (started.compareAndSet(false, true)) {
            // The application has not seen it, and will not.
            input.set(Input.DROPPED);
            failed(cause);
            return;
        }
        stdin.fail(cause);
        tell(http -> http.onRemoteFailure(cause));
    }

    /** The web server breaks the protocol in the middle of the request: nothing of it can be relied on any more. */
    private void fail(Throwable cause) {
        if (aborted.compareAndSet(false, true)) {
            stdin.fail(cause);
            tell(http -> http.onFailure(cause));
        }
    }

    /**
     * Tells the channel of an event: not before the application runs, since a channel that is told earlier would
     * complete the request and run the application all the same; and not when the request is complete, since the
     * channel may serve another one then.
     */
    private void tell(Function<HttpChannel, Runnable> event) {
        Runnable task = null;
        try (AutoLock ignored = lock.lock()) {
            if (progress == Progress.HANDLING) {
                task = event.apply(channel.channel());
            } else if (progress == Progress.WAITING) {
                untold.add(event);
            }
        }
        connection.runNow(task);
    }

    /** The application is about to run. */
    void onHandling() {
        List<Function<HttpChannel, Runnable>> events;
        try (AutoLock ignored = lock.lock()) {
            progress = Progress.HANDLING;
            events = List.copyOf(untold);
            untold.clear();
        }
        events.forEach(this::tell);
    }

    private void complete() {
        try (AutoLock ignored = lock.lock()) {
            progress = Progress.COMPLETE;
        }
    }

    private static BadRequest statusOf(RequestError error) {
        return new BadRequest(
                switch (error.kind()) {
                    case MALFORMED -> HttpStatus.BAD_REQUEST_400;
                    case PARAMS_TOO_LARGE -> HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431;
                },
                error.getMessage());
    }

    // ---- life ----

    private Runnable dispatch(CgiRequest request, Params received) {
        limitBody(request.contentLength());
        if (HttpMethod.HEAD.is(request.method())) {
            output.setBodyless();
        }

        RequestChannel taken = connection.takeChannel();
        taken.metaData().set(this, request, keepConn);
        HttpChannel http = taken.channel();
        http.setHttpStream(this);
        Runnable task = http.onRequest(new ReceivedMetaData(beginNanos, request));
        setAttributes(http.getRequest(), received);
        channel = taken;
        return Invocable.from(Invocable.getInvocationType(task), () -> {
            if (started.compareAndSet(false, true)) {
                task.run();
            }
        });
    }

    private void limitBody(long announced) {
        long max = connection.configuration().getMaxBodyBytes();
        if (max > 0 && announced > max) {
            throw new BadRequest(
                    HttpStatus.PAYLOAD_TOO_LARGE_413, "the body has " + announced + " bytes, more than " + max);
        }
        stdin.expect(announced, max > 0 ? max : Long.MAX_VALUE);
    }

    private void setAttributes(Request request, Params received) {
        ReceivedRequest facts = new ReceivedRequest(Role.RESPONDER, received);
        request.setAttribute(FcgiRequest.ATTRIBUTE, facts);
        request.setAttribute(FcgiRequest.PARAMS_ATTRIBUTE, facts.paramMap());
        AttributePatterns patterns = connection.configuration().getAttributes();
        if (!patterns.isEmpty()) {
            facts.paramMap().forEach((name, value) -> {
                if (patterns.matches(name)) {
                    request.setAttribute(name, value);
                }
            });
        }
    }

    /** Answers a request whose PARAMS have not ended, unless they just have. */
    private void reject(BadRequest failure, HttpMethod method) {
        if (input.compareAndSet(Input.PARAMS, Input.DROPPED)) {
            answerRejected(failure, method);
        }
    }

    /** Answers with the container's error page. Where the method is not known it has no body, as HEAD allows none. */
    private void answerRejected(Throwable failure, HttpMethod method) {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        input.set(Input.DROPPED);
        stdin.discard();
        RequestChannel taken = connection.takeChannel();
        taken.metaData().setUnknown();
        HttpChannel http = taken.channel();
        http.setHttpStream(this);
        channel = taken;
        http.onRequest(new MetaData.Request(method.asString(), UNREADABLE, HttpVersion.HTTP_1_0, HttpFields.EMPTY));
        connection.runNow(http.onFailure(failure));
    }

    /** Called now and then by the scheduler, to see whether it has been waiting for too long. */
    void sweep() {
        if (input.get() == Input.PARAMS) {
            Duration limit = connection.configuration().getParamsTimeout();
            if (NanoTime.since(beginNanos) > limit.toNanos()) {
                reject(
                        new BadRequest(HttpStatus.REQUEST_TIMEOUT_408, "PARAMS took longer than " + limit),
                        HttpMethod.HEAD);
            }
        } else if (idleTimeout > 0 && stdin.giveUpWaiting(Duration.ofMillis(idleTimeout))) {
            TimeoutException timeout = new TimeoutException("no STDIN for " + idleTimeout + " ms");
            tell(http -> http.onIdleTimeout(timeout).action());
        } else {
            checkRate();
        }
    }

    private void checkRate() {
        FcgiConfiguration configuration = connection.configuration();
        long rate = configuration.getMinBodyRate();
        if (rate > 0
                && stdin.isSlow(rate, configuration.getBodyRateGrace())
                && stdin.fail(new InputError(
                        HttpStatus.REQUEST_TIMEOUT_408, "the body has less than " + rate + " bytes a second"))) {
            tell(HttpChannel::onContentAvailable);
        }
    }

    /** It holds up the other requests of its connection: what it has not read is lost. */
    void onStalled() {
        stdin.fail(new EofException("STDIN was not read for too long while other requests waited"));
        stdin.discard();
        connection.reader().resume();
    }

    /** Its id is free, so that no more STDIN will be taken for it: an application that still reads must not wait. */
    void onEnded() {
        if (stdin.cut(new EofException("the response was complete before STDIN"))) {
            tell(HttpChannel::onContentAvailable);
        }
    }

    boolean isFull() {
        return stdin.isFull();
    }

    /** {@return whether STDIN has something for the application, be it its end} */
    boolean isReadable() {
        return stdin.isReadable();
    }

    /** {@return whether all of STDIN has come} */
    boolean isInputComplete() {
        return input.get() == Input.COMPLETE;
    }

    // ---- HttpStream ----

    @Override
    public String getId() {
        return Integer.toString(id);
    }

    @Override
    public Content.Chunk read() {
        boolean wasFull = stdin.isFull();
        Content.Chunk chunk = stdin.poll();
        if (chunk == null) {
            connection.reader().pull(this);
            return stdin.poll();
        }
        if (wasFull && !stdin.isFull() && connection.reader().isReadingAhead()) {
            connection.reader().resume();
        }
        return chunk;
    }

    @Override
    public void demand() {
        if (stdin.demand()) {
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
        output.send(response, last, content, last ? applicationError() : StderrText.NONE, callback);
    }

    /** CGI knows no interim responses: most web servers take one for the final response. */
    private boolean isPassedOn(MetaData.Response interim) {
        return interim.getStatus() == HttpStatus.EARLY_HINTS_103
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
        boolean wasFull = stdin.isFull();
        stdin.discard();
        if (wasFull) {
            connection.reader().resume();
        }
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
        complete();
        stdin.discard();
        RequestChannel done = channel;
        done.channel().recycle();
        connection.giveBack(done);
    }

    /** The channel is never used again: whatever failed may still hold on to it. */
    @Override
    public void failed(Throwable cause) {
        complete();
        stdin.discard();
        connection.reader().resume();
        output.fail(cause, aborted.get());
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
