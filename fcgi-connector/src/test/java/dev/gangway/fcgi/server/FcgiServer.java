package dev.gangway.fcgi.server;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.FcgiLimits;
import dev.gangway.fcgi.connection.SharedState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Jetty server with the connector on a free address, for one test. After the test it insists that every connection
 * has gone, every request has completed, no thread hangs and no buffer has leaked.
 */
public final class FcgiServer implements AfterEachCallback {
    /** What the server does with a request; it completes the callback. */
    @FunctionalInterface
    public interface App {
        void handle(Request request, Response response, Callback callback) throws Exception;
    }

    private final FcgiConfiguration fcgi;
    private final HttpConfiguration http = FcgiConnectionFactory.newHttpConfiguration();
    private final QueuedThreadPool threads = new QueuedThreadPool(60) {
        @Override
        public void execute(Runnable job) {
            if (threadless) {
                throw new RejectedExecutionException("as the test wants it");
            }
            super.execute(job);
        }
    };
    private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger handling = new AtomicInteger();
    private final AtomicInteger incomplete = new AtomicInteger();
    private final List<Peer> peers = new ArrayList<>();
    private final Link link;
    private Scheduler scheduler;
    private volatile boolean threadless;
    private boolean forAuthorizer;
    private Server server;
    private FcgiConnectionFactory factory;
    private AbstractConnector connector;
    private SocketAddress address;

    public FcgiServer(Link link) {
        this(link, new FcgiConfiguration());
    }

    public FcgiServer(Link link, FcgiConfiguration fcgi) {
        this.link = link;
        this.fcgi = fcgi;
        // The build runs all tests on selectors alone, too.
        fcgi.setConnectionThreads(Integer.getInteger("gangway.connection-threads", FcgiLimits.AUTO));
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
    }

    public Link link() {
        return link;
    }

    /** {@return the configuration, which may be changed before the start} */
    public FcgiConfiguration fcgi() {
        return fcgi;
    }

    /** {@return what Jetty does with HTTP, which may be changed before the start} */
    public HttpConfiguration http() {
        return http;
    }

    public QueuedThreadPool threads() {
        return threads;
    }

    /** Has the server take its time from there instead of from Jetty's own scheduler. */
    public void useScheduler(Scheduler other) {
        scheduler = other;
    }

    /** Sets whether no task gets a thread any more. */
    public void refuseThreads(boolean refuse) {
        threadless = refuse;
    }

    /** Has every request be a question. */
    public void takeQuestionsOnly() {
        forAuthorizer = true;
    }

    public FcgiServer start(App app) throws Exception {
        return start(handler(app));
    }

    public static Handler handler(App app) {
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                app.handle(request, response, callback);
                return true;
            }
        };
    }

    public FcgiServer start(Handler handler) throws Exception {
        server = new Server(threads, scheduler, buffers);
        server.setHandler(new Counting(handler));
        factory = new FcgiConnectionFactory(http, fcgi);
        if (forAuthorizer) {
            factory = factory.forAuthorizer();
        }
        if (link == Link.UNIX) {
            UnixDomainServerConnector unix = new UnixDomainServerConnector(server, factory);
            Path path = Files.createTempDirectory("fcgi").resolve("socket");
            unix.setUnixDomainPath(path);
            address = UnixDomainSocketAddress.of(path);
            connector = unix;
        } else {
            ServerConnector tcp = new ServerConnector(server, 1, 1, factory);
            tcp.setHost("127.0.0.1");
            connector = tcp;
        }
        server.addConnector(connector);
        server.start();
        if (connector instanceof ServerConnector tcp) {
            address = new InetSocketAddress("127.0.0.1", tcp.getLocalPort());
        }
        return this;
    }

    /** {@return a new connection, which is closed after the test} */
    public Peer connect() {
        return connect(0);
    }

    public Peer connect(int receiveBuffer) {
        Peer peer = Peer.connect(address, receiveBuffer);
        peers.add(peer);
        if (link == Link.SHARED) {
            peer.getValues("FCGI_MPXS_CONNS").managementAnswer();
        }
        return peer;
    }

    /** Begins to stop the server in a thread of its own. */
    public CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        server.stop();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                task -> new Thread(task).start());
    }

    public SocketAddress address() {
        return address;
    }

    public FcgiConnectionFactory factory() {
        return factory;
    }

    /** {@return what its connections share} */
    public SharedState state() {
        return factory.shared();
    }

    public Server jetty() {
        return server;
    }

    /** {@return how many requests have reached the application so far} */
    public int begun() {
        return begun.get();
    }

    /** {@return how many threads are inside the application} */
    public int handling() {
        return handling.get();
    }

    /** {@return how many requests have reached the application and are not complete} */
    public int incomplete() {
        return incomplete.get();
    }

    public int connections() {
        return connector.getConnectedEndPoints().size();
    }

    public void awaitNoRequest() {
        Await.until(
                () -> incomplete + " requests are not complete, " + handling + " are being handled\n" + server.dump(),
                () -> incomplete.get() == 0 && handling.get() == 0);
    }

    public void awaitNoConnection() {
        Await.until(
                () -> connector.getConnectedEndPoints() + " are open\n" + server.dump(),
                () -> connector.getConnectedEndPoints().isEmpty());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        peers.forEach(Peer::close);
        if (server == null) {
            return;
        }
        try {
            if (context.getExecutionException().isEmpty()) {
                awaitNoConnection();
                awaitNoRequest();
                Await.until(
                        () -> factory.getActiveRequests() + " requests count as active, "
                                + state().quotas().interleaved().taken() + " as interleaved, "
                                + state().quotas().rejected().taken() + " as rejected",
                        () -> factory.getActiveRequests() == 0
                                && state().quotas().interleaved().taken() == 0
                                && state().quotas().rejected().taken() == 0
                                && factory.getOpenConnections() == 0);
                Await.until(
                        () -> factory.getBufferedInputBytes() + " bytes of input are kept",
                        () -> factory.getBufferedInputBytes() == 0);
                Await.until(buffers::dumpLeaks, () -> buffers.getLeaks().isEmpty());
            } else {
                // Shows where a request hangs.
                System.err.println(server.dump());
            }
        } finally {
            server.stop();
            removeSocket();
        }
    }

    private void removeSocket() throws IOException {
        if (address instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
            Files.deleteIfExists(unix.getPath().getParent());
        }
    }

    private final class Counting extends Handler.Wrapper {
        private Counting(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            // First of all, so that what is incomplete and not handled has been handled before.
            handling.incrementAndGet();
            begun.incrementAndGet();
            incomplete.incrementAndGet();
            Request.addCompletionListener(request, failure -> incomplete.decrementAndGet());
            try {
                return super.handle(request, response, callback);
            } finally {
                handling.decrementAndGet();
            }
        }
    }
}
