package dev.gangway.runner;

import dev.gangway.runner.web.Application;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runner as the business of this process: from its start to the signal that ends it. */
class Foreground {
    /** What may come on top of the stop timeout: an application that does not end must not keep the process. */
    private static final long GRACE_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

    private final RunSettings settings;
    private final PrintWriter out;

    Foreground(RunSettings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /** {@return the exit status of the process} */
    int run() throws StartFailure, InterruptedException {
        Signals signals = Signals.install();
        Runner runner = Runner.start(settings);
        LOG.info("Gangway {} started on Java {}", Version.NUMBER, Runtime.version());
        signals.onServing();
        out.println(readyLine(runner));
        signals.awaitStop();

        LOG.info("Stopping: running requests have {} ms to finish", settings.stopTimeoutMillis());
        exitLatestAfter(settings.stopTimeoutMillis() + GRACE_MILLIS);
        runner.stop();
        LOG.info("Stopped");
        return ExitStatus.WANTED;
    }

    /** {@return what is printed as soon as requests are answered} */
    String readyLine(Runner runner) {
        String paths =
                settings.applications().stream().map(Application::contextPath).collect(Collectors.joining(", "));
        String addresses = Stream.concat(runner.listeners().stream(), Stream.ofNullable(runner.front()))
                .map(Object::toString)
                .collect(Collectors.joining(", "));
        return "gangway: ready, serving " + paths + " on " + addresses;
    }

    private static void exitLatestAfter(long millis) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> {
            LOG.warn("An application does not stop; the process ends without it");
            System.exit(ExitStatus.WANTED);
        });
    }
}
