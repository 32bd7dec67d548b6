package dev.gangway.fcgi.server;

import org.eclipse.jetty.util.thread.Scheduler;

/** What all connections of a factory have in common, and of those that count together with it. Thread-safe. */
final class SharedState {
    /** How many requests may begin while others of their connection do: web servers send one after the other. */
    private static final int MAX_INTERLEAVED = 1000;

    /** How many rejections may wait for a thread: more are answered without, and shorter. */
    private static final int MAX_REJECTED = 100;

    private final OpenConnections connections;
    private final Places activeRequests;
    private final Places interleavedRequests = new Places(() -> MAX_INTERLEAVED);
    private final Places rejectedRequests = new Places(() -> MAX_REJECTED);
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
        activeRequests = new Places(configuration::getMaxRequests);
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

    Places activeRequests() {
        return activeRequests;
    }

    Places interleavedRequests() {
        return interleavedRequests;
    }

    Places rejectedRequests() {
        return rejectedRequests;
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
