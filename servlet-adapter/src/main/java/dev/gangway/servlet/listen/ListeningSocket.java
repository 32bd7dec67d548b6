package dev.gangway.servlet.listen;

import java.nio.channels.ServerSocketChannel;

/** A bound and listening socket that Jetty did not make. */
sealed interface ListeningSocket permits SocketFile, InheritedSocket {
    /**
     * Large enough for a burst of connections: nginx is refused at once when the backlog of a Unix-domain socket is
     * full.
     */
    int BACKLOG = 1024;

    ServerSocketChannel channel();

    /** Called when no further connection is wanted, at least once, by any thread. */
    void release();
}
