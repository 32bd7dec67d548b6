package dev.gangway.ee;

import ${servlet}.Filter;
import ${servlet}.FilterChain;
import ${servlet}.FilterConfig;
import ${servlet}.ServletException;
import ${servlet}.ServletRequest;
import ${servlet}.ServletResponse;
import ${servlet}.UnavailableException;
import java.util.regex.Pattern;
import org.eclipse.jetty.${environment}.servlet.FilterHolder;
import org.eclipse.jetty.${environment}.servlet.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A filter that does nothing if its only purpose is the server push of another Jetty: it would fail because its class
 * is missing, and FastCGI has no push anyway. No other filter is left out, since it may be what protects an
 * application.
 */
class LenientFilterHolder extends FilterHolder {
    /** {@code PushCacheFilter} and {@code PushSessionCacheFilter}, where each version of Jetty has them. */
    private static final Pattern PUSH = Pattern.compile("org\\.eclipse\\.jetty\\.(ee\\d+\\.)?servlets\\.Push\\w+");

    private static final Logger LOG = LoggerFactory.getLogger(LenientFilterHolder.class);

    LenientFilterHolder(Source source) {
        super(source);
    }

    @Override
    public void doStart() throws Exception {
        if (getClassName() != null && PUSH.matcher(getClassName()).matches()) {
            setFilter(new Passage());
        }
        String missing = MissingClass.of(this);
        if (missing != null) {
            throw new UnavailableException("filter " + getName() + " needs " + missing
                    + (OtherContainer.has(missing) ? " of another container" : ", which the application does not have"));
        }
        super.doStart();
    }

    /** As for a servlet. */
    @Override
    public void destroyInstance(Object filter) {
        try {
            super.destroyInstance(filter);
        } catch (Throwable e) {
            LOG.warn("Filter {} failed at the end", getName(), e);
        }
    }

    /** Lets everything through. */
    private static final class Passage implements Filter {
        @Override
        public void init(FilterConfig configuration) {}

        // The exception is not imported, since it sorts before javax and after jakarta.
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws java.io.IOException, ServletException {
            chain.doFilter(request, response);
        }

        @Override
        public void destroy() {}
    }
}
