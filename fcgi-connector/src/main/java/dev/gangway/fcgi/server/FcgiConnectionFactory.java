package dev.gangway.fcgi.server;

import java.util.Objects;
import org.eclipse.jetty.http.HttpCompliance;
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

    /** Web servers send the PARAMS of one request after the other. */
    private static final int MAX_INTERLEAVED = 1000;

    private final HttpConfiguration httpConfiguration;
    private final FcgiConfiguration configuration;
    private final OpenConnections connections;
    private final Places activeRequests;
    private final Places interleavedRequests = new Places(() -> MAX_INTERLEAVED);
    private InputBudget inputBudget;
    private HttpConfiguration effective;
    private volatile boolean peersMultiplex;

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
        super(PROTOCOL);
        this.httpConfiguration = Objects.requireNonNull(httpConfiguration, "httpConfiguration");
        this.configuration = Objects.requireNonNull(configuration, "configuration");
        this.connections = new OpenConnections(configuration);
        this.activeRequests = new Places(configuration::getMaxRequests);
        setInputBufferSize(INPUT_BUFFER_SIZE);
        installBean(httpConfiguration);
        installBean(connections);
    }

    /**
     * {@return the HTTP configuration that suits an application behind a web server: without the headers that are the
     * web server's own}
     */
    public static HttpConfiguration newHttpConfiguration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
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
        return connections.size();
    }

    /** {@return how many requests are active} */
    @ManagedAttribute("active requests")
    public int getActiveRequests() {
        return activeRequests.taken();
    }

    /** {@return how many bytes are kept of bodies that the applications have not read yet} */
    @ManagedAttribute("bytes of unread input")
    public long getBufferedInputBytes() {
        return inputBudget == null ? 0 : inputBudget.spent();
    }

    @Override
    protected void doStart() throws Exception {
        effective = new HttpConfiguration(httpConfiguration);
        effective.getCustomizers().add(0, RequestMetaData::onHandling);
        // Host, HTTPS and SERVER_PORT come from three parameters, and which port counts is configured; Jetty 12.1.12
        // and
        // later would answer 400 where they differ.
        effective.setHttpCompliance(
                httpConfiguration.getHttpCompliance().with("FCGI", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
        connections.start();
        inputBudget = InputBudget.of(configuration.getMaxBufferedInputBytes());
        super.doStart();
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        connections.stop();
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        return configure(new FcgiConnection(this, connector, endPoint), connector, endPoint);
    }

    /** {@return the HTTP configuration with what the connections need besides} */
    HttpConfiguration effectiveHttpConfiguration() {
        return effective;
    }

    OpenConnections connections() {
        return connections;
    }

    /** {@return those for active requests: a request takes one as soon as it costs something} */
    Places activeRequests() {
        return activeRequests;
    }

    /** {@return those for requests that have begun while PARAMS of another one on their connection have not ended} */
    Places interleavedRequests() {
        return interleavedRequests;
    }

    /** {@return how much input may be kept for all requests together} */
    InputBudget inputBudget() {
        return inputBudget;
    }

    /** {@return whether a web server has been seen to have several requests on one connection} */
    boolean peersMultiplex() {
        return peersMultiplex;
    }

    void onPeerMultiplexes() {
        peersMultiplex = true;
    }
}
