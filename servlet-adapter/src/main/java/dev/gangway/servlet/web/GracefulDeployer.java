package dev.gangway.servlet.web;

import dev.gangway.servlet.cleanup.Remains;
import dev.gangway.servlet.cleanup.ThreadLocals;
import dev.gangway.servlet.handover.Conflict;
import dev.gangway.servlet.handover.Gate;
import dev.gangway.servlet.handover.OwnArchive;
import dev.gangway.servlet.handover.Sessions;
import dev.gangway.servlet.web.UnavailableContext.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.deploy.Deployer;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.AutoLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops applications; running requests may finish first. An application that does not start is unavailable,
 * and one that fails while it stops is removed all the same: whatever an application throws, even an {@link Error},
 * does not affect others.
 *
 * <p>A new version that may start beside the old one takes over when it has started; if it does not start, the old one
 * goes on. For any other, the old one stops first. Never are more than two versions in memory.
 *
 * <p>Called by the scanner's thread. An application starts and stops in a thread of its own: the scanner waits for it,
 * but no longer than other applications should have to wait.
 */
final class GracefulDeployer implements Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulDeployer.class);

    /** How often to stop a context that fails to stop. Each time Jetty goes on after the part that has thrown. */
    private static final int STOPS = 3;

    private final ContextHandlerCollection contexts;
    private final ThreadLocals threadLocals;
    private final Retries retries;
    private final Duration patience;
    private final Map<ContextHandler, Place> places = new HashMap<>();
    /** Guards the handlers of the contexts. */
    private final AutoLock lock = new AutoLock();

    /**
     * A deployer without applications.
     *
     * @param threadLocals is told of applications that are gone
     * @param retries is told of applications that may be served later
     * @param patience how long others wait for an application
     */
    GracefulDeployer(ContextHandlerCollection contexts, ThreadLocals threadLocals, Retries retries, Duration patience) {
        this.contexts = contexts;
        this.threadLocals = threadLocals;
        this.retries = retries;
        this.patience = patience;
    }

    @Override
    public void deploy(ContextHandler context) {
        Place place = new Place(start(standIn(context, null)));
        places.put(context, place);
        try (AutoLock ignored = lock.lock()) {
            contexts.addHandler(place.served.gate());
            contexts.manage(place.served.gate());
        }
        place.wanted = context;
        place.turn(context, () -> place.change(context));
    }

    @Override
    public void redeploy(ContextHandler old, ContextHandler context) {
        Place place = places.remove(old);
        places.put(context, place);
        place.wanted = context;
        place.turn(context, () -> place.change(context));
        place.queue(old, place::retire);
    }

    @Override
    public void undeploy(ContextHandler context) {
        Place place = places.remove(context);
        place.wanted = null;
        place.turn(context, () -> {
            place.end();
            retries.forget(WebappFactory.location(context));
            LOG.info("{} is no longer served", context.getContextPath());
        });
    }

    /**
     * {@return a version that has started}
     *
     * @param archive what it starts from, or null if that is its file itself
     */
    private Version start(ContextHandler context, OwnArchive archive) throws Exception {
        Version version = new Version(context, gate(context), archive);
        try {
            version.gate.start();
            // Jetty starts some contexts but does not serve them; the log has its reasons.
            if (!context.isAvailable()) {
                throw new IllegalStateException("Jetty does not serve it");
            }
        } catch (Throwable e) {
            stop(version);
            throw e;
        }
        Path location = WebappFactory.location(context);
        retries.forget(location);
        LOG.info("{} serves {}", context.getContextPath(), location);
        return version;
    }

    private Version refuse(UnavailableContext context) {
        Failure failure = context.failure();
        String until = failure.mayPass() ? ", and is tried again until it works" : " until the file changes";
        report(failure, failure.message() + "; " + context.getContextPath() + " is unavailable" + until);
        return start(context);
    }

    /** Logs a failure unless it is known, and sees to it that what may pass is tried again. */
    private void report(Failure failure, String message) {
        if (!failure.mayPass()) {
            retries.forget(failure.location());
        } else if (!retries.add(failure)) {
            return;
        }
        LOG.error("{}", message);
    }

    private Version start(UnavailableContext context) {
        Version version = new Version(context, gate(context), null);
        LifeCycle.start(version.gate);
        return version;
    }

    private Gate gate(ContextHandler context) {
        Gate gate = new Gate(context);
        gate.setServer(contexts.getServer());
        return gate;
    }

    private static UnavailableContext standIn(ContextHandler context, Failure failure) {
        return new UnavailableContext(context.getContextPath(), context.getVirtualHosts(), failure);
    }

    private void awaitRequests(Version version) {
        try {
            if (!version.gate.awaitEmpty(contexts.getServer().getStopTimeout())) {
                LOG.warn(
                        "Some requests to {} had to be ended, since they took longer than the stop timeout",
                        name(version.context));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(Version version) {
        ContextHandler context = version.context;
        // A stopped context of Jetty no longer knows its class loader.
        Remains remains = new Remains(name(context), context.getClassLoader());
        if (remains.isApplication()) {
            remains.runShutdownHooks();
        }
        for (int i = 0; i < STOPS && !version.gate.isStopped(); i++) {
            try {
                version.gate.stop();
            } catch (Throwable e) {
                LOG.warn("{} stopped with an error", name(context), e);
            }
        }
        destroy(context);
        if (remains.isApplication()) {
            remains.clear();
            threadLocals.onGone();
        }
        if (version.archive != null) {
            version.archive.remove();
        }
    }

    /** Jetty's scanner leaves it to the deployer to close what a context has opened. */
    private static void destroy(ContextHandler context) {
        try {
            context.destroy();
        } catch (Throwable e) {
            LOG.warn("{} stopped with an error", name(context), e);
        }
    }

    private static String name(ContextHandler context) {
        return context.getContextPath() + " (" + WebappFactory.location(context) + ")";
    }

    /**
     * What answers at the path of an application.
     *
     * @param context the application, or what stands in for it
     * @param gate where requests enter
     * @param archive what it has started from, or null if that is its file itself
     */
    private record Version(ContextHandler context, Gate gate, OwnArchive archive) {
        boolean isStandIn() {
            return context instanceof UnavailableContext;
        }
    }

    /** The path of an application, for one version after another. Tasks for it run one after the other. */
    private final class Place {
        /** What answers there. Only the running task uses it, as the next two. */
        private Version served;

        /** What has to stop, or null. */
        private Version retiring;

        /** Whether two versions have been found not to run at the same time. */
        private boolean isExclusive;

        private final Sessions sessions = new Sessions();
        /** The newest version, or null after the end. */
        private volatile ContextHandler wanted;

        private volatile String doing = "starting";
        private CompletableFuture<Void> turns = CompletableFuture.completedFuture(null);

        Place(Version standIn) {
            served = standIn;
        }

        /** Changes to another version, unless a newer one is waiting already. */
        void change(ContextHandler context) {
            if (context != wanted) {
                destroy(context);
                return;
            }
            if (!served.isStandIn() && mayRunBeside(context)) {
                startBeside(context);
                return;
            }
            if (!served.isStandIn()) {
                replace(start(standIn(served.context, null)));
                retire();
            }
            doing = "starting";
            replace(startAlone(context));
        }

        /** What cannot be served at all does not stop what may run beside others. */
        private boolean mayRunBeside(ContextHandler context) {
            ContextHandler decisive = context instanceof UnavailableContext ? served.context : context;
            return !isExclusive && OwnArchive.isAllowed(decisive);
        }

        private void startBeside(ContextHandler context) {
            doing = "starting";
            if (context instanceof UnavailableContext unavailable) {
                keepOld(unavailable.failure());
                return;
            }
            try {
                Path parent =
                        contexts.getServer().getContext().getTempDirectory().toPath();
                Version next = start(context, OwnArchive.make(context, parent));
                sessions.join(context);
                replace(next);
            } catch (Throwable e) {
                isExclusive = Conflict.explains(e);
                keepOld(WebappFactory.failure(context, e));
            }
        }

        private void keepOld(Failure failure) {
            boolean isTriedAgain = isExclusive || failure.mayPass();
            String goesOn = isTriedAgain ? " goes on, and the new one is tried again until it works" : " goes on";
            report(
                    new Failure(failure.location(), failure.message(), isTriedAgain),
                    "the new " + failure.message() + "; the old version of " + served.context.getContextPath()
                            + (isExclusive ? " stops first, since the two cannot run at the same time" : goesOn));
        }

        /** {@return the version, if it starts, or what refuses requests to it} */
        private Version startAlone(ContextHandler context) {
            if (context instanceof UnavailableContext unavailable) {
                return refuse(unavailable);
            }
            try {
                Version version = start(context, null);
                sessions.join(context);
                return version;
            } catch (Throwable e) {
                return refuse(standIn(context, WebappFactory.failure(context, e)));
            }
        }

        private void replace(Version next) {
            Version old = served;
            try (AutoLock ignored = lock.lock()) {
                // Otherwise it would be stopped at once.
                contexts.unmanage(old.gate);
                contexts.replaceHandler(old.gate, next.gate);
                contexts.manage(next.gate);
                if (!old.isStandIn()) {
                    // Its sessions are still those of the server, which ends them everywhere at the same time.
                    contexts.addBean(old.gate, true);
                }
            }
            served = next;
            old.gate.close(next.gate);
            if (old.isStandIn()) {
                LifeCycle.stop(old.gate);
            } else {
                retiring = old;
            }
        }

        /** Stops the version before, if there is one, after its last request. */
        void retire() {
            if (retiring == null) {
                return;
            }
            doing = "stopping";
            awaitRequests(retiring);
            try (AutoLock ignored = lock.lock()) {
                contexts.unmanage(retiring.gate);
                contexts.removeBean(retiring.gate);
            }
            sessions.leave(retiring.context);
            stop(retiring);
            sessions.onLeft();
            retiring = null;
        }

        /** Stops what answers there, after its last request. */
        void end() {
            doing = "stopping";
            try (AutoLock ignored = lock.lock()) {
                contexts.unmanage(served.gate);
                contexts.removeHandler(served.gate);
            }
            served.gate.close(null);
            if (served.isStandIn()) {
                LifeCycle.stop(served.gate);
            } else {
                awaitRequests(served);
                stop(served);
            }
        }

        /** Runs a task after those before it, and waits for its end, but no longer than the patience lasts. */
        void turn(ContextHandler context, Runnable work) {
            queue(context, work);
            try {
                turns.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warn(
                        "{} is still {} after {} s; the others go on, and changes to its file have to wait",
                        name(context),
                        doing,
                        patience.toSeconds());
            } catch (InterruptedException e) {
                // The scanner ends.
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Runs a task after those before it. */
        void queue(ContextHandler context, Runnable work) {
            String name = name(context);
            turns = turns.thenRunAsync(() -> attempt(name, work), task -> thread(context.getContextPath(), task));
        }

        private void attempt(String name, Runnable work) {
            try {
                work.run();
            } catch (Throwable e) {
                LOG.error("{} is not served", name, e);
            }
        }

        /**
         * Lines of the log contain the thread's name. It is the context path alone, since messages about an application
         * name its files already.
         */
        private static void thread(String contextPath, Runnable task) {
            Thread thread = new Thread(task, "deploy-" + contextPath);
            thread.setDaemon(true);
            thread.start();
        }
    }
}
