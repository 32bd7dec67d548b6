package dev.gangway.level;

import ${servlet}.FilterChain;
import ${servlet}.ServletException;
import ${servlet}.ServletRequest;
import ${servlet}.ServletResponse;
import org.eclipse.jetty.${level}.servlet.FilterHolder;
import org.eclipse.jetty.${level}.servlet.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter that does nothing if its only purpose is the server push of another Jetty: it would fail for its lack, and
 * FastCGI has no push anyway.
 */
class LenientFilterHolder extends FilterHolder {
    /** {@code PushCacheFilter} and {@code PushSessionCacheFilter}. */
    private static final String PUSH_FILTERS = "org.eclipse.jetty.servlets.Push";

    private static final Logger LOG = LoggerFactory.getLogger(LenientFilterHolder.class);

    LenientFilterHolder(Source source) {
        super(source);
    }

    /** As a servlet's. */
    @Override
    public void destroyInstance(Object filter) {
        try {
            super.destroyInstance(filter);
        } catch (Throwable e) {
            LOG.warn("Filter {} failed at the end", getName(), e);
        }
    }

    // The exception is not imported, since it sorts before javax and after jakarta.
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws java.io.IOException, ServletException {
        if (getClassName().startsWith(PUSH_FILTERS)) {
            chain.doFilter(request, response);
        } else {
            super.doFilter(request, response, chain);
        }
    }
}
