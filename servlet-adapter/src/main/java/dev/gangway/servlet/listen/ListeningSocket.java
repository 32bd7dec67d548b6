package dev.gangway.servlet.listen;

import java.nio.channels.ServerSocketChannel;

/** A bound and listening socket that Jetty did not make. */
sealed interface ListeningSocket permits SocketFile, InheritedSocket {
    /** A burst of connections must not be refused, as nginx is at once when the backlog of a Unix socket is full. */
    int BACKLOG = 1024;

    ServerSocketChannel channel();

    /** No further connection is wanted. Called at least once, by any thread. */
    void release();
}
