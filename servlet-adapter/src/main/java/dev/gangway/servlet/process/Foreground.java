package dev.gangway.servlet.process;

import dev.gangway.servlet.failure.StartFailure;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.eclipse.jetty.logging.JettyLevel;
import org.eclipse.jetty.logging.JettyLogger;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a runner as the task of this process, from its start to the signal that ends it. */
public final class Foreground {
    /** The version of this program, as its jar names it. */
    public static final String VERSION =
            Objects.requireNonNullElse(Foreground.class.getPackage().getImplementationVersion(), "(unpackaged)");

    /** Added to the stop timeout. After that, an application that does not stop must not keep the process alive. */
    private static final long GRACE_MILLIS = 1_000;

    /** Set by the start script if there is no class archive: the directory where it can be made. */
    private static final String ARCHIVE_PROPERTY = "gangway.archives";

    /** A process that ends sooner does not need one, and while a process is new it has more urgent work. */
    private static final long ARCHIVE_MILLIS = 10_000;

    private static final ProcessBuilder.Redirect NOTHING = ProcessBuilder.Redirect.from(new File("/dev/null"));

    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

    private Foreground() {}

    /**
     * {@return the exit status of the process}
     *
     * @param readyLine what to print as soon as requests are answered
     */
    public static int run(RunSettings settings, PrintWriter out, Function<Runner, String> readyLine)
            throws StartFailure {
        quietContexts();
        Signals signals = Signals.install();
        Runner runner = Runner.start(settings, signals::stop);
        signals.onServing();
        runner.takeOver();
        LOG.info("Gangway {} started on Java {}, serving {}", VERSION, Runtime.version(), runner);
        out.println(readyLine.apply(runner));
        makeArchive();
        String reason = signals.awaitStop();

        LOG.info(
                "Stopping {}: running requests have {} ms to finish",
                reason,
                settings.ending().stopTimeoutMillis());
        Exit.latestAfter(
                settings.ending().stopTimeoutMillis() + GRACE_MILLIS,
                ExitStatus.WANTED,
                "An application does not stop");
        runner.stop();
        LOG.info("Stopped");
        return ExitStatus.WANTED;
    }

    /** Has the start script make the class archive that it has missed, when the process has been running for a while. */
    private static void makeArchive() {
        String directory = System.getProperty(ARCHIVE_PROPERTY);
        if (directory == null) {
            return;
        }
        Path archives = Path.of(directory);
        Thread thread = new Thread(() -> makeArchive(archives), "class-archive");
        thread.setDaemon(true);
        thread.start();
    }

    private static void makeArchive(Path archives) {
        try {
            Thread.sleep(ARCHIVE_MILLIS);
            ProcessBuilder script = new ProcessBuilder(
                            "nice", "-n", "19", System.getProperty("gangway.home") + "/bin/gangway", "cache", "missing")
                    .redirectInput(NOTHING)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            script.environment().put("GANGWAY_CACHE_DIR", archives.toString());
            int status = script.start().waitFor();
            LOG.debug("Making a class archive in {} ended with {}", archives, status);
        } catch (IOException e) {
            LOG.debug("Cannot make a class archive in {}", archives, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Jetty tells of each context that starts or stops, by the names of objects. What applications say themselves by
     * {@code ServletContext.log} goes to loggers below that one, which come later and keep their own level. Whoever sets
     * the level by a system property wants to see more.
     */
    private static void quietContexts() {
        boolean isSet = System.getProperty(ContextHandler.class.getName() + ".LEVEL") != null;
        if (!isSet && LoggerFactory.getLogger(ContextHandler.class) instanceof JettyLogger contexts) {
            contexts.setLevel(JettyLevel.WARN);
        }
    }
}
