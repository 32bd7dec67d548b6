package dev.gangway.runner.web;

import dev.gangway.runner.StartFailure;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** What a server serves. Its text is the paths, as users write them. */
public interface Content {
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
     * Looks, after the start of the server, at what came of it.
     *
     * @throws StartFailure if it cannot go on like this
     */
    void onStarted() throws StartFailure;

    /** {@return the error that ended the start of the server, as its user should read it} */
    default StartFailure explain(Exception failure) {
        return new StartFailure("cannot start: " + failure, failure);
    }
}
