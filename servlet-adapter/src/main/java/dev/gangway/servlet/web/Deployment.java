package dev.gangway.servlet.web;

import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.request.SuspiciousPath;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** What a server serves. {@code toString} gives the paths, as users write them. */
public interface Deployment {
    /** {@return what prevents a start, as far as it shows without one} */
    List<StartFailure> obstacles();

    /**
     * {@return the handler that passes each request to its application}
     *
     * @param server the server with which it will start
     * @param libraries what applications find in their container
     * @throws StartFailure if there is nothing that could be served
     */
    Handler load(Server server, Libraries libraries) throws StartFailure;

    /**
     * Checks the result of the start, before the first request is served.
     *
     * @throws StartFailure if the server must not go on
     */
    void onStarted() throws StartFailure;

    /**
     * Waits until everything has been started, and checks that nothing has failed: a process that may serve it all is
     * to be replaced.
     *
     * @throws StartFailure if an application is not available
     */
    default void requireAll() throws StartFailure {}

    /** {@return the suspicious paths that at least one application may allow, given those that all allow} */
    default Set<SuspiciousPath> allowedPaths(Set<SuspiciousPath> byAll) {
        return byAll;
    }

    /** {@return the applications as they are at this moment; any thread may ask} */
    List<Served> applications();

    /** What has become of an application. */
    enum State {
        /** It is being started, or replaced by a newer version. */
        DEPLOYING,
        AVAILABLE,
        /** Requests for it get 503. */
        UNAVAILABLE
    }

    /**
     * An application as an administrator sees it.
     *
     * @param reason why it is not available, in words for the administrator; null if it is, or is not known
     */
    record Served(String contextPath, State state, String reason) {}

    /** {@return advice for requests to a path that is not served} */
    String advice();
}
