package dev.gangway.fcgi.request;

import dev.gangway.fcgi.cgi.HeadLimit;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.incident.Incidents;
import dev.gangway.fcgi.input.InputBudget;
import dev.gangway.fcgi.output.FcgiFlusher;
import dev.gangway.fcgi.output.Sharing;
import dev.gangway.fcgi.reading.Reading;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;

/** What a request may ask of its connection. Thread-safe. */
public interface ConnectionServices {
    // ---- what is known ----

    /** {@return the other end as logs name it} */
    String peer();

    /** {@return the connection's name in Jetty} */
    String id();

    /** {@return the connection as Jetty knows it} */
    Connection connection();

    Connector connector();

    FcgiConfiguration configuration();

    HttpConfiguration httpConfiguration();

    /** {@return how its requests share it} */
    Sharing sharing();

    // ---- what is shared with others ----

    Reading reading();

    FcgiFlusher flusher();

    HeadLimit headLimit();

    /** {@return how much input may be kept for all requests of all connections together} */
    InputBudget inputBudget();

    Incidents incidents();

    /** {@return a channel that serves no request} */
    RequestChannel takeChannel();

    /** The request is complete, and the channel may serve another one. */
    void giveBack(RequestChannel channel);

    // ---- threads ----

    /** Runs a task that may wait for a free thread. */
    void execute(Runnable task);

    /** Runs a task that must not wait for a free thread; it may be null. */
    void runNow(Runnable task);

    /** A request was given up while its task waits for a thread. */
    void onTaskGivenUp();

    /** The thread has come for a task that was given up. */
    void onGivenUpTaskRun();

    // ---- what becomes of the request ----

    /** END_REQUEST is about to leave. */
    void onEndEncoded(FcgiStream stream);

    /** END_REQUEST has left, and no other will before this returns. */
    void onEndWritten(FcgiStream stream);

    /** END_REQUEST will never leave. */
    void onEndLost(FcgiStream stream);

    /** Ends the connection in the middle of a response, so that the web server does not take that for complete. */
    void breakOff();
}
