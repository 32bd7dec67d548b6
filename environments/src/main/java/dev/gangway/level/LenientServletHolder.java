package dev.gangway.level;

import java.util.stream.Stream;
import org.eclipse.jetty.${level}.servlet.ServletHolder;
import org.eclipse.jetty.${level}.servlet.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A servlet that answers 404 or 503 if it needs the classes of another container; any other error is one. */
class LenientServletHolder extends ServletHolder {
    private static final Logger LOG = LoggerFactory.getLogger(LenientServletHolder.class);

    LenientServletHolder(Source source) {
        super(source);
    }

    @Override
    public void doStart() throws Exception {
        try {
            super.doStart();
        } catch (Exception e) {
            leaveOut(e, getClassName());
        }
    }

    @Override
    public void initialize() throws Exception {
        try {
            super.initialize();
        } catch (Exception e) {
            leaveOut(e, missingClass(e));
        }
    }

    /** Jetty would leave the rest of the application as it is after an {@link Error}. */
    @Override
    public void destroyInstance(Object servlet) {
        try {
            super.destroyInstance(servlet);
        } catch (Throwable e) {
            LOG.warn("Servlet {} failed at the end", getName(), e);
        }
    }

    /** Jetty has made the servlet unavailable; it remains to go on. */
    private void leaveOut(Exception failure, String missing) throws Exception {
        if (!isOfAnotherContainer(missing)) {
            throw failure;
        }
        LOG.warn("Servlet {} is left out, since it needs {} of another container", getName(), missing);
    }

    private static String missingClass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
                return cause.getMessage();
            }
        }
        return null;
    }

    private static boolean isOfAnotherContainer(String name) {
        return name != null
                && Stream.of("org.eclipse.jetty.", "org.mortbay.", "org.apache.catalina.")
                        .anyMatch(name.replace('/', '.')::startsWith);
    }
}
