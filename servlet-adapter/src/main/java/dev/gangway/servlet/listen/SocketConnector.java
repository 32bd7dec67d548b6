package dev.gangway.servlet.listen;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections from a socket that is bound already.
 *
 * <p>Jetty's {@code ServerConnector} does not know Unix-domain sockets, and its {@code UnixDomainServerConnector}
 * closes the socket and deletes the file that it was given, even if they belong to another process.
 */
final class SocketConnector extends AbstractConnector {
    private static final long PAUSE_MILLIS = 500;
    private static final long DEREGISTRATION_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnector.class);

    private final ListeningSocket socket;
    private final SelectorManager selectors;
    private Closeable accepting;

    SocketConnector(Server server, ListeningSocket socket, ConnectionFactory factory) {
        // No acceptor threads: interrupting one would close the socket.
        super(server, null, null, null, 0, factory);
        this.socket = socket;
        this.selectors = new Selectors(getExecutor(), getScheduler());
        installBean(selectors, true);
    }

    @Override
    public Object getTransport() {
        return socket.channel();
    }

    @Override
    protected void doStart() throws Exception {
        socket.channel().configureBlocking(false);
        super.doStart();
        accept(true);
    }

    @Override
    public CompletableFuture<Void> shutdown() {
        stopListening();
        return super.shutdown();
    }

    @Override
    protected void doStop() throws Exception {
        stopListening();
        awaitDeregistration();
        super.doStop();
        // Other processes that hold an inherited socket may expect it to be blocking, as it was.
        if (socket.channel().isOpen()) {
            socket.channel().configureBlocking(true);
        }
    }

    /**
     * Waits until the selector has let go of the socket: the selectors of Jetty 12.1.14 close whatever is registered when
     * they stop, cancelled or not, and to close an inherited socket would lose the log.
     */
    private void awaitDeregistration() throws InterruptedException {
        long begin = NanoTime.now();
        while (socket.channel().isRegistered() && NanoTime.millisSince(begin) < DEREGISTRATION_MILLIS) {
            Thread.sleep(1);
        }
    }

    /** Accepts no further connection; open ones stay. */
    void stopListening() {
        accept(false);
        socket.release();
    }

    @Override
    public void setAccepting(boolean accepting) {
        super.setAccepting(accepting);
        accept(accepting);
    }

    private synchronized void accept(boolean accept) {
        if (accept && accepting == null && isRunning() && !isShutdown()) {
            accepting = selectors.acceptor(socket.channel());
        } else if (!accept) {
            IO.close(accepting);
            accepting = null;
        }
    }

    /** Most likely the process is out of descriptors. Trying again at once would only keep a processor busy. */
    private void onAcceptFailure(IOException failure) {
        LOG.warn("Cannot accept a connection, trying again in {} ms: {}", PAUSE_MILLIS, failure.getMessage());
        accept(false);
        getScheduler().schedule(() -> accept(isAccepting()), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void accept(int acceptorId) {
        throw new UnsupportedOperationException("there are no acceptor threads");
    }

    private final class Selectors extends SelectorManager {
        /** Only one thread selects at any time, but not always the same. */
        private volatile boolean hasAccepted;

        Selectors(Executor executor, Scheduler scheduler) {
            super(executor, scheduler);
        }

        /**
         * Accepts one connection each time the socket is ready, while Jetty accepts until there is none. All who share an
         * inherited socket share its mode, and whoever makes it blocking, as systemd does for the command of a reload,
         * would let the selector wait for the next connection.
         */
        @Override
        protected SelectableChannel doAccept(SelectableChannel server) {
            if (hasAccepted) {
                hasAccepted = false;
                return null;
            }
            try {
                SelectableChannel channel = super.doAccept(server);
                hasAccepted = channel != null;
                return channel;
            } catch (IOException e) {
                onAcceptFailure(e);
                return null;
            }
        }

        @Override
        protected void accepted(SelectableChannel channel) throws IOException {
            channel.configureBlocking(false);
            if (socket.channel().getLocalAddress() instanceof InetSocketAddress) {
                ((SocketChannel) channel).setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            accept(channel);
        }

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            SocketChannelEndPoint endPoint =
                    new SocketChannelEndPoint((SocketChannel) channel, selector, key, getScheduler());
            endPoint.setIdleTimeout(getIdleTimeout());
            return endPoint;
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment) {
            return getDefaultConnectionFactory().newConnection(SocketConnector.this, endPoint);
        }

        @Override
        protected void endPointOpened(EndPoint endPoint) {
            super.endPointOpened(endPoint);
            onEndPointOpened(endPoint);
        }

        @Override
        protected void endPointClosed(EndPoint endPoint) {
            onEndPointClosed(endPoint);
            super.endPointClosed(endPoint);
        }
    }
}
