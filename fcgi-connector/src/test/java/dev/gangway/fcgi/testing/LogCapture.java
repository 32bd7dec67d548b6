package dev.gangway.fcgi.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.logging.JettyLevel;
import org.eclipse.jetty.logging.JettyLogger;
import org.eclipse.jetty.logging.StdErrAppender;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is logged during a test. */
public final class LogCapture implements BeforeEachCallback, AfterEachCallback {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StdErrAppender appender = (StdErrAppender) rootLogger().getAppender();
    private PrintStream usual;
    private JettyLogger detailed;

    @Override
    public void beforeEach(ExtensionContext context) {
        usual = appender.getStream();
        appender.setStream(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        appender.setStream(usual);
        if (detailed != null) {
            detailed.setLevel(JettyLevel.INFO);
        }
    }

    /** Logs what is below this name in detail during the test. */
    public void debug(String name) {
        detailed = (JettyLogger) LoggerFactory.getLogger(name);
        detailed.setLevel(JettyLevel.DEBUG);
    }

    /** {@return all that has been logged so far} */
    public String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static JettyLogger rootLogger() {
        return (JettyLogger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    }
}
