package dev.gangway.runner;

import dev.gangway.runner.listen.HostPort;
import dev.gangway.runner.listen.ListenAddress;
import dev.gangway.runner.web.Application;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gangway run}: serves web applications until a signal ends it. */
@Command(name = "run", description = "Serves web applications to a web server that speaks FastCGI.")
final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "APP",
            description = "A WAR or a directory with the content of one. Its name gives the context path, /NAME;"
                    + " write /PATH=FILE.war to choose another.")
    private List<Application> applications;

    @Option(names = "--context-path", paramLabel = "PATH", description = "Context path, if there is a single APP.")
    private String contextPath;

    @Mixin
    private ListenOptions listen;

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            description = "For development: answer HTTP as well, by FastCGI to the first address.")
    private HostPort http;

    @Option(
            names = "--ready-on-stderr",
            hidden = true,
            description = "Say on standard error when it is ready; standard output is a log then.")
    private boolean readyOnStderr;

    @Mixin
    private ServerOptions server;

    @Mixin
    private FcgiOptions fcgi;

    @Override
    public Integer call() throws Exception {
        RunSettings settings = settings();
        server.openLog();
        try {
            PrintWriter told = readyOnStderr
                    ? spec.commandLine().getErr()
                    : spec.commandLine().getOut();
            return Foreground.run(settings, told, runner -> "gangway: ready, serving " + runner);
        } catch (StartFailure e) {
            if (server.hasLog()) {
                LoggerFactory.getLogger(RunCommand.class).error("{}", e.getMessage());
            }
            throw e;
        }
    }

    private RunSettings settings() throws StartFailure {
        Installation installation = Installation.find();
        try {
            List<ListenAddress> addresses = listen.addresses(http != null);
            return new RunSettings(
                    applications(),
                    addresses,
                    listen.access(),
                    http,
                    1,
                    fcgi.configuration(),
                    server.threadPool(),
                    server.bufferPool(),
                    server.stopTimeoutMillis(addresses.contains(new ListenAddress.Inherited())),
                    server.accessLog(spec.commandLine().getOut()),
                    server.lifetime(),
                    installation.libraries());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<Application> applications() {
        if (contextPath != null) {
            if (applications.size() > 1) {
                throw new IllegalArgumentException(
                        "--context-path is for a single application; write /PATH=FILE.war for each");
            }
            return List.of(applications.get(0).at(contextPath));
        }
        Set<String> paths = new HashSet<>();
        for (Application application : applications) {
            if (!paths.add(application.contextPath())) {
                throw new IllegalArgumentException("two applications at " + application.contextPath()
                        + "; write /PATH=FILE.war to choose another path for one");
            }
        }
        return applications;
    }
}
