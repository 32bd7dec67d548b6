package dev.gangway.servlet.figures;

import static dev.gangway.servlet.figures.Figure.counter;
import static dev.gangway.servlet.figures.Figure.gauge;
import static dev.gangway.servlet.figures.Figure.part;

import dev.gangway.api.Role;
import dev.gangway.fcgi.incident.ActiveRequest;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.servlet.figures.Figure.Unit;
import dev.gangway.servlet.web.Deployment;
import dev.gangway.servlet.web.Deployment.Served;
import dev.gangway.servlet.web.Deployment.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.session.DefaultSessionCache;
import org.eclipse.jetty.util.NanoTime;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Everything that can be told of a server, at any time of its life. Thread-safe. */
public final class Figures {
    private final Server server;
    private final FcgiConnectionFactory fcgi;
    private final Deployment deployment;
    private final Tally tally = new Tally();
    private final ConnectionStatistics connections = new ConnectionStatistics();
    private final Traffic traffic;
    private final long begin = NanoTime.now();

    private Figures(Server server, FcgiConnectionFactory fcgi, Deployment deployment) {
        this.server = server;
        this.fcgi = fcgi;
        this.deployment = deployment;
        this.traffic = new Traffic(connections, List.of(server.getConnectors()));
    }

    /**
     * Begins to count, before the server starts.
     *
     * @param fcgi counts for all connectors of the server
     */
    public static Figures of(Server server, FcgiConnectionFactory fcgi, Deployment deployment) {
        Figures figures = new Figures(server, fcgi, deployment);
        for (Connector connector : server.getConnectors()) {
            connector.addBean(figures.connections, false);
        }
        server.addBean(figures.connections, true);
        RequestLog log = server.getRequestLog();
        if (log == null) {
            server.setRequestLog(figures.tally);
        } else {
            server.setRequestLog(new RequestLog.Collection(figures.tally, log));
            // The server starts and stops it.
            server.addBean(log, true);
        }
        return figures;
    }

    /** {@return how long the server has been there} */
    public Duration uptime() {
        return Duration.ofNanos(NanoTime.since(begin));
    }

    /** {@return the applications as they are at this moment} */
    public List<Served> applications() {
        return deployment.applications();
    }

    /** {@return the requests that have begun and not ended; the oldest comes first} */
    public List<ActiveRequest> requests() {
        return fcgi.listActiveRequests();
    }

    /** {@return how long requests have taken from the end of their parameters to the end of the answer} */
    public Durations.Histogram durations() {
        return tally.durations();
    }

    /** {@return what there is to be told of Gangway, in the order in which people read it} */
    public List<Figure> ofServer() {
        List<Figure> all = new ArrayList<>();
        all.add(gauge("process", "uptime", "time since it was started", () -> uptime().toMillis() / 1000.0)
                .in(Unit.SECONDS));
        addApplications(all);
        addRequests(all);
        all.add(gauge("sessions", "open", "sessions that are in memory", this::openSessions));
        addConnections(all);
        addRefused(all);
        if (server.getThreadPool() instanceof QueuedThreadPool pool) {
            addThreads(all, pool);
        }
        return List.copyOf(all);
    }

    /** {@return what there is to be told of the Java virtual machine} */
    public List<Figure> ofMachine() {
        return JavaFigures.all();
    }

    private void addApplications(List<Figure> all) {
        for (State state : State.values()) {
            all.add(gauge(
                    "applications", word(state), "applications that are " + word(state), () -> applications().stream()
                            .filter(application -> application.state() == state)
                            .count()));
        }
    }

