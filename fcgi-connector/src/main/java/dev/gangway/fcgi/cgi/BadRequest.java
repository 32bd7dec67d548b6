package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.record.RequestError;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** A request that cannot be served, with the status that tells the client so. */
public final class BadRequest extends HttpException.RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param reason what is wrong; status 400
     */
    public BadRequest(String reason) {
        this(HttpStatus.BAD_REQUEST_400, reason);
    }

    /**
     * @param status 400 to 499
     * @param reason what is wrong
     */
    public BadRequest(int status, String reason) {
        super(status, reason);
    }

    /** {@return the error as a status} */
    public static BadRequest of(RequestError error) {
        int status =
                switch (error.kind()) {
                    case MALFORMED -> HttpStatus.BAD_REQUEST_400;
                    case PARAMS_TOO_LARGE -> HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431;
                };
        return new BadRequest(status, error.getMessage());
    }
}
