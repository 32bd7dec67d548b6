package dev.gangway.servlet.command;

import dev.gangway.conformance.Application;
import dev.gangway.conformance.Report;
import dev.gangway.conformance.Suite;
import dev.gangway.conformance.record.FcgiNumbers;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.listen.HostPort;
import dev.gangway.servlet.listen.ListenAddress;
import dev.gangway.servlet.process.ExitStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gangway conformance}: checks how well any FastCGI application keeps to the protocol. */
@Command(
        name = "conformance",
        description = {
            "Checks how well any FastCGI application keeps to the protocol, and prints a table.",
            "The application has to answer a plain request; the content of the answer does not matter."
        },
        exitCodeList = {
            "0:no requirement of the specification is violated",
            "1:a requirement is violated, or the application does not answer",
            "2:mistake on the command line, or nobody listens at the address"
        })
final class ConformanceCommand implements Callable<Integer> {
    private enum Role {
        RESPONDER(FcgiNumbers.RESPONDER),
        AUTHORIZER(FcgiNumbers.AUTHORIZER),
        FILTER(FcgiNumbers.FILTER);

        private final int number;

        Role(int number) {
            this.number = number;
        }
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "ADDRESS",
            description = "Where the application listens: unix:PATH, tcp:HOST:PORT or HOST:PORT.")
    private String address;

    @Option(names = "--uri", paramLabel = "URI", defaultValue = "/", description = "URI to request (default: /).")
    private String uri;

    @Option(
            names = "--script",
            paramLabel = "PATH",
            description = "SCRIPT_FILENAME, for applications such as php-fpm that run the file with that name.")
    private String script;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A further parameter that the application needs, or another value for a standard one."
                    + " Repeatable.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "responder",
            description = "The role that the application plays: responder, authorizer or filter (default: responder).")
    private Role role;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long an answer may take (default: 5).")
    private double timeout;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or markdown (default: text).")
    private Report.Format format;

    @Override
    public Integer call() throws StartFailure {
        Application application = new Application(socketAddress(), role.number, pairs(), patience());
        Report report = new Report(spec.commandLine().getOut(), format);
        try {
            application.reach();
        } catch (IOException e) {
            spec.commandLine().getErr().println("gangway: nobody listens at " + address + ": " + e.getMessage());
            return ExitStatus.USAGE;
        }
        report.begin();
        Suite.run(application, report::add);
        report.end();
        return report.failed() ? ExitStatus.FAILED : ExitStatus.WANTED;
    }

    private Pairs pairs() {
        Pairs pairs = Application.parameters(uri);
        if (script != null) {
            pairs = pairs.with("SCRIPT_FILENAME", script);
        }
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            pairs = pairs.with(parameter.getKey(), parameter.getValue());
        }
        return pairs;
    }

    private Duration patience() {
        if (timeout >= 0.001 && timeout <= 3600) {
            return Duration.ofMillis((long) (timeout * 1000));
        }
        throw mistake("Invalid value for option '--timeout': '" + timeout + "' is out of range, want 0.001 to 3600");
    }

    private SocketAddress socketAddress() {
        boolean named = address.startsWith("unix:") || address.startsWith("tcp:") || address.startsWith("fd:");
        try {
            ListenAddress parsed = ListenAddress.parse(named ? address : "tcp:" + address);
            if (parsed instanceof ListenAddress.Unix unix) {
                return UnixDomainSocketAddress.of(unix.path());
            }
            if (parsed instanceof ListenAddress.Tcp tcp) {
                return resolved(tcp.address());
            }
        } catch (IllegalArgumentException e) {
            throw mistake(e.getMessage());
        }
        throw mistake("'" + address + "' cannot be connected to, want unix:PATH, tcp:HOST:PORT or HOST:PORT");
    }

    private InetSocketAddress resolved(HostPort address) {
        InetSocketAddress socketAddress = address.toSocketAddress();
        if (socketAddress.isUnresolved()) {
            throw mistake("unknown host '" + address.host() + "'");
        }
        return socketAddress;
    }

    private ParameterException mistake(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
