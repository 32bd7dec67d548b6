package dev.gangway.fcgi.server;

import java.io.IOException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** What an application that reads STDIN is told of a web server that breaks the protocol; uncaught it is a 400. */
final class InputError extends IOException implements HttpException {
    private static final long serialVersionUID = 1;

    InputError(String reason) {
        super(reason);
    }

    @Override
    public int getCode() {
        return HttpStatus.BAD_REQUEST_400;
    }

    @Override
    public String getReason() {
        return getMessage();
    }
}
