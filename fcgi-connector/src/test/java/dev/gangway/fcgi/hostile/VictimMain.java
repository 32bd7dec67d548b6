package dev.gangway.fcgi.hostile;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server for {@link Victim}, which starts it in a small JVM of its own. It prints its port and ends with its standard
 * input.
 */
final class VictimMain {
    private static final int MAX_CONNECTIONS = 16_000;
    private static final int THREADS = 30;
    private static final int BLOCK = 64 * 1024;

    private VictimMain() {}

    public static void main(String[] args) throws Exception {
        FcgiConfiguration configuration = new FcgiConfiguration();
        configuration.setMaxConnections(MAX_CONNECTIONS);
        // A crowd takes its time to gather.
        configuration.setParamsTimeout(Duration.ofMinutes(2));
        configuration.setRequestIdleTimeout(Duration.ofSeconds(Long.parseLong(args[0])));
        FcgiConnectionFactory factory =
                new FcgiConnectionFactory(FcgiConnectionFactory.newHttpConfiguration(), configuration);
        Server server = new Server(new QueuedThreadPool(THREADS));
        ServerConnector connector = new ServerConnector(server, 1, 1, factory);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(1000);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                switch (request.getHttpURI().getPath()) {
                    case "/state" -> Content.Sink.write(response, true, state(factory), callback);
                    case "/echo" -> Content.copy(request, response, callback);
                    case "/download" -> new Download(response, callback).iterate();
                    default -> Content.Sink.write(response, true, "ok", callback);
                }
                return true;
            }
        });
        server.start();
        System.out.println(connector.getLocalPort());
        while (System.in.read() >= 0) {
            // Nothing is said; the parent lives.
        }
        System.exit(0);
    }

    /** What an attack may cost: memory in use after a collection, threads, descriptors, requests. */
    private static String state(FcgiConnectionFactory factory) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return "%d %d %d %d %d"
                .formatted(
                        runtime.totalMemory() - runtime.freeMemory(),
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        system.getOpenFileDescriptorCount(),
                        factory.getOpenConnections(),
                        factory.getActiveRequests());
    }

    /** Writes without end, and without a thread while nobody reads. */
    private static final class Download extends IteratingNestedCallback {
        private final Response response;

        private Download(Response response, Callback callback) {
            super(callback);
            this.response = response;
        }

        @Override
        protected Action process() {
            response.write(false, ByteBuffer.allocate(BLOCK), this);
            return Action.SCHEDULED;
        }
    }
}
