package dev.gangway.fcgi.server;

import java.util.Objects;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;

/** FastCGI 1.0 for any Jetty connector. */
public class FcgiConnectionFactory extends AbstractConnectionFactory implements HttpConfiguration.ConnectionFactory {
    /** The name of the protocol. */
    public static final String PROTOCOL = "fcgi/1.0";

    private final HttpConfiguration httpConfiguration;
    private final FcgiConfiguration configuration;

    public FcgiConnectionFactory(HttpConfiguration httpConfiguration, FcgiConfiguration configuration) {
        super(PROTOCOL);
        this.httpConfiguration = Objects.requireNonNull(httpConfiguration);
        this.configuration = Objects.requireNonNull(configuration);
    }

    @Override
    public HttpConfiguration getHttpConfiguration() {
        return httpConfiguration;
    }

    public FcgiConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        throw new UnsupportedOperationException();
    }
}
