package dev.gangway.servlet.status;

import dev.gangway.servlet.figures.Figures;

/**
 * The figures of a server, written for those who ask. What writes them needs libraries that the server itself does not,
 * so it is found as a service in a class loader of its own, when somebody asks. Any thread may ask.
 */
public interface StatusReport {
    /** Makes reports. */
    interface Factory {
        /** {@return a report of what the figures are whenever somebody asks} */
        StatusReport of(Figures figures);
    }

    /** {@return a page for people} */
    String html();

    /** {@return the script of that page, which it fetches with the query {@code script}} */
    String script();

    /** {@return an object for programs} */
    String json();

    /**
     * {@return the metrics for Prometheus, and for what reads the same}
     *
     * @param openMetrics whether by OpenMetrics 1.0, else by the older format of Prometheus
     */
    String metrics(boolean openMetrics);
}
