package dev.gangway.servlet.process;

import dev.gangway.fcgi.incident.SlowRequests;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.http.DevelopmentServer;
import dev.gangway.servlet.listen.ListenAddress;
import dev.gangway.servlet.listen.Listener;
import dev.gangway.servlet.listen.Succession;
import dev.gangway.servlet.status.Status;
import dev.gangway.servlet.web.Deployment;
import dev.gangway.servlet.web.NoApplication;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Web applications on FastCGI addresses, from start to stop. */
public final class Runner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    /** This part of the stop timeout is for requests that come on connections that are open already. */
    private static final int PART_FOR_ARRIVALS = 10;

    /** From the end of listening until every connection has been counted that was accepted before. */
    private static final long COUNTING_MILLIS = 100;

    /** How long the parts that have started may take to stop after the start has failed. */
    private static final long ABANDON_MILLIS = 5_000;

    /** Those who remove old files from a directory for temporary ones wait for a day at least. */
    private static final long YOUNG_HOURS = 8;

    /** Set by a relay that starts this process: the TCP address at which web servers connect to the relay. */
    private static final String RELAY_ADDRESS = "GANGWAY_RELAY_ADDRESS";

    /** The directory of the libraries that write the status. */
    private static final String STATUS = "status";

    private final RunSettings settings;
    private final ScratchDirectory scratch;
    private final Server server;
    private final Status status;
    /** Read by the thread that ends the process, too. */
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Guarded by the list of listeners. */
    private boolean stoppedListening;

    private Succession succession;
    private FcgiConnectionFactory connections;
    private DevelopmentServer developmentServer;

    private Runner(RunSettings settings, ScratchDirectory scratch) {
        this.settings = settings;
        this.scratch = scratch;
        server = new Server(settings.means().threads(), null, settings.means().buffers());
        status = new Status(settings.status(), server, settings.deployment());
        server.setTempDirectory(scratch.path().toFile());
        server.setStopTimeout(settings.ending().stopTimeoutMillis());
        server.setRequestLog(settings.means().accessLog());
        settings.requests().rules().install(server);
        settings.requests().login().install(server);
    }

    /**
     * {@return a runner that serves all applications on all addresses, after {@link #takeOver}}
     *
     * @param onLifetimeOver called when the process should end by itself; it must not wait for the end
     * @throws StartFailure if it cannot start; then nothing is left behind
     */
    static Runner start(RunSettings settings, Runnable onLifetimeOver) throws StartFailure {
        Runner runner =
                new Runner(settings, ScratchDirectory.create(settings.means().work()));
        // Also when an application calls System.exit.
        Runtime.getRuntime().addShutdownHook(new Thread(runner::close));
        try {
            Handler handler = settings.deployment().load(runner.server, settings.libraries());
            runner.listen();
            runner.serve(handler, onLifetimeOver);
            if (runner.isSuccessor()) {
                settings.deployment().requireAll();
            }
            return runner;
        } catch (StartFailure e) {
            runner.abandon();
            throw e;
        } catch (Throwable e) {
            runner.abandon();
            throw new StartFailure("cannot start: " + e, e);
        }
    }

    /** A signal may end the process at this very moment: no socket file is to stay. */
    private void listen() throws StartFailure {
        synchronized (listeners) {
            if (stoppedListening) {
                throw new StartFailure("stopped before it listened");
            }
            open();
        }
    }

    /** Opens the addresses before the applications start: a mistake shows at once, and they may take their time. */
    private void open() throws StartFailure {
        // One factory for all addresses: the limits are those of the process.
        FcgiConnectionFactory fcgi = new FcgiConnectionFactory(
                settings.requests().http(), settings.requests().fcgi());
        connections = fcgi;
        if (settings.means().slow() != null) {
            SlowRequests watcher = settings.means().slow().watcher().apply(server);
            server.addBean(watcher);
            fcgi.watchSlowRequests(settings.means().slow().after(), watcher);
        }
        String relay = System.getenv(RELAY_ADDRESS);
        if (relay != null) {
            warnOfClaims(relay);
        }
        succession = new Succession(listeners, fcgi);
        open(addresses(), fcgi);
        open(settings.listening().authorizerAddresses(), fcgi.forAuthorizer());
        status.open(
                server,
                fcgi,
                settings.deployment(),
                settings.listening().access(),
                settings.listening().takeover(),
                settings.libraries().environments().resolve(STATUS));
        RunSettings.Http http = settings.listening().http();
        if (http != null) {
            developmentServer = DevelopmentServer.open(
                    http.address(),
                    http.tries(),
                    listeners.get(0).address(),
                    settings.ending().stopTimeoutMillis());
        }
    }

    private void open(List<ListenAddress> addresses, FcgiConnectionFactory fcgi) throws StartFailure {
        for (ListenAddress address : addresses) {
            Listener listener = Listener.open(
                    server,
                    address,
                    settings.listening().access(),
                    settings.listening().takeover(),
                    fcgi);
            listeners.add(listener);
            server.addConnector(listener.connector());
            if (listener.address() instanceof InetSocketAddress) {
                warnOfClaims(listener.toString());
            }
        }
    }

    /** A loopback port is open to all users of the machine. */
    private void warnOfClaims(String address) {
        if (settings.requests().login().trustRemoteUser()
                && !settings.requests().fcgi().isSecretRequired()) {
            LOG.warn(
                    "--trust-remote-user: every user of a machine that can connect to {} can claim to be any user;"
                            + " use a Unix-domain socket or --secret-file",
                    address);
        }
    }

    private List<ListenAddress> addresses() {
        RunSettings.Listening listening = settings.listening();
        if (listening.addresses().isEmpty() && listening.http() != null) {
            return List.of(new ListenAddress.Unix(scratch.path().resolve("http.sock")));
        }
        return listening.addresses();
    }

    private void serve(Handler applications, Runnable onLifetimeOver) throws Exception {
        Handler handler = new GracefulHandler(new Handler.Sequence(
                new Complete(applications, settings.deployment()), new NoApplication(settings.deployment())));
        Lifetime lifetime = settings.ending().lifetime();
        if (!lifetime.isUnlimited()) {
            handler = new LifetimeHandler(handler, lifetime, this::stopListening, onLifetimeOver);
        }
        // In front of what counts and waits for requests: to ask is not to use.
        server.setHandler(status.inFrontOf(handler));
        server.start();
        succession.watch(server.getScheduler(), onLifetimeOver);
        keepYoung();
        if (developmentServer != null) {
            developmentServer.start();
        }
    }

    /** {@return whether it is to take addresses over from a running process} */
    private boolean isSuccessor() {
        return listeners.stream().anyMatch(Listener::isWaiting);
    }

    /**
     * Takes the addresses over from the process that has them, if there is one.
     *
     * @throws StartFailure if it cannot; then the other process goes on, and nothing is left behind
     */
    void takeOver() throws StartFailure {
        try {
            succession.takeOver();
            status.takeOver();
        } catch (StartFailure e) {
            abandon();
            throw e;
        }
    }

    private void keepYoung() {
        server.getScheduler()
                .schedule(
                        () -> {
                            server.getThreadPool().execute(scratch::keepYoung);
                            keepYoung();
                        },
                        YOUNG_HOURS,
                        TimeUnit.HOURS);
    }

    private void stopListening() {
        status.retire();
        synchronized (listeners) {
            stoppedListening = true;
            listeners.forEach(Listener::close);
        }
    }

    /** The reason of the failure must not wait for an application that does not stop. */
    private void abandon() {
        server.setStopTimeout(0);
        Thread stopping = new Thread(this::stop, "gangway-abandon");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(ABANDON_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Lets running requests finish within the stop timeout, and ends. */
    void stop() {
        status.retire();
        long end = NanoTime.now() + TimeUnit.MILLISECONDS.toNanos(server.getStopTimeout());
        if (server.isStarted() && settings.listening().isInherited()) {
            awaitArrivals();
        }
        if (developmentServer != null) {
            stop(developmentServer.server());
        }
        // Both servers share the time: a request to the development server is running here as well.
        server.setStopTimeout(Math.max(0, NanoTime.millisUntil(end)));
        stop(server);
        close();
        if (settings.means().buffers() instanceof ArrayByteBufferPool.Tracking tracking
                && !tracking.getLeaks().isEmpty()) {
            LOG.warn("Buffers not given back:\n{}", tracking.dumpLeaks());
        }
    }

    /**
     * What has connected has chosen this process, though its request may be on its way: the server would refuse it. All
     * others wait for a successor, since the socket stays with the parent process.
     */
    private void awaitArrivals() {
        stopListening();
        connections.retire();
        long begin = NanoTime.now();
        long most = server.getStopTimeout() / PART_FOR_ARRIVALS;
        try {
            while (NanoTime.millisSince(begin) < Math.min(COUNTING_MILLIS, most)
                    || (connections.getOpenConnections() > 0 && NanoTime.millisSince(begin) < most)) {
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("Some requests had to be ended, since they took longer than the stop timeout");
        } catch (Throwable e) {
            LOG.warn("Stopped with an error", e);
        }
    }

    /** Stops listening, and removes what the process has put into the file system. */
    @Override
    public void close() {
        stopListening();
        if (developmentServer != null) {
            developmentServer.close();
        }
        status.close();
        scratch.close();
    }

    /** The server starts its connectors after its handlers, and so not at all if the deployment is not complete. */
    private static final class Complete extends Handler.Wrapper {
        private final Deployment deployment;

        Complete(Handler applications, Deployment deployment) {
            super(applications);
            this.deployment = deployment;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            deployment.onStarted();
        }
    }

    /** {@return the development server, or null if there is none} */
    public DevelopmentServer developmentServer() {
        return developmentServer;
    }

    /** {@return the applications and their addresses, as users write them} */
    @Override
    public String toString() {
        String addresses = Stream.concat(listeners.stream(), Stream.ofNullable(developmentServer))
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        return settings.deployment() + " on " + addresses;
    }
}
