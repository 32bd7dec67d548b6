package dev.gangway.fcgi.server;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.connection.FcgiConnection;
import dev.gangway.fcgi.connection.SharedState;
import dev.gangway.fcgi.incident.ActiveRequest;
import dev.gangway.fcgi.incident.Incident;
import dev.gangway.fcgi.incident.Incidents;
import dev.gangway.fcgi.incident.SlowRequests;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.annotation.ManagedAttribute;
import org.eclipse.jetty.util.annotation.ManagedObject;

/**
 * FastCGI 1.0 for any Jetty connector: TCP, Unix sockets, an inherited listening socket.
 *
 * <pre>{@code
 * Server server = new Server();
 * server.addConnector(new ServerConnector(server, new FcgiConnectionFactory()));
 * }</pre>
 *
 * <p>Each request becomes a Jetty request like one over HTTP, with {@link dev.gangway.api.FcgiRequest} as an attribute.
 * A factory may serve several connectors of one server; its limits then count for all of them together.
 */
@ManagedObject("FastCGI connection factory")
public class FcgiConnectionFactory extends AbstractConnectionFactory implements HttpConfiguration.ConnectionFactory {
    /** The name of the protocol. */
    public static final String PROTOCOL = "fcgi/1.0";

    private static final int INPUT_BUFFER_SIZE = 16 * 1024;

    private final HttpConfiguration httpConfiguration;
    private final FcgiConfiguration configuration;
    private final SharedState shared;
    private final boolean forAuthorizer;

    /** With the defaults of {@link #newHttpConfiguration()} and {@link FcgiConfiguration}. */
    public FcgiConnectionFactory() {
        this(newHttpConfiguration(), new FcgiConfiguration());
    }

    /**
     * @param httpConfiguration what does not concern FastCGI: compliance, buffer and header sizes, customizers; best
     *     made by {@link #newHttpConfiguration()}
     * @param configuration     the limits and switches of FastCGI
     */
    public FcgiConnectionFactory(HttpConfiguration httpConfiguration, FcgiConfiguration configuration) {
        this(
                Objects.requireNonNull(httpConfiguration, "httpConfiguration"),
                Objects.requireNonNull(configuration, "configuration"),
                new SharedState(httpConfiguration, configuration),
                false);
    }

    private FcgiConnectionFactory(
            HttpConfiguration httpConfiguration,
            FcgiConfiguration configuration,
            SharedState shared,
            boolean forAuthorizer) {
        super(PROTOCOL);
        this.httpConfiguration = httpConfiguration;
        this.configuration = configuration;
        this.shared = shared;
        this.forAuthorizer = forAuthorizer;
        setInputBufferSize(INPUT_BUFFER_SIZE);
        installBean(httpConfiguration);
        installBean(configuration);
        installBean(shared.connections());
    }

    /**
     * {@return a factory for another connector of the same server, at which every request is a question to the
     * Authorizer}
     *
     * <p>Its requests need no parameter FCGI_ROLE, which a web server's configuration may lack or misspell; a request
     * whose FCGI_ROLE says otherwise is refused. The configuration, the limits and the counts are those of this
     * factory.
     */
    public FcgiConnectionFactory forAuthorizer() {
        return new FcgiConnectionFactory(httpConfiguration, configuration, shared, true);
    }

