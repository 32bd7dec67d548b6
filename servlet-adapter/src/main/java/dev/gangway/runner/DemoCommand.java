package dev.gangway.runner;

import dev.gangway.fcgi.server.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.runner.listen.HostPort;
import dev.gangway.runner.listen.SocketAccess;
import dev.gangway.runner.login.LoginPolicy;
import dev.gangway.runner.web.Admission;
import dev.gangway.runner.web.Application;
import dev.gangway.runner.web.Applications;
import dev.gangway.runner.web.Level;
import dev.gangway.runner.web.Libraries;
import dev.gangway.runner.web.RequestRules;
import java.util.List;
import java.util.concurrent.Callable;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gangway demo}: the sample application in a browser, without a web server. */
@Command(name = "demo", description = "Serves the sample application over HTTP, for a first look.")
final class DemoCommand implements Callable<Integer> {
    private static final String CONTEXT_PATH = "/sample";
    private static final HostPort DEFAULT_ADDRESS = new HostPort("localhost", 8080);
    private static final int TRIES = 100;

    /** An open page keeps an event stream open; who ends a demo does not want to wait for it. */
    private static final long STOP_TIMEOUT_MILLIS = 500;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            description = "Where a browser finds it (default: localhost:8080, or the next port that is free).")
    private HostPort http;

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.find();
        RunSettings settings = new RunSettings(
                new Applications(
                        List.of(new Application(CONTEXT_PATH, installation.sampleApplication())),
                        Level.EE11,
                        new Admission(false)),
                List.of(),
                List.of(),
                SocketAccess.of("0600", null, null),
                http == null ? DEFAULT_ADDRESS : http,
                http == null ? TRIES : 1,
                new FcgiConfiguration(),
                FcgiConnectionFactory.newHttpConfiguration(),
                RequestRules.DEFAULT,
                LoginPolicy.NONE,
                new QueuedThreadPool(),
                new ArrayByteBufferPool(),
                STOP_TIMEOUT_MILLIS,
                null,
                Lifetime.UNLIMITED,
                new Libraries(installation.libraries(), List.of()));
        return Foreground.run(
                settings,
                spec.commandLine().getOut(),
                runner -> "Open " + runner.front() + CONTEXT_PATH + "/ in a browser. Ctrl-C ends the demo.");
    }
}
