package dev.gangway.fcgi.server;

import org.eclipse.jetty.util.thread.Scheduler;

/** What all connections of a factory have in common, and of those that count together with it. Thread-safe. */
final class SharedState {
    private final OpenConnections connections;
    private final Quotas quotas;
    private final Overlaps overlaps = new Overlaps();
    private final SpareThreads spareThreads = new SpareThreads();
    private final Incidents incidents = new Incidents(this::scheduler);
    private final FcgiConfiguration configuration;
    /** How many factories have been started and not stopped. */
    private int started;

    private volatile InputBudget inputBudget;
    private volatile Scheduler scheduler;

    SharedState(FcgiConfiguration configuration) {
        this.configuration = configuration;
        connections = new OpenConnections(configuration);
        quotas = Quotas.of(configuration);
    }

    /** A factory starts: from now on the configuration does not change. */
    synchronized void start() {
        if (inputBudget == null) {
            inputBudget = InputBudget.of(configuration.getMaxBufferedInputBytes());
        }
        started++;
        connections.start();
    }

    /** A factory stops; others may go on. */
    synchronized void stop() {
        started--;
        if (started == 0) {
            connections.stop();
            incidents.sumUp();
        }
    }

    InputBudget inputBudget() {
        return inputBudget;
    }

    OpenConnections connections() {
        return connections;
    }

    Quotas quotas() {
        return quotas;
    }

    FcgiConfiguration configuration() {
        return configuration;
    }

    Overlaps overlaps() {
        return overlaps;
    }

    SpareThreads spareThreads() {
        return spareThreads;
    }

    Incidents incidents() {
        return incidents;
    }

    private Scheduler scheduler() {
        return scheduler;
    }

    void setScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
    }
}
