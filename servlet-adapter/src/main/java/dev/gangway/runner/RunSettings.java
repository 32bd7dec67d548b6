package dev.gangway.runner;

import dev.gangway.fcgi.server.FcgiConfiguration;
import dev.gangway.runner.listen.HostPort;
import dev.gangway.runner.listen.ListenAddress;
import dev.gangway.runner.listen.SocketAccess;
import dev.gangway.runner.login.LoginPolicy;
import dev.gangway.runner.web.Content;
import dev.gangway.runner.web.Libraries;
import dev.gangway.runner.web.RequestRules;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * All that a runner has to know.
 *
 * @param addresses where it listens; if there is none, the HTTP front has a socket of its own
 * @param authorizerAddresses where it listens for questions to the Authorizer alone
 * @param http where the HTTP front listens, or null if none is wanted
 * @param httpTries how many ports the front may try, from the wanted one upwards
 * @param requests what holds for requests, whatever protocol they come by
 * @param rules what holds for the requests of every application
 * @param accessLog null if none is wanted
 * @param lifetime when it ends by itself
 * @param libraries what applications find in their container
 */
record RunSettings(
        Content content,
        List<ListenAddress> addresses,
        List<ListenAddress> authorizerAddresses,
        SocketAccess access,
        HostPort http,
        int httpTries,
        FcgiConfiguration fcgi,
        HttpConfiguration requests,
        RequestRules rules,
        LoginPolicy login,
        QueuedThreadPool threads,
        ByteBufferPool buffers,
        long stopTimeoutMillis,
        RequestLog accessLog,
        Lifetime lifetime,
        Libraries libraries) {
    /** {@return all addresses where it listens} */
    List<ListenAddress> allAddresses() {
        return Stream.concat(addresses.stream(), authorizerAddresses.stream()).toList();
    }
}
