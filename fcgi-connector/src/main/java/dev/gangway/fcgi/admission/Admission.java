package dev.gangway.fcgi.admission;

import dev.gangway.fcgi.cgi.BadRequest;
import dev.gangway.fcgi.cgi.CgiRequest;
import dev.gangway.fcgi.cgi.ParamsMemory;
import dev.gangway.fcgi.cgi.RequestParams;
import dev.gangway.fcgi.cgi.RequestReader;
import dev.gangway.fcgi.cgi.TargetRules;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.FixedLimits;
import dev.gangway.fcgi.config.Secret;
import dev.gangway.fcgi.record.Params;
import dev.gangway.fcgi.record.ParamsBuilder;
import dev.gangway.fcgi.record.RequestError;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Whether one request is served. It collects the PARAMS, and when they have ended it asks in this order: is there room,
 * does the web server know the secret, can the request be understood, is its role served. It also keeps the permits of
 * the request, which are given back when the request is over.
 *
 * <p>Only the thread that reads the connection adds PARAMS and has them decided about; the rest is thread-safe.
 */
public final class Admission {
    /** What is decided about a request. */
    public sealed interface Outcome {}

    /**
     * The application is asked.
     *
     * @param role as it is served, which need not be that of BEGIN_REQUEST
     */
    public record Admitted(CgiRequest request, RequestParams params, AskedRole role) implements Outcome {
        /** Without values, which may be credentials. */
        @Override
        public String toString() {
            return "served as " + role.role() + ", " + params.size() + " pairs";
        }
    }

    /**
     * It is answered by a status alone, without asking anybody.
     *
     * @param known the pairs that have come and were kept, for the logs
     */
    public record Refused(Refusal refusal, RequestParams known) implements Outcome {
        @Override
        public String toString() {
            return refusal.message();
        }
    }

    /**
     * It is answered by an error page.
     *
     * @param known   the pairs that have come
     * @param partial whether others may be missing, so that it is not known whether the client can take a body
     */
    public record Rejected(RuntimeException failure, RequestParams known, boolean partial) implements Outcome {
        /** {@return the status of the answer} */
        public int httpStatus() {
            return failure instanceof HttpException http ? http.getCode() : HttpStatus.INTERNAL_SERVER_ERROR_500;
        }

        @Override
        public String toString() {
            return "request rejected: " + failure.getMessage();
        }
    }

    private final FcgiConfiguration configuration;
    private final Quotas quotas;
    private final RoleRules begun;
    private final boolean forAuthorizer;
    private final ParamsMemory memory;
    /** As an active request; once rejected, as a rejected one. */
    private volatile Permit permit;
    /** Null unless the request has begun while the PARAMS of another one had not ended. */
    private Permit interleaved;
    /** Null as long as there is no reason to refuse. */
    private Refusal refusal;
    /** Null once nothing more is collected. */
    private volatile ParamsBuilder params;

    /**
     * @param begun         the role of BEGIN_REQUEST
     * @param forAuthorizer whether the connector has nothing but questions to the Authorizer
     * @param memory        of the connection
     * @param refusal       how it is refused once its PARAMS have ended, null if there is no reason yet
     */
    public Admission(
            FcgiConfiguration configuration,
            Quotas quotas,
            RoleRules begun,
            boolean forAuthorizer,
            ParamsMemory memory,
            Refusal refusal) {
        this.configuration = configuration;
        this.quotas = quotas;
        this.begun = begun;
        this.forAuthorizer = forAuthorizer;
        this.memory = memory;
        this.refusal = refusal;
        this.permit = new Permit(quotas.active());
        this.params = memory.builder();
    }

    /** {@return whether there is no reason to refuse the request yet} */
    public boolean isOpen() {
        return refusal == null;
    }

    /** The request begins while the PARAMS of another have not ended; returns false, and refuses it, if too many do. */
    public boolean interleave() {
        interleaved = new Permit(quotas.interleaved());
        if (!interleaved.take()) {
            refusal = Refusal.INTERLEAVED;
            // There may be many of them.
            params = null;
            return false;
        }
        return true;
    }

    /**
     * Adds a piece of PARAMS. Of a request that is refused there are as many as are free, for the logs.
     *
     * @throws RequestError if they break a rule, or a limit
     */
    public void collect(ByteBuffer content) throws RequestError {
        ParamsBuilder collected = params;
        if (collected == null) {
            return;
        }
        boolean free = collected.length() + content.remaining() <= FixedLimits.FREE_PARAMS_BYTES;
        if (refusal == null && !free && !permit.take()) {
            refusal = Refusal.OVERLOADED;
        }
        collected.add(refusal == null ? content : free(content, collected.length()));
    }

    private ByteBuffer free(ByteBuffer content, int before) {
        int room = Math.min(FixedLimits.FREE_PARAMS_BYTES, configuration.getMaxParamsBytes()) - before;
        return content.slice().limit(Math.max(0, Math.min(content.remaining(), room)));
    }

    /** The PARAMS have ended. */
    public Outcome decide() {
        leaveInterleaved();
        if (refusal == null && !permit.take()) {
            refusal = Refusal.OVERLOADED;
        }
        ParamsBuilder collected = params;
        params = null;
        if (refusal != null) {
            return new Refused(refusal, RequestParams.of(collected == null ? Params.NONE : collected.leading()));
        }
        try {
            Params received = collected.build();
            Secret secret = configuration.secret();
            if (secret.isRequired() && !secret.admits(received.all(Secret.NAME))) {
                return new Refused(Refusal.NO_SECRET, RequestParams.of(received));
            }
            return decide(memory.read(received, collected));
        } catch (RequestError e) {
            return new Rejected(BadRequest.of(e), RequestParams.of(collected.leading()), true);
        }
    }

    private Outcome decide(RequestParams received) {
        RequestReader reader = new RequestReader(
                received,
                new TargetRules(
                        configuration.getPathSource(), configuration.getStripPrefix(), configuration.getMaxUriLength()),
                configuration.getPortSource(),
                configuration.isRedirectAuthorization(),
                configuration.getTrustedProxies());
        try {
            CgiRequest request = reader.read();
            AskedRole asked = AskedRole.of(begun.role(), request.role(), forAuthorizer);
            Refusal unserved = asked.refusal(configuration.getRoles());
            return unserved == null ? new Admitted(request, received, asked) : new Refused(unserved, received);
        } catch (RuntimeException e) {
            return new Rejected(e, received, false);
        }
    }

    /** {@return how a request is rejected whose PARAMS have not ended} */
    public Rejected reject(BadRequest failure) {
        ParamsBuilder collected = params;
        params = null;
        return new Rejected(failure, RequestParams.of(collected == null ? Params.NONE : collected.leading()), true);
    }

    /** The request is rejected and no longer counts as active; returns false if too many are rejected already. */
    public boolean takeRejected() {
        leave();
        permit = new Permit(quotas.rejected());
        return permit.take();
    }

    /** The request no longer counts as active or rejected. */
    public void leave() {
        permit.leave();
    }

    /** The request is over. */
    public void end() {
        leave();
        leaveInterleaved();
    }

    private void leaveInterleaved() {
        if (interleaved != null) {
            interleaved.leave();
        }
    }
}
