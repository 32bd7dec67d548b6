package dev.gangway.servlet.command;

import dev.gangway.servlet.environment.ServletEnvironment;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.listen.HostPort;
import dev.gangway.servlet.listen.ListenAddress;
import dev.gangway.servlet.option.ConfigurationFile;
import dev.gangway.servlet.option.Spelling;
import dev.gangway.servlet.process.Exit;
import dev.gangway.servlet.process.ExitStatus;
import dev.gangway.servlet.process.Foreground;
import dev.gangway.servlet.process.ScratchDirectory;
import dev.gangway.servlet.web.Application;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Function;
import org.eclipse.jetty.util.Jetty;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code gangway} command. */
@Command(
        name = "gangway",
        description = "Java web applications behind any web server that speaks FastCGI.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ServeCommand.class,
            CheckCommand.class,
            ConformanceCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:stopped on request, by SIGTERM, SIGINT, SIGUSR1, or SIGHUP if there are no log files to open anew",
            "1:could not start",
            "2:mistake on the command line or in the configuration file",
            "130:stopped by SIGINT before it had started, or at once by a second one"
        })
public final class Main implements Purpose.Giver {
    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        ScratchDirectory.removeAtExit();
        int status = ExitStatus.FAILED;
        try {
            status = commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
                    .execute(arguments);
        } catch (Throwable e) {
            // Threads of applications must not keep a process alive that does nothing.
            e.printStackTrace();
        }
        if (status != ExitStatus.WANTED) {
            Exit.now(status);
        }
        // Shutdown hooks of applications may take what is left of the stop timeout.
        System.exit(status);
    }

    /** {@return the command, ready to execute} */
    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setHelpFactory(ServiceOptions.Help::new)
                .registerConverter(ListenAddress.class, converter(ListenAddress::parse))
                .registerConverter(HostPort.class, converter(Main::httpAddress))
                .registerConverter(Application.class, converter(Application::parse))
                .registerConverter(ServletEnvironment.class, converter(ServletEnvironment::parse))
                .registerConverter(Boolean.class, converter(Main::yesOrNo))
                .registerConverter(boolean.class, converter(Main::yesOrNo))
                .registerConverter(int.class, converter(Main::wholeNumber))
                .registerConverter(Long.class, converter(Main::largeNumber))
                .setParameterExceptionHandler(Main::onUsageError)
                .setExecutionExceptionHandler(Main::onFailure);
    }

    @Override
    public Purpose purpose() {
        return Purpose.SERVE;
    }

    @Command(name = "version", description = "Prints the versions of Gangway, Jetty and Java.")
    int version() {
        spec.commandLine().printVersionHelp(spec.commandLine().getOut());
        return ExitStatus.WANTED;
    }

    /** Only for the help: the start script runs this command without a JVM. So it does with the next six. */
    @Command(
            name = "fcgid",
            customSynopsis = "gangway fcgid APP... [OPTIONS of gangway run]",
            description = "Small program for mod_fcgid that passes requests to a shared daemon.")
    int fcgid() throws StartFailure {
        throw new StartFailure("start it with bin/gangway");
    }

    @Command(
            name = "cgi",
            customSynopsis = "gangway cgi APP... [OPTIONS of gangway run]",
            description = "CGI program that passes its request to a shared daemon.")
    int cgi() throws StartFailure {
        return fcgid();
    }

    @Command(
            name = "status",
            customSynopsis = "gangway status [APP... [OPTIONS of gangway run]]",
            description = "Lists the daemons behind fcgid and cgi.")
    int status() throws StartFailure {
        return fcgid();
    }

    @Command(
            name = "stop",
            customSynopsis = "gangway stop [APP... [OPTIONS of gangway run]]",
            description = "Ends the daemons behind fcgid and cgi.")
    int stop() throws StartFailure {
        return fcgid();
    }

    @Command(
            name = "config",
            customSynopsis = "gangway config cgi APP... [OPTIONS of gangway run]",
            description = "'config cgi' prints a program for a directory of CGI programs, which calls gangway cgi.")
    int config() throws StartFailure {
        return fcgid();
    }

    @Command(
            name = "cache",
            description = "Makes the class archive, with which Gangway starts in half the time, for this JVM and these"
                    + " jars. Otherwise the first start makes it.")
    int cache() throws StartFailure {
        return fcgid();
    }

    @Command(
            name = "ping",
            description = "Asks a running server for a page by FastCGI, as its web server does, and says whether that"
                    + " succeeds: for health checks.",
            exitCodeList = {
                "0:it has answered with a status from 200 to 399",
                "1:it has answered with another one, or not within 5 seconds",
                "2:mistake on the command line"
            })
    int ping(
            @Parameters(paramLabel = "ADDRESS", description = "Where it listens: unix:PATH or tcp:HOST:PORT.")
                    String address,
            @Parameters(
                            paramLabel = "/PATH",
                            arity = "0..1",
                            description = "The path of --ping, or a page of an application (default: /ping).")
                    String path)
            throws StartFailure {
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

    private static Boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither yes nor no");
        };
    }

    private static Integer wholeNumber(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw noNumber(text);
        }
    }

    private static Long largeNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw noNumber(text);
        }
    }

    private static IllegalArgumentException noNumber(String text) {
        return new IllegalArgumentException("'" + text + "' is not a whole number, or is too large");
    }

    private static HostPort httpAddress(String text) {
        return HostPort.parse(text.contains(":") ? text : "localhost:" + text);
    }

    /** A mistake is answered by one line, not by a page of help. */
    private static int onUsageError(ParameterException e, String[] arguments) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String message = e.getMessage() + suggestion(e);
        if (spec.defaultValueProvider() instanceof ConfigurationFile file && file.source(e.getArgSpec()) != null) {
            message = file.source(e.getArgSpec()) + ": " + message
                    + (file.hasComment(e.getArgSpec()) ? "; a comment needs a line of its own" : "");
        }
        e.getCommandLine().getErr().println("gangway: " + message + " (see " + spec.qualifiedName() + " --help)");
        return ExitStatus.USAGE;
    }

    private static String suggestion(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String word = unmatched.getUnmatched().get(0).split("=", 2)[0];
        return Spelling.hint(
                word,
                unmatched.isUnknownOption()
                        ? spec.optionsMap().keySet()
                        : spec.subcommands().keySet());
    }

    private static int onFailure(Exception e, CommandLine command, CommandLine.ParseResult arguments) {
        if (e instanceof StartFailure) {
            command.getErr().println("gangway: " + e.getMessage());
        } else {
            e.printStackTrace(command.getErr());
        }
        return ExitStatus.FAILED;
    }

    /** What {@code gangway --version} prints: this program's version, and those of what it runs on. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String java = "Java " + Runtime.version();
            return new String[] {"Gangway " + Foreground.VERSION, "Jetty " + Jetty.VERSION, java};
        }
    }
}
