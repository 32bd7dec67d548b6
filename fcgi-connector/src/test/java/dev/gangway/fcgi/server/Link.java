package dev.gangway.fcgi.server;

/** The ways in which a web server is connected. */
enum Link {
    /** TCP, one request at a time. */
    TCP,
    /** A Unix-domain socket, one request at a time. */
    UNIX,
    /** TCP, and the web server has asked whether it may send several requests at once. */
    SHARED
}
