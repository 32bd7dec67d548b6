package dev.gangway.level;

/** Tells servlets of suspicious paths like of any others: those that an application does not allow do not come here. */
final class DecodingServletHandler extends LenientServletHandler {
    DecodingServletHandler() {
        setDecodeAmbiguousURIs(true);
    }
}
