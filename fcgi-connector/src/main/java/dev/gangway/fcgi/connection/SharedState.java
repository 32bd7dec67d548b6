package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.admission.Quotas;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.incident.Incidents;
import dev.gangway.fcgi.input.InputBudget;
import dev.gangway.fcgi.reading.ConnectionThreads;
import dev.gangway.fcgi.reading.Stay;
import dev.gangway.fcgi.request.RequestMetaData;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.Scheduler;

/** What the connections of a factory, and of those that count together with it, have in common. Thread-safe. */
public final class SharedState {
    private final OpenConnections connections;
    private final Quotas quotas;
    private final Overlaps overlaps = new Overlaps();
    private final ConnectionThreads connectionThreads = new ConnectionThreads();
    private final SpareThreads spareThreads = new SpareThreads();
    private final Incidents incidents = new Incidents(this::scheduler);
    private final HttpConfiguration given;
    private final FcgiConfiguration configuration;
    /** How many factories have been started and not stopped. */
    private int started;

    private volatile InputBudget inputBudget;
    private volatile HttpConfiguration httpConfiguration;
    private volatile Scheduler scheduler;

    public SharedState(HttpConfiguration httpConfiguration, FcgiConfiguration configuration) {
        this.given = httpConfiguration;
        this.configuration = configuration;
        connections = new OpenConnections(configuration);
        quotas = Quotas.of(configuration);
    }

    /** A factory starts: from now on the configurations must not change. */
    public synchronized void start() {
        httpConfiguration = RequestMetaData.adapt(given);
        if (inputBudget == null) {
            inputBudget = InputBudget.of(configuration.getMaxBufferedInputBytes());
        }
        started++;
        connections.start();
    }

    /** A factory stops; others may go on. */
    public synchronized void stop() {
        started--;
        if (started == 0) {
            connections.stop();
            incidents.sumUp();
        }
    }

    /** {@return how many requests are active} */
    public int activeRequests() {
        return quotas.active().taken();
    }

    /** {@return how many bytes are kept of bodies that the applications have not read yet} */
    public long bufferedInputBytes() {
        InputBudget budget = inputBudget;
        return budget == null ? 0 : budget.spent();
    }

    public InputBudget inputBudget() {
        return inputBudget;
    }

    public OpenConnections connections() {
        return connections;
    }

    public Quotas quotas() {
        return quotas;
    }

    FcgiConfiguration configuration() {
        return configuration;
    }

    /** {@return the HTTP configuration with what requests need in addition} */
    HttpConfiguration httpConfiguration() {
        return httpConfiguration;
    }

    public Overlaps overlaps() {
        return overlaps;
    }

    /** {@return how many threads stay with a connection, waiting or serving} */
    public int stayingThreads() {
        return connectionThreads.size();
    }

    /** {@return what lets a thread of the pool stay with a connection} */
    Stay newStay(EndPoint endPoint, Executor pool) {
        int max = ConnectionThreads.max(configuration.getConnectionThreads(), pool);
        return new Stay(endPoint, pool, connectionThreads, max);
    }

    SpareThreads spareThreads() {
        return spareThreads;
    }

    public Incidents incidents() {
        return incidents;
    }

    private Scheduler scheduler() {
        return scheduler;
    }

    public void setScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
    }
}
