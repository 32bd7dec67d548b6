package dev.gangway.fcgi.fuzz;

import java.io.OutputStream;
import java.io.PrintStream;
import org.eclipse.jetty.logging.JettyLogger;
import org.eclipse.jetty.logging.StdErrAppender;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what is logged: of hostile input that is a lot. */
final class Quiet implements BeforeAllCallback, AfterAllCallback {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final StdErrAppender appender =
            (StdErrAppender) ((JettyLogger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).getAppender();
    private PrintStream usual;

    @Override
    public void beforeAll(ExtensionContext context) {
        usual = appender.getStream();
        appender.setStream(NOWHERE);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        appender.setStream(usual);
    }
}
