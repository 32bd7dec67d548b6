package dev.gangway.fcgi.request;

import dev.gangway.fcgi.admission.Admission;
import dev.gangway.fcgi.admission.AskedRole;
import dev.gangway.fcgi.admission.Refusal;
import dev.gangway.fcgi.admission.RoleRules;
import dev.gangway.fcgi.cgi.AuthorizerRequest;
import dev.gangway.fcgi.cgi.BadRequest;
import dev.gangway.fcgi.cgi.CgiRequest;
import dev.gangway.fcgi.cgi.RejectedRequest;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.incident.ActiveRequest;
import dev.gangway.fcgi.incident.Incident;
import dev.gangway.fcgi.input.InputException;
import dev.gangway.fcgi.input.RequestInput;
import dev.gangway.fcgi.output.AuthorizerOutput;
import dev.gangway.fcgi.output.FilterOutput;
import dev.gangway.fcgi.output.OutputEvents;
import dev.gangway.fcgi.output.RequestOutput;
import dev.gangway.fcgi.output.Sharing;
import dev.gangway.fcgi.reading.ReaderRole;
import dev.gangway.fcgi.record.ProtocolStatus;
import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.record.RequestError;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One FastCGI request as the web server sees it: which of its streams comes next, and what becomes of it. Jetty sees it
 * as an {@link HttpStreamOverFcgi}.
 *
 * <p>The one thread that holds the {@link ReaderRole} of the connection reports what has arrived. A request ends on the
 * wire when END_REQUEST has been encoded; Jetty completes it in a separate event.
 */
public final class FcgiStream implements OutputEvents {
    /** The stream that comes next; they come in this order. */
    private enum Input {
        PARAMS,
        STDIN,
        DATA,
        COMPLETE,
        /** Whatever comes is dropped: the application does not get the request. */
        DROPPED
    }

    private static final Logger LOG = LoggerFactory.getLogger(FcgiStream.class);

    private final ConnectionServices connection;
    private final int id;
    private final Admission admission;
    private final HttpStreamOverFcgi http;
    private final RequestInput input;
    private final AtomicReference<Input> awaited = new AtomicReference<>(Input.PARAMS);
    private volatile RoleRules role;

    /** @param role as BEGIN_REQUEST says */
    public FcgiStream(ConnectionServices connection, int id, RoleRules role, boolean keepConn, Admission admission) {
        this.connection = connection;
        this.id = id;
        this.role = role;
        this.admission = admission;
        this.http = new HttpStreamOverFcgi(connection, id, keepConn, admission::leave);
        this.input = http.input();
        http.setOutput(
                role.holdsOutput() && admission.isOpen()
                        ? new FilterOutput(id, connection.flusher(), connection.headLimit(), this)
                        : new RequestOutput(id, connection.flusher(), connection.headLimit(), this));
    }

