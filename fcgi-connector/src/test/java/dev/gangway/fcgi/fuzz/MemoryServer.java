package dev.gangway.fcgi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.util.EnumSet;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;

/** A Jetty server with the connector, without sockets or threads. */
final class MemoryServer {
    /** So little that an input of a few thousand bytes fills it. */
    private static final int MAX_BUFFERED_STDIN = 2000;

    private final CallerThread thread = new CallerThread();
    private final CallerThread.Clock clock = new CallerThread.Clock();
    private final ArrayByteBufferPool buffers = new ArrayByteBufferPool();
    private final FcgiConnectionFactory factory;
    private final LocalConnector connector;

    MemoryServer(Handler handler) {
        FcgiConfiguration configuration = new FcgiConfiguration();
        configuration.setRoles(EnumSet.allOf(Role.class));
        configuration.setMaxBufferedStdinBytes(MAX_BUFFERED_STDIN);
        factory = new FcgiConnectionFactory(FcgiConnectionFactory.newHttpConfiguration(), configuration);
        Server server = new Server(thread, clock, buffers);
        connector = new LocalConnector(server, thread, clock, buffers, 0, factory);
        server.addConnector(connector);
        server.setHandler(handler);
        try {
            server.start();
            thread.drop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * {@return a new connection}
     *
     * @param window how many bytes the server can write before somebody reads them
     */
    MemoryConnection connect(int window) {
        return new MemoryConnection(thread, clock, connector, factory, window);
    }

    /** Insists that nothing is left of any connection. */
    void expectIdle() {
        assertThat(factory.getOpenConnections()).as("open connections").isZero();
        assertThat(factory.getActiveRequests()).as("active requests").isZero();
        // ArrayByteBufferPool.Tracking would tell who has them, but takes ten times as long.
        assertThat(buffers.getDirectByteBufferCount() - buffers.getAvailableDirectByteBufferCount())
                .as("leaked buffers")
                .isZero();
        assertThat(buffers.getHeapByteBufferCount() - buffers.getAvailableHeapByteBufferCount())
                .as("leaked heap buffers")
                .isZero();
    }
}
