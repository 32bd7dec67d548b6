package dev.gangway.servlet.log;

import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.option.Quantity;
import dev.gangway.servlet.process.LogFile;
import dev.gangway.servlet.process.RunSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jetty.server.RequestLog;
import picocli.CommandLine.Option;

/** What is written of requests. */
public final class LogOptions {
    /** The second one is what it was called first. */
    private static final Set<String> STANDARD_OUTPUT = Set.of("stdout", "-");

    private static final int SLOW_AFTER = 5;

    @Option(
            names = "--access-log",
            paramLabel = "FILE|stdout",
            description = "Append a line for each request to this file, or to standard output (default: none).")
    private String accessLog;

    @Option(
            names = "--access-log-format",
            paramLabel = "combined|common|json|FORMAT",
            description = "What the line says: combined, common, json, or text with codes such as %%r; the"
                    + " documentation lists them (default: ${DEFAULT-VALUE}).")
    private String accessLogFormat = AccessLogFormat.COMBINED;

    @Option(
            names = "--slowlog",
            paramLabel = "FILE",
            description = "Append to this file what a request that takes longer than --slow-after has asked for and"
                    + " what its thread does, and at its end how long it took (default: a line in the log if there"
                    + " is --slow-after).")
    private Path slowLog;

    @Option(
            names = "--slow-after",
            paramLabel = "SECONDS",
            converter = Quantity.IntSeconds.class,
            description = "From when on a request is slow (default: " + SLOW_AFTER + " if there is --slowlog, else"
                    + " never).")
    private Integer slowAfter;

    /**
     * {@return the access log, or null if none is wanted}
     *
     * @throws IllegalArgumentException if there is no such format
     */
    public RequestLog accessLog(PrintWriter out) {
        AccessLogFormat format = AccessLogFormat.of("access-log-format", accessLogFormat);
        if (accessLog == null) {
            return null;
        }
        return isFile() ? AccessLog.to(format, Path.of(accessLog)) : new AccessLog(format, out::println);
    }

    private boolean isFile() {
        return !STANDARD_OUTPUT.contains(accessLog);
    }

    /**
     * {@return who is told of slow requests, or null if nobody is}
     *
     * @throws IllegalArgumentException if the time is less than a second
     */
    public RunSettings.Slow slow() {
        if (slowAfter != null && slowAfter < 1) {
            throw new IllegalArgumentException("slow-after is " + slowAfter + ", want at least 1");
        }
        if (slowAfter == null && slowLog == null) {
            return null;
        }
        return new RunSettings.Slow(
                Duration.ofSeconds(slowAfter == null ? SLOW_AFTER : slowAfter),
                server -> new SlowLog(slowLog, server::getScheduler));
    }

    /** Checks whether the access log can be opened, without opening it. */
    public void checkAccessLog() throws StartFailure {
        if (accessLog != null && isFile()) {
            LogFile.check(Path.of(accessLog), "the access log");
        }
    }

    /** Checks whether the slow log can be opened, without opening it. */
    public void checkSlowLog() throws StartFailure {
        if (slowLog != null) {
            LogFile.check(slowLog, "the slow log");
        }
    }
}
