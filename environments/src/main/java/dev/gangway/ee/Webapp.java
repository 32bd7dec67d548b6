package dev.gangway.ee;

import ${servlet}.ServletContextEvent;
import ${servlet}.ServletContextListener;
import org.eclipse.jetty.${environment}.webapp.WebAppContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application that reports a failure at its start to whoever starts it, and that ends in spite of failures at its
 * end.
 */
public class Webapp extends WebAppContext {
    private static final Logger LOG = LoggerFactory.getLogger(Webapp.class);

    public Webapp() {
        // Needed from the first step of the start: extracting a WAR and reading its descriptor come before the
        // configurations.
        setThrowUnavailableOnStartupException(true);
    }

    /** After a failure, Jetty would not call the listeners before this one, and would keep the archive open. */
    @Override
    public void callContextDestroyed(ServletContextListener listener, ServletContextEvent event) {
        try {
            super.callContextDestroyed(listener, event);
        } catch (Throwable e) {
            LOG.warn("Listener {} of {} failed at the end", listener.getClass().getName(), getContextPath(), e);
        }
    }
}
