package dev.gangway.ee;

import ${servlet}.ServletRequestEvent;
import ${servlet}.ServletRequestListener;

/** Makes Jetty decode queries by a charset other than UTF-8. It is told of a request before the application is. */
record QueryCharset(String name) implements ServletRequestListener {
    /** The attribute from which Jetty takes the charset. */
    private static final String ATTRIBUTE = "org.eclipse.jetty.server.Request.queryEncoding";

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        event.getServletRequest().setAttribute(ATTRIBUTE, name);
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {}
}
