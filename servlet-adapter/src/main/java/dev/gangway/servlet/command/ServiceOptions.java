package dev.gangway.servlet.command;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.http.DevelopmentServer;
import dev.gangway.servlet.listen.HostPort;
import dev.gangway.servlet.listen.ListenAddress;
import dev.gangway.servlet.listen.Listener;
import dev.gangway.servlet.log.LogOptions;
import dev.gangway.servlet.login.Authorizer;
import dev.gangway.servlet.option.ConfigurationFile;
import dev.gangway.servlet.option.FcgiOptions;
import dev.gangway.servlet.option.ListenOptions;
import dev.gangway.servlet.option.RequestOptions;
import dev.gangway.servlet.option.RoleOptions;
import dev.gangway.servlet.option.ServerOptions;
import dev.gangway.servlet.option.TrustOptions;
import dev.gangway.servlet.option.Values;
import dev.gangway.servlet.process.ExitStatus;
import dev.gangway.servlet.process.Foreground;
import dev.gangway.servlet.process.RunSettings;
import dev.gangway.servlet.request.RequestRules;
import dev.gangway.servlet.request.SuspiciousPath;
import dev.gangway.servlet.status.StatusOptions;
import dev.gangway.servlet.status.StatusServer;
import dev.gangway.servlet.web.Deployment;
import java.io.PrintWriter;
import java.lang.reflect.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that serve applications have in common: their options, and how they carry them out. */
final class ServiceOptions {
    /** What the help says above the options of a class. */
    private static final Map<Class<?>, String> HEADINGS = Map.of(
            ListenOptions.class, "Where it listens",
            ServerOptions.class, "Process, threads and log",
            LogOptions.class, "Logs of requests",
            FcgiOptions.class, "FastCGI: limits, time-outs, what parameters mean",
            RequestOptions.class, "Paths, forms and queries",
            RoleOptions.class, "Roles and users",
            StatusOptions.class, "For those who watch over it",
            TrustOptions.class, "Who may connect, and what is believed");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private ListenOptions listen;

    @Option(
            names = "--http",
            paramLabel = "[HOST:]PORT",
            description =
                    "For development: also answer HTTP, by passing requests over FastCGI to the first" + " address.")
    private HostPort http;

    @Option(
            names = "--lib",
            paramLabel = "JAR|DIR",
            split = Values.COMMA,
            splitSynopsisLabel = ",",
            description = "A library that all applications find in their container, such as a JDBC driver, or a"
                    + " directory of libraries. Repeatable.")
    private List<Path> libraries = List.of();

    @Mixin
    private ServerOptions server;

    @Mixin
    private LogOptions logs;

    @Mixin
    private FcgiOptions fcgi;

    @Mixin
    private RequestOptions requests;

    @Mixin
    private RoleOptions roles;

    @Mixin
    private TrustOptions trust;

    @Mixin
    private StatusOptions status;

