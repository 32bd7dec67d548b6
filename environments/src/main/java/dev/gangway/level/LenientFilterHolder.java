package dev.gangway.level;

import ${servlet}.FilterChain;
import ${servlet}.ServletException;
import ${servlet}.ServletRequest;
import ${servlet}.ServletResponse;
import java.io.IOException;
import java.util.Set;
import org.eclipse.jetty.${level}.servlet.FilterHolder;
import org.eclipse.jetty.${level}.servlet.Source;

/**
 * A filter that does nothing if its only purpose is the server push of another Jetty: it would fail for its lack, and
 * FastCGI has no push anyway.
 */
class LenientFilterHolder extends FilterHolder {
    private static final Set<String> PUSH_FILTERS =
            Set.of("org.eclipse.jetty.servlets.PushCacheFilter", "org.eclipse.jetty.servlets.PushSessionCacheFilter");

    LenientFilterHolder(Source source) {
        super(source);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (PUSH_FILTERS.contains(getClassName())) {
            chain.doFilter(request, response);
        } else {
            super.doFilter(request, response, chain);
        }
    }
}
