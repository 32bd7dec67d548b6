package dev.gangway.servlet.option;

import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.process.Lifetime;
import dev.gangway.servlet.process.LogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import picocli.CommandLine.Option;

/** Options of the server that have nothing to do with FastCGI. */
public final class ServerOptions {
    /** The threads that Jetty itself needs, and a few for requests. */
    private static final int LEAST_THREADS = 8;

    private static final int LEAST_HEADER_BYTES = 1024;

    /** The headers of a response have to fit into one record. */
    private static final int MOST_HEADER_BYTES = 65_528;

    private static final int SHARED_IDLE_EXIT = 1_800;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Maximum number of threads of the server, at least " + LEAST_THREADS
                    + " (default: ${DEFAULT-VALUE}).")
    private int threads = 200;

    @Option(
            names = "--stop-timeout",
            paramLabel = "SECONDS",
            converter = Quantity.IntSeconds.class,
            description = "Time that running requests have to finish after SIGTERM (default: 30; 8 with descriptor"
                    + " 0, since web servers soon kill a process that does not end).")
    private Integer stopTimeout;

    @Option(
            names = "--idle-exit",
            paramLabel = "SECONDS",
            converter = Quantity.IntSeconds.class,
            description = "Exit after this time without a request (default: never).")
    private Integer idleExit;

    @Option(
            names = "--max-requests",
            paramLabel = "N",
            description = "Exit after this many requests; whatever started the process has to start the next one"
                    + " (default: never).")
    private Long maxRequests;

    @Option(
            names = "--redirects",
            paramLabel = "relative|absolute",
            description = "How a redirect within the site names its target: by its path alone, or by a whole URL"
                    + " for clients and proxies older than 2014 (default: relative).")
    private Redirects redirects = Redirects.RELATIVE;

    private enum Redirects {
        RELATIVE,
        ABSOLUTE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--max-response-header-bytes",
            paramLabel = "BYTES",
            converter = Quantity.IntBytes.class,
            description =
                    "Maximum size of a response's headers (default: ${DEFAULT-VALUE}; at most " + MOST_HEADER_BYTES
                            + "); a response with more becomes a 500. Web servers have limits of their own.")
    private int maxResponseHeaderBytes = 16 * 1024;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where extracted WARs, compiled JSPs and uploads are, in a directory for this process alone"
                    + " (default: GANGWAY_WORK_DIR, or what else the documentation lists).")
    private Path work;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Append the log, and what applications print, to this file (default: standard error).")
    private Path log;

    @Option(
            names = "--shared",
            hidden = true,
            paramLabel = "FILE",
            description = "For the daemon behind gangway fcgid: the log file if there is no --log. The daemon exits"
                    + " after 30 minutes without a request unless --idle-exit is given, and says on standard"
                    + " error when it is ready.")
    private Path sharedLog;

    @Option(
            names = "--track-buffers",
            hidden = true,
            description = "Track every buffer, which is slow, and log those that were not released when the server"
                    + " stops.")
    private boolean trackBuffers;

    public boolean isShared() {
        return sharedLog != null;
    }

    public void openLog() throws StartFailure {
        if (hasLog()) {
            LogFile.replaceStandardStreams(log());
        }
    }

    public boolean hasLog() {
        return log() != null;
    }

    private Path log() {
        return log == null ? sharedLog : log;
    }

    /**
     * {@return the threads of the server}
     *
     * @throws IllegalArgumentException if there are too few
     */
    public QueuedThreadPool threadPool() {
        if (threads < LEAST_THREADS) {
            throw new IllegalArgumentException("threads is " + threads + ", want at least " + LEAST_THREADS);
        }
        QueuedThreadPool pool = new QueuedThreadPool(threads, Math.min(threads, LEAST_THREADS));
        pool.setName("gangway");
        return pool;
    }

    public ByteBufferPool bufferPool() {
        return trackBuffers ? new ArrayByteBufferPool.Tracking() : new ArrayByteBufferPool();
    }

    /**
     * {@return how long running requests may take to finish}
     *
     * @throws IllegalArgumentException if it is negative
     */
    public long stopTimeoutMillis(boolean inherited) {
        if (stopTimeout == null) {
            stopTimeout = inherited ? 8 : 30;
        }
        if (stopTimeout < 0) {
            throw new IllegalArgumentException("stop-timeout is " + stopTimeout + ", want at least 0");
        }
        return stopTimeout * 1_000L;
    }

    /**
     * {@return when the process ends by itself}
     *
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public Lifetime lifetime() {
        if (idleExit == null && isShared()) {
            idleExit = SHARED_IDLE_EXIT;
        }
        requirePositive("idle-exit", idleExit);
        requirePositive("max-requests", maxRequests);
        return new Lifetime(
                idleExit == null ? null : Duration.ofSeconds(idleExit), maxRequests == null ? 0 : maxRequests);
    }

    private static void requirePositive(String name, Number value) {
        if (value != null && value.longValue() < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", want at least 1");
        }
    }

    /**
     * {@return the settings that do not depend on FastCGI}
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public HttpConfiguration httpConfiguration() {
        if (maxResponseHeaderBytes < LEAST_HEADER_BYTES || maxResponseHeaderBytes > MOST_HEADER_BYTES) {
            throw new IllegalArgumentException("max-response-header-bytes is " + maxResponseHeaderBytes + ", want "
                    + LEAST_HEADER_BYTES + " to " + MOST_HEADER_BYTES);
        }
        HttpConfiguration configuration = FcgiConnectionFactory.newHttpConfiguration();
        configuration.setMaxResponseHeaderSize(maxResponseHeaderBytes);
        configuration.setResponseHeaderSize(Math.min(configuration.getResponseHeaderSize(), maxResponseHeaderBytes));
        configuration.setRelativeRedirectAllowed(redirects == Redirects.RELATIVE);
        return configuration;
    }

    /** {@return where extracted applications are, or null for where the start script wants them} */
    public Path work() {
        return work;
    }

    /** Checks whether there can be extracted applications. */
    public void checkWork() throws StartFailure {
        if (work != null && !(Files.isDirectory(work) && Files.isWritable(work))) {
            throw new StartFailure("cannot use " + work + " for extracted applications: "
                    + (Files.isDirectory(work) ? FileProblem.PERMISSION_DENIED : "there is no such directory"));
        }
    }

    /** Checks whether the log can be opened, without opening it. */
    public void checkLog() throws StartFailure {
        if (hasLog()) {
            LogFile.check(log(), "the log");
        }
    }
}
