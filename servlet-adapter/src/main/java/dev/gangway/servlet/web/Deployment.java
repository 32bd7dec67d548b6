package dev.gangway.servlet.web;

import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.request.SuspiciousPath;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** What a server serves. Its text is the paths, as users write them. */
public interface Deployment {
    /** {@return what is in the way, as far as it shows without a start} */
    List<StartFailure> obstacles();

    /**
     * {@return the handler that leads each request to its application}
     *
     * @param server the server with which it will start
     * @param libraries what applications find in their container
     * @throws StartFailure if there is nothing that could be served
     */
    Handler load(Server server, Libraries libraries) throws StartFailure;

    /**
     * Looks at what came of the start, before anybody is served.
     *
     * @throws StartFailure if it cannot go on like this
     */
    void onStarted() throws StartFailure;

    /** {@return the suspicious paths that some application may allow, if all may have these} */
    default Set<SuspiciousPath> allowedPaths(Set<SuspiciousPath> byAll) {
        return byAll;
    }

    /** {@return what to do about a path that is not among them} */
    String advice();
}
