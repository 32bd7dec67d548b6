package dev.gangway.servlet.web;

import dev.gangway.servlet.environment.EnvironmentDetector;
import dev.gangway.servlet.environment.JettyEnvironment;
import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.environment.ServletEnvironment;
import dev.gangway.servlet.environment.StartCause;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.handover.Redeployment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Web applications that are named one by one, all of which have to start. */
public final class Applications implements Deployment {
    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);
    private static final String ADVICE = "start it with --ee %s";

    private final List<Application> applications;
    private final ServletEnvironment environment;
    private final Admission admission;
    private final List<Deployed> all = new ArrayList<>();
    private final Map<ContextHandler, Throwable> failures = new ConcurrentHashMap<>();

    /**
     * Applications that are not loaded yet.
     *
     * @param environment the environment of all of them, or null to find out that of each
     * @param admission what may be served
     */
    public Applications(List<Application> applications, ServletEnvironment environment, Admission admission) {
        this.applications = applications;
        this.environment = environment;
        this.admission = admission;
    }

    @Override
    public List<StartFailure> obstacles() {
        List<StartFailure> obstacles = new ArrayList<>();
        for (Application application : applications) {
            try {
                admission.check(application.location());
            } catch (StartFailure e) {
                obstacles.add(e);
            }
        }
        return obstacles;
    }

    @Override
    public Handler load(Server server, Libraries libraries) throws StartFailure {
        for (Application application : applications) {
            admission.check(application.location());
        }
        Set<String> paths = new HashSet<>();
        for (Application application : applications) {
            Deployed deployed = deploy(application, server, libraries);
            if (!paths.add(deployed.contextPath())) {
                throw new StartFailure(
                        "two applications at " + deployed.contextPath() + "; one of them is " + application.location());
            }
            all.add(deployed);
        }
        return new SideBySide(all.stream().map(Deployed::context).toArray(ContextHandler[]::new));
    }

    private Deployed deploy(Application application, Server server, Libraries libraries) throws StartFailure {
        Path location = application.location();
        if (application.isXml()) {
            return new Deployed(
                    location,
                    environment,
                    new WebappFactory(libraries, admission, Redeployment.STOP)
                            .create(server, application, environment));
        }
        ServletEnvironment own = EnvironmentDetector.choose(location, environment, ADVICE);
        ContextHandler context = JettyEnvironment.newContext(
                server,
                JettyEnvironment.of(own, libraries),
                location,
                Map.of(Deployable.CONTEXT_PATH, application.contextPath()));
        LOG.debug("{} is for {}", location, own);
        return new Deployed(location, own, context);
    }

    @Override
    public void onStarted() throws StartFailure {
        List<StartFailure> failed = all.stream()
                .filter(deployed -> failures.containsKey(deployed.context()))
                .map(deployed -> deployed.failed(failures.get(deployed.context())))
                .toList();
        if (!failed.isEmpty()) {
            failed.stream().skip(1).forEach(other -> LOG.error("{}", other.getMessage()));
            throw failed.get(0);
        }
        for (Deployed deployed : all) {
            if (!deployed.context().isAvailable()) {
                throw deployed.failed(null);
            }
            LOG.info("{} serves {}", deployed.contextPath(), deployed.location());
        }
    }

    /**
     * Starts as many applications at once as there are processors, and none any more after the first failure. Jetty
     * would start one after the other, and after a failure it would first stop the others, which may take long.
     */
    private final class SideBySide extends ContextHandlerCollection {
        SideBySide(ContextHandler... contexts) {
            super(contexts);
        }

        @Override
        protected void doStart() throws Exception {
            Queue<ContextHandler> waiting = new ConcurrentLinkedQueue<>();
            for (Deployed deployed : all) {
                // Jetty would not stop what it has not started itself.
                manage(deployed.context());
                waiting.add(deployed.context());
            }
            int others = Math.min(all.size(), Runtime.getRuntime().availableProcessors()) - 1;
            List<Thread> threads = Stream.generate(() -> new Thread(() -> startEach(waiting)))
                    .limit(others)
                    .toList();
            for (Thread thread : threads) {
                thread.setDaemon(true);
                thread.start();
            }
            String name = Thread.currentThread().getName();
            startEach(waiting);
            Thread.currentThread().setName(name);
            for (Thread thread : threads) {
                thread.join();
            }
            super.doStart();
        }

        private void startEach(Queue<ContextHandler> waiting) {
            for (ContextHandler context = waiting.poll(); context != null; context = waiting.poll()) {
                if (!failures.isEmpty()) {
                    return;
                }
                if (all.size() > 1) {
                    // Lines of the log contain the thread's name.
                    Thread.currentThread().setName("start-" + context.getContextPath());
                }
                try {
                    context.start();
                } catch (Throwable e) {
                    failures.put(context, e);
                }
            }
        }

        @Override
        protected void start(LifeCycle component) throws Exception {
            if (!(component instanceof ContextHandler)) {
                super.start(component);
            }
        }
    }

    @Override
    public List<Served> applications() {
        return all.stream()
                .map(deployed -> new Served(deployed.contextPath(), deployed.state(), null))
                .toList();
    }

    @Override
    public String advice() {
        return "Mount it at the same path, or use --context-path";
    }

    @Override
    public String toString() {
        return all.stream().map(Deployed::contextPath).collect(Collectors.joining(", "));
    }

    /**
     * An application with its context.
     *
     * @param environment null if it is not known, as for a context in XML
     */
    private record Deployed(Path location, ServletEnvironment environment, ContextHandler context) {
        String contextPath() {
            return context.getContextPath();
        }

        State state() {
            if (context.isAvailable()) {
                return State.AVAILABLE;
            }
            return context.isStarted() || context.isFailed() ? State.UNAVAILABLE : State.DEPLOYING;
        }

        /** {@return the failure in words for the user} */
        StartFailure failed(Throwable cause) {
            String reason = cause == null ? "the log says why" : StartCause.explain(cause, environment, ADVICE);
            return new StartFailure(location + " failed to start at " + contextPath() + ": " + reason, cause);
        }
    }
}
