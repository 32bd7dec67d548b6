package dev.gangway.fcgi.request;

import dev.gangway.fcgi.cgi.CgiRequest;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.HostPort;

/**
 * What Jetty and the servlets see as "the connection": the client's connection to the web server, as one request
 * describes it, and not the connection between web server and connector. Each channel has its own, reused with the
 * channel.
 */
public final class RequestMetaData extends Attributes.Lazy implements ConnectionMetaData {
    private static final String LOOPBACK = "127.0.0.1";

    private static final Consumer<HttpFields> NOBODY = fields -> {};

    private final ConnectionServices connection;
    private Consumer<HttpFields> handling = NOBODY;
    private HttpVersion version = HttpVersion.HTTP_1_0;
    private boolean secure;
    private boolean persistent;
    private HostPort authority;
    private SocketAddress local;
    private SocketAddress remote;

    RequestMetaData(ConnectionServices connection) {
        this.connection = connection;
    }

    /**
     * Sets every field anew, so that nothing of the previous request is left.
     *
     * @param onHandling gets the header fields of the response just before the application runs
     */
    void set(CgiRequest request, boolean keepConn, Consumer<HttpFields> onHandling) {
        handling = onHandling;
        version = request.version();
        secure = request.secure();
        persistent = keepConn;
        authority = request.server();
        local = known(request.local(), connection.connection().getEndPoint().getLocalSocketAddress());
        remote = request.remote();
    }

    /** Lets the request go: the connection may be idle for long, and its parameters may be confidential. */
    void clear() {
        handling = NOBODY;
        clearAttributes();
    }

    /** Without SERVER_ADDR: where the web server reached us, or the loopback if it came through a Unix socket. */
    private static InetSocketAddress known(InetSocketAddress local, SocketAddress socket) {
        if (!local.getHostString().isEmpty()) {
            return local;
        }
        String host = socket instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : LOOPBACK;
        return InetSocketAddress.createUnresolved(host, local.getPort());
    }

    /** {@return a copy of an HTTP configuration with what requests need in addition} */
    public static HttpConfiguration adapt(HttpConfiguration configuration) {
        HttpConfiguration adapted = new HttpConfiguration(configuration);
        adapted.getCustomizers().add(0, RequestMetaData::onHandling);
        // Host, HTTPS and SERVER_PORT come from three parameters, and which port counts is configured: where they
        // differ, Jetty would answer 400 from 12.1.12 on.
        adapted.setHttpCompliance(
                configuration.getHttpCompliance().with("FCGI", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
        return adapted;
    }

    /** An {@link HttpConfiguration.Customizer}: the only hook that Jetty 12.1 calls just before the application. */
    private static Request onHandling(Request request, HttpFields.Mutable responseHeaders) {
        if (request.getConnectionMetaData() instanceof RequestMetaData metaData) {
            metaData.handling.accept(responseHeaders);
        }
        return request;
    }

    @Override
    public String getId() {
        return connection.id();
    }

    @Override
    public HttpConfiguration getHttpConfiguration() {
        return connection.httpConfiguration();
    }

    @Override
    public HttpVersion getHttpVersion() {
        return version;
    }

    @Override
    public String getProtocol() {
        return version.asString();
    }

    @Override
    public Connection getConnection() {
        return connection.connection();
    }

    @Override
    public Connector getConnector() {
        return connection.connector();
    }

    @Override
    public boolean isPersistent() {
        return persistent;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return remote;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return local;
    }

    @Override
    public HostPort getServerAuthority() {
        return authority;
    }
}
