package dev.gangway.servlet.process;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.incident.SlowRequests;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.listen.HostPort;
import dev.gangway.servlet.listen.ListenAddress;
import dev.gangway.servlet.listen.SocketAccess;
import dev.gangway.servlet.login.LoginPolicy;
import dev.gangway.servlet.request.RequestRules;
import dev.gangway.servlet.status.StatusSettings;
import dev.gangway.servlet.web.Deployment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * All settings of a runner.
 *
 * @param deployment what it serves
 * @param libraries what applications find in their container
 * @param listening where it listens
 * @param requests the settings for requests
 * @param means its threads, buffers, logs and files
 * @param status what it says about itself
 * @param ending when it ends, and how
 */
public record RunSettings(
        Deployment deployment,
        Libraries libraries,
        Listening listening,
        Requests requests,
        Means means,
        StatusSettings status,
        Ending ending) {
    /**
     * Where a runner listens.
     *
     * @param addresses of web servers; if there is none, the development server has a socket of its own
     * @param authorizerAddresses for questions to the Authorizer alone
     * @param access who may connect to them
     * @param takeover whether it takes the addresses over from a running process, if there is one
     * @param http null if there is no development server
     */
    public record Listening(
            List<ListenAddress> addresses,
            List<ListenAddress> authorizerAddresses,
            SocketAccess access,
            boolean takeover,
            Http http) {
        /** {@return all FastCGI addresses} */
        public List<ListenAddress> all() {
            return Stream.concat(addresses.stream(), authorizerAddresses.stream())
                    .toList();
        }

        /** {@return whether one of them is the socket that a parent process has opened} */
        public boolean isInherited() {
            return all().contains(new ListenAddress.Inherited());
        }
    }

    /**
     * Where the development server listens.
     *
     * @param tries how many ports it may try, from the wanted one upwards
     */
    public record Http(HostPort address, int tries) {}

    /**
     * The settings for requests.
     *
     * @param http the settings that do not depend on the protocol
     * @param rules the rules for requests to every application
     * @param login how the user of a request is found
     */
    public record Requests(FcgiConfiguration fcgi, HttpConfiguration http, RequestRules rules, LoginPolicy login) {
        /** {@return the defaults} */
        public static Requests defaults() {
            return new Requests(
                    new FcgiConfiguration(),
                    FcgiConnectionFactory.newHttpConfiguration(),
                    RequestRules.DEFAULT,
                    LoginPolicy.NONE);
        }
    }

    /**
     * Who is told of requests that take long.
     *
     * @param after from which age on they do
     * @param watcher makes it for a server, which starts and stops it if it can be
     */
    public record Slow(Duration after, Function<Server, SlowRequests> watcher) {}

    /**
     * The threads, buffers, logs and files of a runner.
     *
     * @param accessLog null if none is wanted
     * @param slow null if nobody is told of slow requests
     * @param work where extracted applications are, or null for where the start script wants them
     */
    public record Means(QueuedThreadPool threads, ByteBufferPool buffers, RequestLog accessLog, Slow slow, Path work) {
        /** {@return Jetty's defaults, without logs of requests} */
        public static Means defaults() {
            return new Means(new QueuedThreadPool(), new ArrayByteBufferPool(), null, null, null);
        }
    }

    /**
     * When a runner ends, and how.
     *
     * @param stopTimeoutMillis how long running requests may take to finish
     * @param lifetime when it ends by itself
     */
    public record Ending(long stopTimeoutMillis, Lifetime lifetime) {}
}
