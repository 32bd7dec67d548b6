package dev.gangway.runner.listen;

import java.nio.channels.ServerSocketChannel;

/** A bound and listening socket that Jetty did not make. */
sealed interface ListeningSocket permits SocketFile, InheritedSocket {
    ServerSocketChannel channel();

    /** No further connection is wanted. Called at least once, by any thread. */
    void release();
}
