package dev.gangway.servlet.figures;

import java.util.List;
import java.util.function.ToLongFunction;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;

/**
 * What has passed the connections. Jetty sums it up when a connection closes; what those that are open count for
 * themselves is added here. Thread-safe.
 */
final class Traffic {
    private final ConnectionStatistics closed;
    private final List<Connector> connectors;
    private long received;
    private long sent;

    Traffic(ConnectionStatistics closed, List<Connector> connectors) {
        this.closed = closed;
        this.connectors = connectors;
    }

    synchronized long received() {
        received = Math.max(received, closed.getReceivedBytes() + open(Connection::getBytesIn));
        return received;
    }

    synchronized long sent() {
        sent = Math.max(sent, closed.getSentBytes() + open(Connection::getBytesOut));
        return sent;
    }

    /** A connection that closes at this moment may be missing, or count twice: the sums must not shrink for that. */
    private long open(ToLongFunction<Connection> count) {
        return connectors.stream()
                .flatMap(connector -> connector.getConnectedEndPoints().stream())
                .map(EndPoint::getConnection)
                .filter(connection -> connection != null)
                .mapToLong(count)
                .sum();
    }
}
