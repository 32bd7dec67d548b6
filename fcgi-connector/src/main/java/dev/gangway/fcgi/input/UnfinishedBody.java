package dev.gangway.fcgi.input;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;

/** A stream has ended before its announced length: status 400 if the application lets it pass, as over HTTP. */
final class UnfinishedBody extends EofException implements HttpException {
    private static final long serialVersionUID = 1L;

    UnfinishedBody(String message) {
        super(message);
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
