package dev.gangway.ee;

import org.eclipse.jetty.${environment}.servlet.ServletContextHandler;

/** Passes suspicious paths to servlets like any others: those that an application does not allow do not get here. */
final class DecodingServletHandler extends LenientServletHandler {
    DecodingServletHandler(ServletContextHandler context) {
        super(context);
        setDecodeAmbiguousURIs(true);
    }
}
