package dev.gangway.ee;

import ${servlet}.ServletContextEvent;
import ${servlet}.ServletContextListener;
import org.eclipse.jetty.${environment}.webapp.WebAppContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An application whose failures at its start are told to whoever starts it, and at its end do not keep it from ending.
 */
public class Webapp extends WebAppContext {
    private static final Logger LOG = LoggerFactory.getLogger(Webapp.class);

    public Webapp() {
        // From the first step of the start: to extract a WAR and to read its descriptor come before configurations.
        setThrowUnavailableOnStartupException(true);
    }

    /** The listeners before this one want to hear of the end as well, and Jetty would keep the archive open. */
    @Override
    public void callContextDestroyed(ServletContextListener listener, ServletContextEvent event) {
        try {
            super.callContextDestroyed(listener, event);
        } catch (Throwable e) {
            LOG.warn("Listener {} of {} failed at the end", listener.getClass().getName(), getContextPath(), e);
        }
    }
}
