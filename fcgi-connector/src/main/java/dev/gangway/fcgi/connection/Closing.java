package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.reading.Stay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the socket of a connection is closed: by a reset, unless everything has been written that had to be.
 *
 * <p>Over TCP some web servers take any other close for the end of the response. The choice is kept in the socket
 * itself (SO_LINGER), so it does not matter who closes it: Jetty when it stops, or the system when the process dies.
 */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final int RESET = 0;
    private static final int IN_ORDER = -1;

    private final EndPoint endPoint;
    private final Stay stay;

    /** @param stay has the channel in a selector too, and must let it go */
    Closing(EndPoint endPoint, Stay stay) {
        this.endPoint = endPoint;
        this.stay = stay;
    }

    /** From now on a close may cut a response. */
    void onOpen() {
        linger(RESET);
    }

    /** Closes the socket so that the web server gets everything that has been written. */
    void inOrder() {
        linger(IN_ORDER);
        endPoint.close();
        stay.letGo();
    }

    /** Says that nothing more will be written. */
    void endOutput() {
        linger(IN_ORDER);
        endPoint.shutdownOutput();
    }

    /**
     * Closes the socket so that the web server takes no response for complete.
     *
     * @param cause what callers that wait for the socket are told; null for a plain end
     */
    void broken(Throwable cause) {
        endPoint.close(cause);
        stay.letGo();
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
