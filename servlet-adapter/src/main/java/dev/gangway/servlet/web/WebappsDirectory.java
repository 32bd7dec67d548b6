package dev.gangway.servlet.web;

import dev.gangway.servlet.cleanup.ThreadLocals;
import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.handover.Redeployment;
import dev.gangway.servlet.handover.Sessions;
import dev.gangway.servlet.request.SuspiciousPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.eclipse.jetty.deploy.Deployer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All web applications in a directory, as they come and go. */
public final class WebappsDirectory implements Deployment {
    private static final Logger LOG = LoggerFactory.getLogger(WebappsDirectory.class);

    /** How long others wait for an application that starts or stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How often to look whether one that takes longer has started. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path directory;
    private final int scanSeconds;
    private final Admission admission;
    private final Redeployment redeployment;
    private final ContextHandlerCollection contexts = new ContextHandlerCollection();

    /**
     * A directory that has not been scanned yet.
     *
     * @param scanSeconds how often to look for changes; 0 for never
     * @param admission what may be served
     * @param redeployment of applications that do not say otherwise
     */
    public WebappsDirectory(Path directory, int scanSeconds, Admission admission, Redeployment redeployment) {
        this.directory = directory.toAbsolutePath().normalize();
        this.scanSeconds = scanSeconds;
        this.admission = admission;
        this.redeployment = redeployment;
    }

    @Override
    public List<StartFailure> obstacles() {
        try {
            check();
            return List.of();
        } catch (StartFailure e) {
            return List.of(e);
        }
    }

    private void check() throws StartFailure {
        if (!Files.exists(directory)) {
            throw new StartFailure("there is no directory " + directory);
        }
        if (!Files.isDirectory(directory)) {
            throw new StartFailure(directory + " is not a directory; gangway run serves a single application");
        }
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            throw new StartFailure("cannot read " + directory + ": " + FileProblem.PERMISSION_DENIED);
        }
        Admission.requirePart(directory, "a directory of web applications");
        if (Files.isDirectory(directory.resolve(Admission.WEB_INF))) {
            throw new StartFailure(directory + " is a web application itself; serve it with gangway run");
        }
    }

    @Override
    public Handler load(Server server, Libraries libraries) throws StartFailure {
        check();
        Sessions.install(server);
        ThreadLocals handler = new ThreadLocals(contexts);
        Retries retries = new Retries(System::nanoTime);
        WebappFactory factory = new WebappFactory(libraries, admission, redeployment);
        WebappsScanner scanner = new WebappsScanner(
                server,
                new ScannedDeployer(new GracefulDeployer(contexts, handler, retries, PATIENCE)),
                (of, any, path, others, attributes) ->
                        new ScannedContext(factory.newContextHandler(of, any, path, others, attributes)),
                retries,
                directory,
                scanSeconds);
        // The scanner starts after the contexts, and has deployed everything before the first connection is accepted.
        handler.addBean(scanner);
        return handler;
    }

    @Override
    public Set<SuspiciousPath> allowedPaths(Set<SuspiciousPath> byAll) {
        return EnumSet.allOf(SuspiciousPath.class);
    }

    @Override
    public void onStarted() {
        if (contexts.getHandlers().isEmpty()) {
            LOG.warn("There is no web application in {} yet", directory);
        }
    }

    @Override
    public void requireAll() throws StartFailure {
        while (true) {
            boolean starting = false;
            for (UnavailableContext context : contexts.getDescendants(UnavailableContext.class)) {
                if (context.failure() != null) {
                    throw new StartFailure(context.failure().message() + "; " + context.getContextPath()
                            + " would be unavailable. Mend it or remove it");
                }
                starting = true;
            }
            if (!starting) {
                return;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public List<Served> applications() {
        return contexts.getDescendants(ContextHandler.class).stream()
                .map(WebappsDirectory::served)
                .toList();
    }

    private static Served served(ContextHandler context) {
        if (context instanceof UnavailableContext unavailable) {
            String reason = unavailable.reason(PATIENCE);
            return new Served(context.getContextPath(), reason == null ? State.DEPLOYING : State.UNAVAILABLE, reason);
        }
        return new Served(context.getContextPath(), context.isAvailable() ? State.AVAILABLE : State.UNAVAILABLE, null);
    }

    @Override
    public String advice() {
        return "Mount it at the same path; the path of an application is the name of its file";
    }

    @Override
    public String toString() {
        String paths = contexts.getDescendants(ContextHandler.class).stream()
                .filter(context -> !(context instanceof UnavailableContext))
                .map(ContextHandler::getContextPath)
                .sorted()
                .collect(Collectors.joining(", "));
        return (paths.isEmpty() ? "nothing" : paths) + " from " + directory;
    }

    /**
     * What Jetty's scanner takes for a context. It would destroy the context itself while that may still have requests.
     */
    private static final class ScannedContext extends ContextHandler {
        private final ContextHandler context;

        ScannedContext(ContextHandler context) {
            super(context.getContextPath());
            this.context = context;
        }
    }

    /** A deployer that is told of the contexts that the scanner's contexts stand for. */
    private record ScannedDeployer(Deployer deployer) implements Deployer {
        @Override
        public void deploy(ContextHandler scanned) {
            deployer.deploy(context(scanned));
        }

        @Override
        public void redeploy(ContextHandler old, ContextHandler scanned) {
            deployer.redeploy(context(old), context(scanned));
        }

        @Override
        public void undeploy(ContextHandler scanned) {
            deployer.undeploy(context(scanned));
        }

        private static ContextHandler context(ContextHandler scanned) {
            return ((ScannedContext) scanned).context;
        }
    }
}
