package dev.gangway.servlet.listen;

import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;

/**
 * The listening socket on descriptor 0. It belongs to the parent process, so it is neither closed nor touched when the
 * runner stops (FCGI-7). To close it would also point descriptors 1 and 2 at /dev/null, and with them the last lines of
 * the log (FCGI-8).
 */
record InheritedSocket(ServerSocketChannel channel) implements ListeningSocket {
    /** {@return whether descriptor 0 is a listening socket} */
    static boolean isPresent() {
        try {
            return System.inheritedChannel() instanceof ServerSocketChannel;
        } catch (IOException e) {
            return false;
        }
    }

    static InheritedSocket open() throws StartFailure {
        try {
            Channel channel = System.inheritedChannel();
            if (channel instanceof ServerSocketChannel listening) {
                return new InheritedSocket(listening);
            }
        } catch (IOException e) {
            throw new StartFailure("cannot use descriptor 0: " + e.getMessage(), e);
        }
        throw missing();
    }

    static StartFailure missing() {
        return new StartFailure("descriptor 0 is not a listening socket; start gangway from a web server or spawn-fcgi,"
                + " or give --listen unix:PATH or tcp:HOST:PORT");
    }

    @Override
    public void release() {
        // It stays open for the parent process and for a successor.
    }
}