    /**
     * {@return the HTTP configuration that suits an application behind a web server: without the headers that the web
     * server sets itself}
     */
    public static HttpConfiguration newHttpConfiguration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        // To copy what an application writes costs less than to write it piece by piece.
        configuration.setOutputAggregationSize(configuration.getOutputBufferSize());
        return configuration;
    }

    @Override
    public HttpConfiguration getHttpConfiguration() {
        return httpConfiguration;
    }

    /** {@return the limits and switches of FastCGI} */
    public FcgiConfiguration getConfiguration() {
        return configuration;
    }

    /** {@return how many connections are open} */
    @ManagedAttribute("open connections")
    public int getOpenConnections() {
        return shared.connections().size();
    }

    /** {@return how many requests are active} */
    @ManagedAttribute("active requests")
    public int getActiveRequests() {
        return shared.activeRequests();
    }

    /** {@return the active requests as they are at this moment; the oldest comes first} */
    public List<ActiveRequest> listActiveRequests() {
        return shared.connections().snapshots();
    }

    /**
     * Has somebody told of requests that take long, from now on. Any thread may call it.
     *
     * @param after   from which age on a request is slow; it is told within a fifth of a second
     * @param watcher is told, also of a request that the web server has given up while the application still runs
     */
    public void watchSlowRequests(Duration after, SlowRequests watcher) {
        incidents().watch(after, watcher);
    }

    /** {@return how many threads stay with a connection, waiting for its next request or serving one} */
    @ManagedAttribute("threads that stay with a connection")
    public int getStayingThreads() {
        return shared.stayingThreads();
    }

    /** {@return how many connections of peers that are not allowed have been refused} */
    @ManagedAttribute("connections refused, of peers that are not allowed")
    public long getForeignPeers() {
        return incidents().count(Incident.FOREIGN_PEER);
    }

    /** {@return how many connections have been refused because too many were open} */
    @ManagedAttribute("connections refused, since too many were open")
    public long getConnectionsPastLimit() {
        return incidents().count(Incident.CONNECTION_LIMIT);
    }

    /** {@return how many connections have been closed because the peer broke the protocol} */
    @ManagedAttribute("connections closed, since the peer broke the protocol")
    public long getConnectionErrors() {
        return incidents().count(Incident.CONNECTION_ERROR);
    }

    /** {@return how many requests have been refused because they came without the secret} */
    @ManagedAttribute("requests refused, since they came without the secret")
    public long getRequestsWithoutSecret() {
        return incidents().count(Incident.NO_SECRET);
    }

    /** {@return how many requests have been refused because their role is not served or not clear} */
    @ManagedAttribute("requests refused, whose role is not served or not clear")
    public long getRequestsOfOtherRoles() {
        return incidents().count(Incident.ROLE);
    }

    /** {@return how many requests have been refused because too many were active} */
    @ManagedAttribute("requests refused, since too many were active")
    public long getRequestsPastLimit() {
        return incidents().count(Incident.OVERLOAD);
    }

    /** {@return how many requests have been refused because their connection or the server was about to end} */
    @ManagedAttribute("requests refused, since their connection or the server was about to end")
    public long getRequestsAfterTheLast() {
        return incidents().count(Incident.LAST_REQUEST);
    }

    /** {@return how many requests have been rejected because they could not be served} */
    @ManagedAttribute("requests rejected, since they could not be served")
    public long getBadRequests() {
        return incidents().count(Incident.BAD_REQUEST);
    }

    /** {@return how many client certificates have been left out because they could not be read} */
    @ManagedAttribute("client certificates left out, since they could not be read")
    public long getUnreadableCertificates() {
        return incidents().count(Incident.CERTIFICATE);
    }

    /** {@return how many requests have been ended because they took longer than the request time-out} */
    @ManagedAttribute("requests ended, since they took longer than the request time-out")
    public long getOverdueRequests() {
        return incidents().count(Incident.REQUEST_TIMEOUT);
    }

    /** {@return how often the connector itself has failed, so that a request or a connection had to end} */
    @ManagedAttribute("failures of the connector itself")
    public long getInternalErrors() {
        return incidents().count(Incident.INTERNAL_ERROR);
    }

    /** {@return how many bytes are kept of bodies that the applications have not read yet} */
    @ManagedAttribute("bytes of unread input")
    public long getBufferedInputBytes() {
        return shared.bufferedInputBytes();
    }

    /**
     * Lets the connections end as they become dispensable, for a server whose address another one has taken over: each
     * ends after the next response on it, or after two seconds without a request. No request is refused. Any thread may
     * call it.
     */
    public void retire() {
        shared.connections().retire();
    }

    @Override
    protected void doStart() throws Exception {
        shared.start();
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        shared.stop();
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        shared.setScheduler(connector.getScheduler());
        return configure(new FcgiConnection(shared, forAuthorizer, connector, endPoint), connector, endPoint);
    }

    /** {@return the state that its connections share, for tests} */
    SharedState shared() {
        return shared;
    }

    private Incidents incidents() {
        return shared.incidents();
    }
}