    private void debug(String what, Object detail) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("#{} of {}: " + what, id, connection.id(), detail);
        }
    }

    public int id() {
        return id;
    }

    // ---- input, called by the holder of the reader role ----

    public void onParams(ByteBuffer content) {
        switch (awaited.get()) {
            case PARAMS -> {
                try {
                    admission.collect(content);
                } catch (RequestError e) {
                    reject(BadRequest.of(e), false);
                }
            }
            case STDIN, DATA, COMPLETE -> http.fail(new InputException("PARAMS after their end"));
            case DROPPED -> {}
        }
    }

    public void onParamsEnd() {
        if (!awaited.compareAndSet(Input.PARAMS, Input.STDIN)) {
            return;
        }
        Admission.Outcome outcome = admission.decide();
        debug("PARAMS complete: {}", outcome);
        if (outcome instanceof Admission.Admitted admitted) {
            connection.reading().addTask(dispatch(admitted));
        } else if (outcome instanceof Admission.Rejected rejected) {
            connection.reading().addTask(reject(rejected));
        } else if (outcome instanceof Admission.Refused refused) {
            refuse(refused.refusal(), refused.known());
        }
    }

    private void refuse(Refusal refusal, RequestParams known) {
        awaited.set(Input.DROPPED);
        connection.incidents().on(refusal.incident(), "{}: {}", connection.peer(), refusal.message());
        http.refuse(refusal.httpStatus(), refusal.publicStatus(connection.sharing() != Sharing.EXCLUSIVE), known);
    }

    public void onStdin(ByteBuffer content, RetainableByteBuffer buffer) {
        switch (awaited.get()) {
            case PARAMS -> reject(new BadRequest("STDIN before the end of PARAMS"), false);
            case STDIN -> {
                if (input.isStdinRead()) {
                    http.fail(new InputException("STDIN is longer than announced"));
                    return;
                }
                if (input.offerStdin(content, buffer)) {
                    connection.reading().addWakeUp(http.onContentAvailable());
                }
                input.dropUnwantedStdin(http.output().isHolding());
            }
            case DATA, COMPLETE -> http.fail(new InputException("STDIN after its end"));
            case DROPPED -> {}
        }
    }

    public void onStdinEnd() {
        if (awaited.get() == Input.PARAMS) {
            reject(new BadRequest("STDIN before the end of PARAMS"), false);
        } else if (awaited.compareAndSet(Input.STDIN, role.has(RecordType.DATA) ? Input.DATA : Input.COMPLETE)
                && input.endStdin()) {
            connection.reading().addWakeUp(http.onContentAvailable());
        }
        http.output().onStdinEnd();
    }

    /** DATA is ignored if the role has none, unless it comes before the end of PARAMS. */
    public void onData(ByteBuffer content, RetainableByteBuffer buffer) {
        switch (awaited.get()) {
            case PARAMS -> reject(new BadRequest("DATA before the end of PARAMS"), false);
            case STDIN, COMPLETE -> {
                if (role.has(RecordType.DATA)) {
                    http.fail(new InputException("DATA before the end of STDIN, or after its own"));
                }
            }
            case DATA -> connection.reading().addTask(input.offerData(content, buffer));
            case DROPPED -> {}
        }
    }

    public void onDataEnd() {
        if (awaited.compareAndSet(Input.DATA, Input.COMPLETE)) {
            connection.reading().addTask(input.endData());
        } else {
            onData(BufferUtil.EMPTY_BUFFER, null);
        }
    }

    /** The web server has given the request up. */
    public void abort(Throwable cause) {
        debug("gives up: {}", cause);
        http.abort(cause, () -> awaited.set(Input.DROPPED));
    }

    // ---- what becomes of it ----

    private Runnable dispatch(Admission.Admitted admitted) {
        try {
            return dispatch(admitted.role(), admitted.request(), admitted.params());
        } catch (RuntimeException e) {
            return reject(new Admission.Rejected(e, admitted.params(), false));
        }
    }

    private Runnable dispatch(AskedRole served, CgiRequest sent, RequestParams params) {
        FcgiConfiguration configuration = connection.configuration();
        role = RoleRules.of(served.role());
        CgiRequest asked = sent;
        if (role.decides()) {
            input.expectNothing();
            asked = AuthorizerRequest.of(
                    sent, params, configuration.getAuthorizerPath(), configuration.isExplicitGrant());
        } else {
            input.expectStdin(sent.bodyLength());
        }
        if (role.has(RecordType.DATA)) {
            input.expectData(params);
        }
        WebServerRequest facts = new WebServerRequest(
                role.role(),
                sent.uri(),
                params,
                configuration.secret(),
                configuration.getParamsCharset(),
                input.data());
        if (role.decides()) {
            http.setOutput(new AuthorizerOutput(
                    id,
                    connection.flusher(),
                    connection.headLimit(),
                    this,
                    facts.answer(),
                    served.marked(),
                    configuration.isExplicitGrant(),
                    http::isErrorPage));
        }
        if (HttpMethod.HEAD.is(sent.method())) {
            http.output().setBodyless();
        }
        return http.dispatch(asked, facts);
    }

    /**
     * Rejects a request whose PARAMS have not ended, unless they just have.
     *
     * @param elsewhere whether a thread of the pool answers; else the holder of the reader role has it done
     */
    private void reject(BadRequest failure, boolean elsewhere) {
        if (!awaited.compareAndSet(Input.PARAMS, Input.DROPPED)) {
            return;
        }
        Runnable answer = reject(admission.reject(failure));
        if (!elsewhere) {
            connection.reading().addTask(answer);
        } else if (answer != null) {
            connection.execute(answer);
        }
    }

    /**
     * {@return the task that answers with the container's error page, run like an application; null if the request has
     * been answered already, since too many wait for that}
     */
    private Runnable reject(Admission.Rejected how) {
        awaited.set(Input.DROPPED);
        input.discard();
        CgiRequest rejected = RejectedRequest.of(how.known());
        log(how.failure(), rejected);
        boolean may = admission.takeRejected();
        if (http.output().isEnded()) {
            // The connection has ended meanwhile, which may have given back the previous permit only.
            admission.leave();
        }
        if (!may) {
            http.refuse(how.httpStatus(), ProtocolStatus.REQUEST_COMPLETE, how.known());
            return null;
        }
        if (how.partial()) {
            http.output().setBare();
        } else if (HttpMethod.HEAD.is(rejected.method())) {
            http.output().setBodyless();
        }
        return http.reject(rejected, how.failure());
    }

    private void log(RuntimeException failure, CgiRequest rejected) {
        if (!(failure instanceof HttpException)) {
            connection.incidents().on(Incident.INTERNAL_ERROR, "{}: request failed", connection.peer(), failure);
            return;
        }
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
    }

    /** Called now and then by the scheduler: applies the time limits of the request. */
    public void sweep() {
        if (awaited.get() == Input.PARAMS) {
            Duration limit = connection.configuration().getParamsTimeout();
            if (http.ageNanos() > limit.toNanos()) {
                reject(new BadRequest(HttpStatus.REQUEST_TIMEOUT_408, "PARAMS took longer than " + limit), true);
            }
            return;
        }
        http.checkAge(role.role(), () -> awaited.set(Input.DROPPED));
        Duration idleTimeout = Duration.ofMillis(http.getIdleTimeout());
        input.sweep(idleTimeout);
        long idleNanos = idleTimeout.toNanos();
        if (http.output().isHolding() && idleNanos > 0 && connection.reading().idleNanos() > idleNanos) {
            http.output().onStdinEnd();
        }
    }

    /** The id is free, so no more STDIN will be taken: an application that still reads must not wait. */
    public void onEnded() {
        debug("ended: {}", this);
        admission.end();
        input.cut();
        http.onEnded(role.role());
    }

    public RequestInput input() {
        return input;
    }

    public boolean isAwaitingParams() {
        return awaited.get() == Input.PARAMS;
    }

    /** {@return the request as it is at this moment; any thread may ask} */
    public ActiveRequest snapshot() {
        return http.snapshot(role.role());
    }

    /** {@return whether its response is complete, though perhaps not written yet} */
    public boolean isAnswered() {
        return http.output().isComplete();
    }

    /** {@return the stream whose end is the end of the request} */
    public RecordType lastInput() {
        return role.last();
    }

    /** {@return whether all of the input has come, so that nothing more will come for it} */
    public boolean isInputComplete() {
        return awaited.get() == Input.COMPLETE;
    }

    /** {@return whether all of the input that is needed has come, perhaps without its end; an Authorizer needs none} */
    public boolean isRequestComplete() {
        return switch (awaited.get()) {
            case STDIN -> !role.has(RecordType.DATA) && input.isStdinComplete();
            case DATA -> input.isDataComplete();
            case COMPLETE -> true;
            case PARAMS, DROPPED -> false;
        };
    }

    // ---- told by the output ----

    @Override
    public Sharing sharing() {
        return connection.sharing();
    }

    @Override
    public void onLongResponse() {
        connection.reading().onBusy();
    }

    @Override
    public void onHeld() {
        input.dropUnwantedStdin(true);
        connection.reading().onBusy();
    }

    @Override
    public void onEndEncoded() {
        connection.onEndEncoded(this);
    }

    @Override
    public void onEndWritten() {
        connection.onEndWritten(this);
    }

    @Override
    public void onEndLost() {
        connection.onEndLost(this);
    }

    @Override
    public void breakOff() {
        connection.breakOff();
    }

    @Override
    public String toString() {
        return snapshot() + ", input: " + awaited;
    }
}
