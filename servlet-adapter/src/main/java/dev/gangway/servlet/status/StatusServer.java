package dev.gangway.servlet.status;

import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.listen.ListenAddress;
import dev.gangway.servlet.listen.Listener;
import dev.gangway.servlet.listen.SocketAccess;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the status of a server by HTTP, at an address of its own and by threads of its own, so that it answers whatever
 * the applications do with theirs.
 */
public final class StatusServer implements AutoCloseable {
    /** One that accepts, one that selects, and a few that answer. */
    private static final int THREADS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    private final Server server;
    private final Listener listener;

    private StatusServer(Server server, Listener listener) {
        this.server = server;
        this.listener = listener;
    }

    /**
     * Checks whether such a server could listen at an address, even if another process has it at the moment.
     *
     * @throws StartFailure if it cannot be opened, or if it is not safe to do so
     */
    public static void check(ListenAddress address, SocketAccess access, boolean takeover) throws StartFailure {
        requireFit(address, takeover);
        Listener.check(address, access, takeover);
    }

    private static void requireFit(ListenAddress address, boolean takeover) throws StartFailure {
        if (address instanceof ListenAddress.Tcp tcp) {
            if (takeover) {
                throw new StartFailure("--status-listen " + tcp
                        + " cannot be taken over from another process: with --takeover, use unix:PATH");
            }
            InetSocketAddress wanted = tcp.address().toSocketAddress();
            if (!wanted.isUnresolved() && !wanted.getAddress().isLoopbackAddress()) {
                throw new StartFailure("--status-listen " + tcp + " is reachable from other machines, and whoever can"
                        + " connect sees the status; use a loopback address or a Unix-domain socket, and let a web"
                        + " server pass it on");
            }
        }
    }

    /**
     * {@return a server that answers from now on}
     *
     * @param access who may connect, if the address is a Unix-domain socket
     * @param takeover whether a process that has the address goes on until {@link #takeOver}
     * @throws StartFailure if the address cannot be opened, or if it is not safe to do so
     */
    static StatusServer open(
            ListenAddress address, SocketAccess access, boolean takeover, StatusPages pages, Readiness readiness)
            throws StartFailure {
        requireFit(address, takeover);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("gangway-status");
        threads.setDaemon(true);
        Server server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        Listener listener = Listener.open(server, address, access, takeover, new HttpConnectionFactory(configuration));
        server.addConnector(listener.connector());
        server.setHandler(new Pages(pages, readiness));
        try {
            server.start();
        } catch (Exception e) {
            listener.close();
            throw new StartFailure("cannot start what listens on " + address + ": " + e, e);
        }
        return new StatusServer(server, listener);
    }

    /** Takes the address over from the process that has it, if there is one. */
    void takeOver() {
        if (!listener.isWaiting()) {
            return;
        }
        try {
            listener.takeOver();
        } catch (StartFailure e) {
            LOG.error("{}; another process keeps it", e.getMessage());
            close();
        }
    }

    @Override
    public void close() {
        listener.close();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.debug("{}", this, e);
        }
    }

    @Override
    public String toString() {
        return listener.toString();
    }

    private static final class Pages extends Handler.Abstract {
        private final StatusPages pages;
        private final Readiness readiness;

        Pages(StatusPages pages, Readiness readiness) {
            this.pages = pages;
            this.readiness = readiness;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            answer(request).send(response, callback);
            return true;
        }

        private Answer answer(Request request) {
            return switch (request.getHttpURI().getPath()) {
                case "/" -> pages.answer(request);
                case "/metrics" -> pages.metrics(request);
                case "/ping" -> Answer.of(readiness.ask());
                default -> Answer.refusal(HttpStatus.NOT_FOUND_404);
            };
        }
    }
}
