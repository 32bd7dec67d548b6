package dev.gangway.servlet.request;

import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.CookieCompliance;
import org.eclipse.jetty.server.CookieCache;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Keeps quotes as part of a cookie's value, as Servlet 6.1 demands; before, containers removed them. */
public final class QuotedCookies extends Handler.Wrapper {
    private static final String CACHE = QuotedCookies.class.getName();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHeaders().contains("Cookie")) {
            request.setAttribute(Request.COOKIE_ATTRIBUTE, cookies(request));
        }
        return super.handle(request, response, callback);
    }

    /**
     * Cached as Jetty caches its own: headers that have not changed since the last request need not be parsed again.
     */
    private static CookieCache cookies(Request request) {
        CookieCache cache = (CookieCache) request.getComponents().getCache().getAttribute(CACHE);
        if (cache == null) {
            cache = new CookieCache(CookieCompliance.RFC6265_QUOTED);
            request.getComponents().getCache().setAttribute(CACHE, cache);
        }
        cache.parseCookies(request.getHeaders(), ComplianceViolation.Listener.NOOP);
        return cache;
    }
}
