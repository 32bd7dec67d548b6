package dev.gangway.fcgi.server;

import dev.gangway.conformance.record.FcgiNumbers;

/** The ways in which a web server is connected. */
public enum Link {
    /** TCP, one request at a time. */
    TCP,
    /** A Unix-domain socket, one request at a time. */
    UNIX,
    /** TCP, and the web server has asked whether it may send several requests at once. */
    SHARED;

    /** {@return what END_REQUEST says past a limit: on a shared connection nothing that concerns the other requests} */
    public int overloaded() {
        return this == SHARED ? FcgiNumbers.REQUEST_COMPLETE : FcgiNumbers.OVERLOADED;
    }
}
