package dev.gangway.fcgi.admission;

import dev.gangway.fcgi.incident.Incident;
import dev.gangway.fcgi.record.ProtocolStatus;
import org.eclipse.jetty.http.HttpStatus;

/**
 * How a request is refused without asking the application.
 *
 * @param httpStatus for the client
 * @param status     for the web server
 * @param incident   what it is counted as
 * @param message    for the log
 */
public record Refusal(int httpStatus, ProtocolStatus status, Incident incident, String message) {
    static final Refusal OVERLOADED = new Refusal(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            ProtocolStatus.OVERLOADED,
            Incident.OVERLOAD,
            "request refused with 503: as many as may be are active already");

    static final Refusal INTERLEAVED = new Refusal(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            ProtocolStatus.OVERLOADED,
            Incident.OVERLOAD,
            "request refused with 503: the PARAMS of too many others have not ended");

    public static final Refusal AFTER_THE_LAST = new Refusal(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            ProtocolStatus.OVERLOADED,
            Incident.LAST_REQUEST,
            "request refused with 503: the connection or the server is about to end");

    public static final Refusal NOT_MULTIPLEXING = new Refusal(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            ProtocolStatus.CANT_MPX_CONN,
            Incident.OVERLOAD,
            "request refused with 503: another one is active on the connection");

    static final Refusal NO_SECRET = new Refusal(
            HttpStatus.FORBIDDEN_403,
            ProtocolStatus.REQUEST_COMPLETE,
            Incident.NO_SECRET,
            "request without the secret refused");

    /**
     * {@return what a web server is told}
     *
     * <p>HAProxy takes FCGI_OVERLOADED for the end of the connection and gives up all other requests on it.
     *
     * @param shared whether there may be other requests
     */
    public ProtocolStatus publicStatus(boolean shared) {
        return shared && status == ProtocolStatus.OVERLOADED ? ProtocolStatus.REQUEST_COMPLETE : status;
    }

    /** @param reason which role it has, and why that is refused */
    static Refusal ofRole(int httpStatus, String reason) {
        return new Refusal(
                httpStatus,
                ProtocolStatus.UNKNOWN_ROLE,
                Incident.ROLE,
                "request refused with " + httpStatus + ": " + reason);
    }
}
