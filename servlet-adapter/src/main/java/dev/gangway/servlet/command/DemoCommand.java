package dev.gangway.servlet.command;

import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.environment.ServletEnvironment;
import dev.gangway.servlet.listen.HostPort;
import dev.gangway.servlet.listen.SocketAccess;
import dev.gangway.servlet.process.Foreground;
import dev.gangway.servlet.process.Lifetime;
import dev.gangway.servlet.process.RunSettings;
import dev.gangway.servlet.process.RunSettings.Ending;
import dev.gangway.servlet.process.RunSettings.Http;
import dev.gangway.servlet.process.RunSettings.Listening;
import dev.gangway.servlet.process.RunSettings.Means;
import dev.gangway.servlet.process.RunSettings.Requests;
import dev.gangway.servlet.status.StatusSettings;
import dev.gangway.servlet.web.Admission;
import dev.gangway.servlet.web.Application;
import dev.gangway.servlet.web.Applications;
import dev.gangway.servlet.web.Deployment;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gangway demo}: the sample application in a browser, without a web server. */
@Command(name = "demo", description = "Serves the sample application over HTTP, for a first look.")
final class DemoCommand implements Callable<Integer> {
    private static final String CONTEXT_PATH = "/";
    private static final HostPort DEFAULT_ADDRESS = new HostPort("localhost", 8080);
    private static final int TRIES = 100;

    /** An open page keeps an event stream open, which the end of a demo should not wait for. */
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
        Deployment sample = new Applications(
                List.of(new Application(CONTEXT_PATH, installation.sampleApplication())),
                ServletEnvironment.EE11,
                new Admission(false));
        RunSettings settings = new RunSettings(
                sample,
                new Libraries(installation.libraries(), List.of()),
                new Listening(List.of(), List.of(), SocketAccess.of("0600", null, null), false, httpAddress()),
                Requests.defaults(),
                Means.defaults(),
                StatusSettings.NONE,
                new Ending(STOP_TIMEOUT_MILLIS, Lifetime.UNLIMITED));
        return Foreground.run(
                settings,
                spec.commandLine().getOut(),
                runner -> "Open " + runner.developmentServer() + CONTEXT_PATH + " in a browser. Ctrl-C ends the demo.");
    }

    private Http httpAddress() {
        return http == null ? new Http(DEFAULT_ADDRESS, TRIES) : new Http(http, 1);
    }
}
