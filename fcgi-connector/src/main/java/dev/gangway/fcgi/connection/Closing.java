package dev.gangway.fcgi.connection;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the socket of a connection is closed: by a reset, unless it is said that all has been written that was to be.
 *
 * <p>Over TCP some web servers take every other end for that of the response. It is the socket itself that knows
 * (SO_LINGER), so that it does not matter who closes it: Jetty, when it stops, or the system, when the process dies.
 */
public final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final int RESET = 0;
    private static final int IN_ORDER = -1;

    private final EndPoint endPoint;

    Closing(EndPoint endPoint) {
        this.endPoint = endPoint;
    }

    /** From now on responses may be cut. */
    void onOpen() {
        linger(RESET);
    }

    /** Closes it so that the web server gets all that has been written. */
    void inOrder() {
        linger(IN_ORDER);
        endPoint.close();
    }

    /** Says that nothing more will be written. */
    void endOutput() {
        linger(IN_ORDER);
        endPoint.shutdownOutput();
    }

    /**
     * Closes it so that the web server takes nothing for complete.
     *
     * @param cause what those who wait for the socket are told; null if that is just its end
     */
    void broken(Throwable cause) {
        endPoint.close(cause);
    }

    private void linger(int seconds) {
        if (endPoint.getTransport() instanceof SocketChannel channel
                && channel.isOpen()
                && endPoint.getLocalSocketAddress() instanceof InetSocketAddress) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, seconds);
            } catch (IOException e) {
                LOG.debug("closed already: {}", endPoint, e);
            }
        }
    }
}
