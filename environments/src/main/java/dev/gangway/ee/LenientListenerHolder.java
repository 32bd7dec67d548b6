package dev.gangway.ee;

import ${servlet}.ServletContextEvent;
import ${servlet}.ServletContextListener;
import ${servlet}.UnavailableException;
import java.util.EventListener;
import org.eclipse.jetty.${environment}.servlet.ListenerHolder;
import org.eclipse.jetty.${environment}.servlet.ServletContextHandler;
import org.eclipse.jetty.${environment}.servlet.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that is never called if it needs the classes of another container; any other error is still an error. */
class LenientListenerHolder extends ListenerHolder {
    private static final Logger LOG = LoggerFactory.getLogger(LenientListenerHolder.class);

    private final ServletContextHandler context;

    LenientListenerHolder(Source source, ServletContextHandler context) {
        super(source);
        this.context = context;
    }

    @Override
    public void doStart() throws Exception {
        String missing = MissingClass.of(this);
        if (OtherContainer.has(missing)) {
            LOG.warn("Listener {} is left out, since it needs {} of another container", getClassName(), missing);
            setListener(new EventListener() {});
        } else if (missing != null) {
            throw new UnavailableException(
                    "listener " + getClassName() + " needs " + missing + ", which the application does not have");
        }
        CdiDecorator cdi = CdiDecorator.of(context);
        if (cdi != null) {
            context.addEventListener(new BeforeThis(cdi));
        }
        super.doStart();
    }

    /** Jetty calls listeners in the order in which they are added. */
    private final class BeforeThis implements ServletContextListener {
        private final CdiDecorator cdi;

        BeforeThis(CdiDecorator cdi) {
            this.cdi = cdi;
        }

        @Override
        public void contextInitialized(ServletContextEvent event) {
            cdi.injectLate();
            if (getListener() instanceof ServletContextListener) {
                cdi.warnIfEarly(getListener());
            }
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {}
    }
}
