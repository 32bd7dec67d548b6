package dev.gangway.it.servers;

import dev.gangway.it.harness.WebServer;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A web server set up in one way.
 *
 * @param mode        names the configuration file
 * @param application where the configuration finds Gangway; asked for when the server starts
 * @param largestBody how much a case may send in one request, or ask for
 * @param limits      what the server does not do when set up so
 */
record Setup(
        WebServer server, String mode, Supplier<Map<String, String>> application, long largestBody, Set<Limit> limits) {
    private static final long LARGE = 10_000_000;
    private static final long HUGE = 200_000_000;

    Setup(WebServer server, String mode, Supplier<Map<String, String>> application) {
        this(server, mode, application, LARGE, Set.of());
    }

    Setup limitedBy(Limit... limits) {
        return new Setup(server, mode, application, largestBody, Set.of(limits));
    }

    /** For one mode of each server: everywhere they would only take time. */
    Setup withHugeBodies() {
        return new Setup(server, mode, application, HUGE, limits);
    }
}
