package dev.gangway.level;

import org.eclipse.jetty.${level}.servlet.FilterHolder;
import org.eclipse.jetty.${level}.servlet.ServletHandler;
import org.eclipse.jetty.${level}.servlet.ServletHolder;
import org.eclipse.jetty.${level}.servlet.Source;

/** The servlets and filters of an application that may have been made for another container. */
class LenientServletHandler extends ServletHandler {
    @Override
    public ServletHolder newServletHolder(Source source) {
        return new LenientServletHolder(source);
    }

    @Override
    public FilterHolder newFilterHolder(Source source) {
        return new LenientFilterHolder(source);
    }
}
