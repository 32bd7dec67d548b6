package dev.gangway.ee;

import org.eclipse.jetty.${environment}.servlet.FilterHolder;
import org.eclipse.jetty.${environment}.servlet.ListenerHolder;
import org.eclipse.jetty.${environment}.servlet.ServletContextHandler;
import org.eclipse.jetty.${environment}.servlet.ServletHandler;
import org.eclipse.jetty.${environment}.servlet.ServletHolder;
import org.eclipse.jetty.${environment}.servlet.Source;

/** The servlets, filters and listeners of an application that may have been made for another container. */
class LenientServletHandler extends ServletHandler {
    private final ServletContextHandler context;

    LenientServletHandler(ServletContextHandler context) {
        this.context = context;
    }

    @Override
    public ServletHolder newServletHolder(Source source) {
        return new LenientServletHolder(source);
    }

    @Override
    public FilterHolder newFilterHolder(Source source) {
        return new LenientFilterHolder(source);
    }

    @Override
    public ListenerHolder newListenerHolder(Source source) {
        return new LenientListenerHolder(source, context);
    }
}