    private void addRequests(List<Figure> all) {
        all.add(gauge("requests", "active", "requests that have begun and not ended", fcgi::getActiveRequests));
        all.add(gauge("requests", "oldest", "age of the oldest of them", this::oldestSeconds)
                .in(Unit.SECONDS));
        for (Role role : Role.values()) {
            all.add(part(
                    "requests", "role", word(role), "requests in this role that are complete", () -> tally.of(role)));
        }
        for (int statusClass = 1; statusClass <= 5; statusClass++) {
            int counted = statusClass;
            all.add(part(
                    "responses",
                    "status",
                    statusClass + "xx",
                    "answers with such a status, complete or broken off",
                    () -> tally.of(counted)));
        }
    }

    private double oldestSeconds() {
        return requests().stream().findFirst().map(ActiveRequest::ageNanos).orElse(0L) / 1e9;
    }

    private long openSessions() {
        return server.getContainedBeans(DefaultSessionCache.class).stream()
                .mapToLong(DefaultSessionCache::getSessionsCurrent)
                .sum();
    }

    private void addConnections(List<Figure> all) {
        all.add(gauge("connections", "open", "connections of web servers that are open", fcgi::getOpenConnections));
        all.add(gauge(
                "connections",
                "idle",
                "of these, connections without a request",
                () -> Math.max(0, fcgi.getOpenConnections() - busyConnections())));
        all.add(gauge(
                "connections",
                "with_thread",
                "of these, connections with which a thread stays; a selector watches the others",
                fcgi::getStayingThreads));
        all.add(counter("connections", "accepted", "connections that were opened", connections::getConnectionsTotal));
        all.add(part("traffic", "direction", "received", "bytes from web servers", traffic::received)
                .in(Unit.BYTES));
        all.add(part("traffic", "direction", "sent", "bytes to web servers", traffic::sent)
                .in(Unit.BYTES));
        all.add(gauge(
                        "buffers",
                        "unread_input",
                        "bytes of request bodies that applications have not read yet",
                        fcgi::getBufferedInputBytes)
                .in(Unit.BYTES));
    }

    private long busyConnections() {
        return requests().stream().map(ActiveRequest::connection).distinct().count();
    }

    private void addRefused(List<Figure> all) {
        all.add(refused("foreign_peer", "connections of peers that are not allowed", fcgi::getForeignPeers));
        all.add(refused("connection_limit", "connections, since too many were open", fcgi::getConnectionsPastLimit));
        all.add(refused("no_secret", "requests without the secret", fcgi::getRequestsWithoutSecret));
        all.add(refused("role", "requests whose role is not served or not clear", fcgi::getRequestsOfOtherRoles));
        all.add(refused("overload", "requests, since too many were active", fcgi::getRequestsPastLimit));
        all.add(refused(
                "last_request",
                "requests whose connection, or the server, was about to end",
                fcgi::getRequestsAfterTheLast));
        all.add(error("protocol", "connections closed, since they broke the protocol", fcgi::getConnectionErrors));
        all.add(error("bad_request", "requests rejected, since they cannot be served", fcgi::getBadRequests));
        all.add(error(
                "certificate",
                "client certificates left out, since they cannot be read",
                fcgi::getUnreadableCertificates));
        all.add(error(
                "request_timeout",
                "requests ended, since they took longer than --request-timeout",
                fcgi::getOverdueRequests));
        all.add(error("internal", "failures of the connector itself", fcgi::getInternalErrors));
    }

    private static Figure refused(String cause, String meaning, DoubleSupplier count) {
        return part("refused", "cause", cause, meaning, count);
    }

    private static Figure error(String kind, String meaning, DoubleSupplier count) {
        return part("errors", "kind", kind, meaning, count);
    }

    private static void addThreads(List<Figure> all, QueuedThreadPool pool) {
        all.add(gauge("threads", "max", "threads that there may be", pool::getMaxThreads));
        all.add(gauge("threads", "started", "threads that there are", pool::getThreads));
        all.add(gauge(
                "threads",
                "in_use",
                "of these, threads that serve a request or stay with a connection",
                pool::getUtilizedThreads));
        all.add(gauge("threads", "queued", "tasks that wait for a thread", pool::getQueueSize));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
