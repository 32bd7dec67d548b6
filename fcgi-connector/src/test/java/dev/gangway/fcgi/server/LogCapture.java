package dev.gangway.fcgi.server;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.logging.JettyLogger;
import org.eclipse.jetty.logging.StdErrAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is logged during a test. */
final class LogCapture implements BeforeEachCallback, AfterEachCallback {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StdErrAppender appender = (StdErrAppender) rootLogger().getAppender();
    private PrintStream usual;

    @Override
    public void beforeEach(ExtensionContext context) {
        usual = appender.getStream();
        appender.setStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        appender.setStream(usual);
    }

    /** {@return all that has been logged so far} */
    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static JettyLogger rootLogger() {
        return (JettyLogger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
