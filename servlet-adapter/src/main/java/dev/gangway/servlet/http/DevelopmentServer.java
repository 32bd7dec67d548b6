package dev.gangway.servlet.http;

import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.listen.HostPort;
import dev.gangway.servlet.listen.Listener;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server for development, in place of a web server: it passes each request on to a FastCGI address, over a real
 * FastCGI connection.
 */
public final class DevelopmentServer implements AutoCloseable {
    /** Generous, since the FastCGI side decides whether a request is too large. */
    private static final int MAX_HEADER_BYTES = 256 * 1024;

    private final Server server;
    private final ServerConnector connector;
    private HostPort address;

    private DevelopmentServer(SocketAddress target, long stopTimeoutMillis) {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("gangway-http");
        server = new Server(threads);
        server.setStopTimeout(stopTimeoutMillis);
        server.setHandler(new GracefulHandler(new ForwardingHandler(target)));
        connector = new ServerConnector(server, new HttpConnectionFactory(httpConfiguration()));
        server.addConnector(connector);
    }

    private static HttpConfiguration httpConfiguration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        configuration.setResponseHeaderSize(MAX_HEADER_BYTES);
        // The FastCGI side refuses paths, as it would behind a web server.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    /**
     * Checks whether such a server could listen at an address.
     *
     * @throws StartFailure if its host is unknown
     */
    public static void check(HostPort wanted) throws StartFailure {
        if (wanted.toSocketAddress().isUnresolved()) {
            throw new StartFailure("--http " + wanted + ": unknown host '" + wanted.host() + "'");
        }
    }

    /**
     * {@return a server whose port is open, but which does not answer before it is started}
     *
     * @param target the FastCGI address
     * @param tries how many ports to try, from the wanted one upwards
     * @throws StartFailure if none of them is free
     */
    public static DevelopmentServer open(HostPort wanted, int tries, SocketAddress target, long stopTimeoutMillis)
            throws StartFailure {
        check(wanted);
        DevelopmentServer opened = new DevelopmentServer(target, stopTimeoutMillis);
        opened.bind(wanted, tries);
        return opened;
    }

    private void bind(HostPort wanted, int tries) throws StartFailure {
        connector.setHost(wanted.host());
        for (int port = wanted.port(); ; port++) {
            connector.setPort(port);
            try {
                connector.open();
                address = wanted.withPort(connector.getLocalPort());
                return;
            } catch (IOException e) {
                boolean another = e.getCause() instanceof BindException && port + 1 < wanted.port() + tries;
                if (!another) {
                    throw new StartFailure(
                            "cannot listen on http://" + wanted.withPort(port) + ": " + Listener.bindFailure(e), e);
                }
            }
        }
    }

    /** Starts to answer requests. */
    public void start() throws Exception {
        server.start();
    }

    /** {@return the server to stop} */
    public Server server() {
        return server;
    }

    /** Closes the port, whether or not the server has been started. */
    @Override
    public void close() {
        connector.close();
    }

    /** {@return where a browser finds the root of the site} */
    @Override
    public String toString() {
        return "http://" + address;
    }
}
