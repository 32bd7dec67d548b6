package dev.gangway.fcgi.input;

import java.io.IOException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** Thrown to an application that reads input which breaks a rule; uncaught, it becomes a response. */
public final class InputException extends IOException implements HttpException {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * @param reason how the web server breaks the protocol; status 400
     */
    public InputException(String reason) {
        this(HttpStatus.BAD_REQUEST_400, reason);
    }

    /**
     * @param status 400 to 499
     * @param reason what is wrong
     */
    InputException(int status, String reason) {
        super(reason);
        this.status = status;
    }

    @Override
    public int getCode() {
        return status;
    }

    @Override
    public String getReason() {
        return getMessage();
    }
}
