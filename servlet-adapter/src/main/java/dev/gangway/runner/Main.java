package dev.gangway.runner;

import dev.gangway.runner.listen.HostPort;
import dev.gangway.runner.listen.ListenAddress;
import dev.gangway.runner.web.Application;
import dev.gangway.runner.web.Level;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code gangway} command. */
@Command(
        name = "gangway",
        description = "Java web applications behind any web server that speaks FastCGI.",
        subcommands = {
            RunCommand.class,
            ServeCommand.class,
            CheckCommand.class,
            DemoCommand.class,
            ConformanceCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:ended as asked, by SIGTERM, SIGINT, SIGHUP or SIGUSR1",
            "1:could not start",
            "2:the command line or the configuration file makes no sense",
            "130:ended at once by a second SIGINT"
        })
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
                .execute(arguments));
    }

    /** {@return the command, ready to execute} */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .registerConverter(ListenAddress.class, converter(ListenAddress::parse))
                .registerConverter(HostPort.class, converter(Main::httpAddress))
                .registerConverter(Application.class, converter(Application::parse))
                .registerConverter(Level.class, converter(Level::parse))
                .setParameterExceptionHandler(Main::onUsageError)
                .setExecutionExceptionHandler(Main::onFailure);
    }

    /** For the help: the start script does it, without a JVM. So for the next two. */
    @Command(name = "fcgid", description = "Serves a web server that starts processes for its requests: mod_fcgid.")
    int fcgid() throws StartFailure {
        throw new StartFailure("start it with bin/gangway");
    }

    @Command(name = "cgi", description = "Serves one that does no more than CGI.")
    int cgi() throws StartFailure {
        return fcgid();
    }

    @Command(name = "config", description = "config cgi prints a CGI program that does so.")
    int config() throws StartFailure {
        return fcgid();
    }

    private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }

    private static HostPort httpAddress(String text) {
        return HostPort.parse(text.contains(":") ? text : "localhost:" + text);
    }

    /** A mistake gets one line, not a page of help. */
    private static int onUsageError(ParameterException e, String[] arguments) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String place =
                spec.defaultValueProvider() instanceof ConfigurationFile file ? file.source(e.getArgSpec()) : null;
        e.getCommandLine()
                .getErr()
                .println("gangway: " + (place == null ? "" : place + ": ") + e.getMessage() + suggestion(e) + " (see "
                        + spec.qualifiedName() + " --help)");
        return ExitStatus.USAGE;
    }

    private static String suggestion(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? ", did you mean '" + unmatched.getSuggestions().get(0) + "'?"
                : "";
    }

    private static int onFailure(Exception e, CommandLine command, CommandLine.ParseResult arguments) {
        if (e instanceof StartFailure) {
            command.getErr().println("gangway: " + e.getMessage());
        } else {
            e.printStackTrace(command.getErr());
        }
        return ExitStatus.FAILED;
    }
}
