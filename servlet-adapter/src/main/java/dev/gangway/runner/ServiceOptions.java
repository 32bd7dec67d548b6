package dev.gangway.runner;

import dev.gangway.fcgi.server.FcgiConfiguration;
import dev.gangway.runner.http.HttpFront;
import dev.gangway.runner.listen.HostPort;
import dev.gangway.runner.listen.ListenAddress;
import dev.gangway.runner.listen.Listener;
import dev.gangway.runner.web.Content;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that serve applications have in common: options, and what becomes of them. */
final class ServiceOptions {
    static final String CONFIG = "--config";

    /** Between several values of an option. */
    static final String COMMA = "\\s*,\\s*";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ListenOptions listen;

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            description = "For development: answer HTTP as well, by FastCGI to the first address.")
    private HostPort http;

    @Mixin
    private ServerOptions server;

    @Mixin
    private FcgiOptions fcgi;

    @Mixin
    private RoleOptions roles;

    @Mixin
    private TrustOptions trust;

    @Option(
            names = CONFIG,
            paramLabel = "FILE",
            description = "Properties file with values for the options that the command line does not have:"
                    + " 'listen = unix:/run/app.sock', several values separated by commas.")
    private void setConfiguration(Path path) {
        try {
            ConfigurationFile file = ConfigurationFile.read(path);
            file.check(spec);
            spec.commandLine().setDefaultValueProvider(file);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /**
     * {@return the exit status of a command that serves applications, or says whether it could}
     *
     * @param content what to serve; it may throw {@link IllegalArgumentException} with a message for the user
     */
    int execute(Supplier<Content> content) throws StartFailure, InterruptedException {
        RunSettings settings = settings(content);
        return spec.parent().userObject() instanceof CheckCommand ? check(settings) : run(settings);
    }

    private int run(RunSettings settings) throws StartFailure, InterruptedException {
        server.checkAccessLog();
        server.openLog();
        try {
            return Foreground.run(settings, told(), runner -> "gangway: ready, serving " + runner);
        } catch (StartFailure e) {
            if (server.hasLog()) {
                LoggerFactory.getLogger(ServiceOptions.class).error("{}", e.getMessage());
            }
            throw e;
        }
    }

    /** A launcher reads standard error until it hears of the start; standard output is a log already. */
    private PrintWriter told() {
        return server.isShared()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
    }

    private int check(RunSettings settings) {
        new Settings(spec).print(spec.commandLine().getOut());
        List<StartFailure> obstacles = new ArrayList<>(settings.content().obstacles());
        for (ListenAddress address : settings.addresses()) {
            attempt(() -> Listener.check(address, settings.access()), obstacles);
        }
        if (http != null) {
            attempt(() -> HttpFront.check(http), obstacles);
        }
        attempt(server::checkLog, obstacles);
        attempt(server::checkAccessLog, obstacles);
        obstacles.forEach(obstacle -> spec.commandLine().getErr().println("gangway: " + obstacle.getMessage()));
        return obstacles.isEmpty() ? ExitStatus.WANTED : ExitStatus.FAILED;
    }

    private static void attempt(Check check, List<StartFailure> obstacles) {
        try {
            check.run();
        } catch (StartFailure e) {
            obstacles.add(e);
        }
    }

    private RunSettings settings(Supplier<Content> content) throws StartFailure {
        Installation installation = Installation.find();
        try {
            List<ListenAddress> addresses = listen.addresses(http != null);
            return new RunSettings(
                    content.get(),
                    addresses,
                    listen.access(trust.isPeerChecked()),
                    http,
                    1,
                    configuration(),
                    server.httpConfiguration(),
                    trust.loginPolicy(roles.authorizer()),
                    server.threadPool(),
                    server.bufferPool(),
                    server.stopTimeoutMillis(addresses.contains(new ListenAddress.Inherited())),
                    server.accessLog(spec.commandLine().getOut()),
                    server.lifetime(),
                    installation.libraries());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e, subject(e), "");
        }
    }

    private FcgiConfiguration configuration() throws StartFailure {
        if (http != null && trust.isSecretRequired()) {
            throw new IllegalArgumentException("--http is for development and does not know the --secret-file");
        }
        FcgiConfiguration configuration = fcgi.configuration();
        roles.apply(configuration);
        trust.apply(configuration);
        return configuration;
    }

    /** {@return the option that a message is about, whose name it begins with; or null} */
    private OptionSpec subject(IllegalArgumentException e) {
        String name = e.getMessage().split(" ", 2)[0];
        return spec.findOption("--" + name.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT));
    }

    private interface Check {
        void run() throws StartFailure;
    }
}
