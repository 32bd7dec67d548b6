package dev.gangway.ee;

import org.eclipse.jetty.${environment}.servlet.ServletContextHandler;

/** Tells servlets of suspicious paths like of any others: those that an application does not allow do not come here. */
final class DecodingServletHandler extends LenientServletHandler {
    DecodingServletHandler(ServletContextHandler context) {
        super(context);
        setDecodeAmbiguousURIs(true);
    }
}
