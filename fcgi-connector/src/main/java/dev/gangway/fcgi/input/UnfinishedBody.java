package dev.gangway.fcgi.input;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;

/** A stream has ended before the length that was announced: status 400 where the application lets it out, as over HTTP. */
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
