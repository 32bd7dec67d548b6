package dev.gangway.ee;

import ${servlet}.ServletRequestEvent;
import ${servlet}.ServletRequestListener;

/** Has queries decoded by another charset than UTF-8. It is told of a request before the application is. */
record QueryCharset(String name) implements ServletRequestListener {
    /** By which Jetty lets itself be told. */
    private static final String ATTRIBUTE = "org.eclipse.jetty.server.Request.queryEncoding";

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        event.getServletRequest().setAttribute(ATTRIBUTE, name);
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {}
}