    @Option(
            names = ConfigurationFile.OPTION,
            paramLabel = "FILE",
            description = "Properties file with values for options that are not on the command line:"
                    + " 'listen = unix:/run/app.sock'. Several values are separated by commas.")
    private void setConfiguration(Path path) {
        try {
            requireValue(ConfigurationFile.OPTION, path.toString());
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
     * @param deployment what to serve; it may throw {@link IllegalArgumentException} with a message for the user
     */
    int execute(Supplier<Deployment> deployment) throws StartFailure {
        RunSettings settings = settings(deployment);
        return switch (Purpose.of(spec)) {
            case SERVE -> run(settings);
            case CHECK -> check(settings);
        };
    }

    private int run(RunSettings settings) throws StartFailure {
        logs.checkAccessLog();
        logs.checkSlowLog();
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

    /** A launcher reads standard error until the server is ready; standard output goes to a log already. */
    private PrintWriter told() {
        return server.isShared()
                ? spec.commandLine().getErr()
                : spec.commandLine().getOut();
    }

    private int check(RunSettings settings) {
        PrintWriter out = spec.commandLine().getOut();
        RunSettings.Listening listening = settings.listening();
        List<ListenAddress> addresses = listening.all();
        new Settings(spec).print(out);
        List<StartFailure> obstacles = new ArrayList<>(settings.deployment().obstacles());
        attempt(settings.libraries()::check, obstacles);
        for (ListenAddress address : addresses) {
            attempt(() -> Listener.check(address, listening.access(), listening.takeover()), obstacles);
        }
        if (http != null) {
            attempt(() -> DevelopmentServer.check(http), obstacles);
        }
        ListenAddress ofStatus = settings.status().address();
        if (ofStatus != null) {
            attempt(() -> StatusServer.check(ofStatus, listening.access(), listening.takeover()), obstacles);
        }
        attempt(server::checkWork, obstacles);
        attempt(server::checkLog, obstacles);
        attempt(logs::checkAccessLog, obstacles);
        attempt(logs::checkSlowLog, obstacles);
        obstacles.forEach(obstacle -> spec.commandLine().getErr().println("gangway: " + obstacle.getMessage()));
        List<ListenAddress> all = new ArrayList<>(addresses);
        Stream.ofNullable(http).map(ListenAddress.Tcp::new).forEach(all::add);
        Stream.ofNullable(ofStatus).forEach(all::add);
        List<ListenAddress> busy = all.stream().filter(Listener::isBusy).toList();
        String then = listening.takeover()
                ? " is in use, and would be taken over."
                : " is in use; the process that has it has to be stopped first.";
        busy.forEach(address -> out.println(address + then));
        String start = busy.isEmpty() || listening.takeover() ? "It would start." : "After that it would start.";
        out.println(obstacles.isEmpty() ? start : "It would not start.");
        return obstacles.isEmpty() ? ExitStatus.WANTED : ExitStatus.FAILED;
    }

    private static void attempt(Check check, List<StartFailure> obstacles) {
        try {
            check.run();
        } catch (StartFailure e) {
            obstacles.add(e);
        }
    }

    private RunSettings settings(Supplier<Deployment> deployment) throws StartFailure {
        Installation installation = Installation.find();
        try {
            requireValues();
            List<ListenAddress> addresses = listen.addresses(http != null);
            Deployment served = deployment.get();
            RunSettings.Listening listening = listening(addresses);
            return new RunSettings(
                    served,
                    new Libraries(installation.libraries(), libraries),
                    listening,
                    requests(served),
                    new RunSettings.Means(
                            server.threadPool(),
                            server.bufferPool(),
                            logs.accessLog(spec.commandLine().getOut()),
                            logs.slow(),
                            server.work()),
                    status.settings(trust.isRemoteUserTrusted()),
                    new RunSettings.Ending(server.stopTimeoutMillis(listening.isInherited()), server.lifetime()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e, subject(e), "");
        }
    }

    private RunSettings.Listening listening(List<ListenAddress> addresses) {
        return new RunSettings.Listening(
                addresses,
                authorizerAddresses(),
                listen.access(trust.isPeerChecked()),
                listen.takeover(),
                http == null ? null : new RunSettings.Http(http, 1));
    }

    private RunSettings.Requests requests(Deployment served) throws StartFailure {
        FcgiConfiguration fcgi = configuration();
        RequestRules rules = requests.rules();
        return new RunSettings.Requests(
                fcgi, httpConfiguration(served, rules), rules, trust.loginPolicy(roles.authorizer()));
    }

    /** An empty value is usually a variable that was not set; the default would not be what the user meant. */
    private void requireValues() {
        for (ArgSpec argument : spec.args()) {
            String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            argument.originalStringValues().forEach(value -> requireValue(name, value));
        }
    }

    private static void requireValue(String name, String value) {
        if (Values.isEmpty(value)) {
            throw new IllegalArgumentException(name + " is empty");
        }
    }

    private HttpConfiguration httpConfiguration(Deployment served, RequestRules rules) {
        HttpConfiguration configuration = server.httpConfiguration();
        configuration.setUriCompliance(SuspiciousPath.compliance(served.allowedPaths(rules.paths())));
        return configuration;
    }

    private List<ListenAddress> authorizerAddresses() {
        if (!listen.authorizerAddresses().isEmpty() && roles.authorizer() == Authorizer.NOBODY) {
            throw new IllegalArgumentException("--authorizer-listen is of no use without --authorizer");
        }
        return listen.authorizerAddresses();
    }

    private FcgiConfiguration configuration() throws StartFailure {
        if (http != null && trust.isSecretRequired()) {
            throw new IllegalArgumentException(
                    "--http cannot be used with --secret-file: the development server does not send the secret");
        }
        FcgiConfiguration configuration = fcgi.configuration();
        roles.apply(configuration);
        trust.apply(configuration);
        return configuration;
    }

    /** {@return the argument whose name a message begins with, or null} */
    private ArgSpec subject(IllegalArgumentException e) {
        String name = e.getMessage().split(" ", 2)[0];
        for (ArgSpec positional : spec.positionalParameters()) {
            if (positional.paramLabel().equals(name)) {
                return positional;
            }
        }
        return spec.findOption("--" + name.replaceAll("[A-Z]", "-$0").toLowerCase(Locale.ROOT));
    }

    private interface Check {
        void run() throws StartFailure;
    }

    /** Help with the options below headings: the few that everybody needs come first. */
    static final class Help extends CommandLine.Help {
        Help(CommandSpec spec, ColorScheme colors) {
            super(spec, colors);
        }

        @Override
        public String optionList() {
            return commandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .collect(groupingBy(Help::heading, LinkedHashMap::new, toList()))
                    .entrySet()
                    .stream()
                    .map(group -> group.getKey() + optionListExcludingGroups(group.getValue()))
                    .collect(joining());
        }

        private static String heading(OptionSpec option) {
            String heading =
                    option.userObject() instanceof Member member ? HEADINGS.get(member.getDeclaringClass()) : null;
            return heading == null ? "" : "\n" + heading + ":\n";
        }
    }
}
