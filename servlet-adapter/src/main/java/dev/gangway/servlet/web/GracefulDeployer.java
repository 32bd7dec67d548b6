package dev.gangway.servlet.web;

import dev.gangway.servlet.cleanup.Remains;
import dev.gangway.servlet.cleanup.ThreadLocals;
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
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.AutoLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts and stops applications; running requests may finish first. An application that does not start is unavailable,
 * and one that fails while it stops is removed all the same: whatever an application throws, even an {@link Error},
 * does not affect others.
 *
 * <p>Two versions of an application never run at the same time: they might compete for a file or a name, and Jetty
 * shares what it has opened of a WAR among all applications with the same path.
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
            contexts.addHandler(place.handler);
            contexts.manage(place.handler);
        }
        place.turn(context, () -> start(place, context));
    }

    @Override
    public void redeploy(ContextHandler old, ContextHandler context) {
        Place place = places.remove(old);
        places.put(context, place);
        place.turn(old, () -> {
            GracefulHandler oldHandler = place.handler;
            replace(place, start(standIn(old, null)));
            retire(old, oldHandler);
            start(place, context);
        });
    }

    @Override
    public void undeploy(ContextHandler context) {
        Place place = places.remove(context);
        place.turn(context, () -> {
            try (AutoLock ignored = lock.lock()) {
                contexts.unmanage(place.handler);
                contexts.removeHandler(place.handler);
            }
            retire(context, place.handler);
            retries.forget(WebappFactory.location(context));
            LOG.info("{} is no longer served", context.getContextPath());
        });
    }

    private void start(Place place, ContextHandler context) {
        place.doing = "starting";
        GracefulHandler meanwhile = place.handler;
        replace(place, serve(context));
        LifeCycle.stop(meanwhile);
    }

    private void replace(Place place, GracefulHandler handler) {
        try (AutoLock ignored = lock.lock()) {
            // Otherwise it would be stopped at once.
            contexts.unmanage(place.handler);
            contexts.replaceHandler(place.handler, handler);
            contexts.manage(handler);
        }
        place.handler = handler;
    }

    /** {@return what answers at the path of an application: the application itself, if it starts} */
    private GracefulHandler serve(ContextHandler context) {
        if (context instanceof UnavailableContext unavailable) {
            return refuse(unavailable);
        }
        GracefulHandler handler = handler(context);
        try {
            handler.start();
            requireAvailable(context);
        } catch (Throwable e) {
            stop(context, handler);
            return refuse(standIn(context, WebappFactory.failure(context, e)));
        }
        Path location = WebappFactory.location(context);
        retries.forget(location);
        LOG.info("{} serves {}", context.getContextPath(), location);
        return handler;
    }

    private GracefulHandler refuse(UnavailableContext context) {
        Failure failure = context.failure();
        if (!failure.mayPass()) {
            retries.forget(failure.location());
            LOG.error("{}; {} is unavailable until the file changes", failure.message(), context.getContextPath());
        } else if (retries.add(failure)) {
            LOG.error(
                    "{}; {} is unavailable, and is tried again until it works",
                    failure.message(),
                    context.getContextPath());
        }
        return start(context);
    }

    /** Jetty starts some contexts but does not serve them; the log has its reasons. */
    private static void requireAvailable(ContextHandler context) {
        if (!context.isAvailable()) {
            throw new IllegalStateException("Jetty does not serve it");
        }
    }

    private GracefulHandler start(UnavailableContext context) {
        GracefulHandler handler = handler(context);
        LifeCycle.start(handler);
        return handler;
    }

    private GracefulHandler handler(ContextHandler context) {
        GracefulHandler handler = new GracefulHandler(context);
        handler.setServer(contexts.getServer());
        return handler;
    }

    private static UnavailableContext standIn(ContextHandler context, Failure failure) {
        return new UnavailableContext(context.getContextPath(), context.getVirtualHosts(), failure);
    }

    private void retire(ContextHandler context, GracefulHandler handler) {
        try {
            handler.shutdown().get(contexts.getServer().getStopTimeout(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "Some requests to {} had to be ended, since they took longer than the stop timeout", name(context));
        } catch (InterruptedException | ExecutionException e) {
            // The whole server is stopping, and has given them their time.
            LOG.debug("", e);
        }
        stop(context, handler);
    }

    private void stop(ContextHandler context, GracefulHandler handler) {
        // A stopped context of Jetty no longer knows its class loader.
        Remains remains = new Remains(name(context), context.getClassLoader());
        if (remains.isApplication()) {
            remains.runShutdownHooks();
        }
        for (int i = 0; i < STOPS && !handler.isStopped(); i++) {
            try {
                handler.stop();
            } catch (Throwable e) {
                LOG.warn("{} stopped with an error", name(context), e);
            }
        }
        if (remains.isApplication()) {
            remains.clear();
            threadLocals.onGone();
        }
    }

    private static String name(ContextHandler context) {
        return context.getContextPath() + " (" + WebappFactory.location(context) + ")";
    }

    /** The path of an application, for one version after another. Tasks for it run one after the other. */
    private final class Place {
        /** What answers there. Only the running task uses it. */
        private volatile GracefulHandler handler;

        private volatile String doing;
        private CompletableFuture<Void> turns = CompletableFuture.completedFuture(null);

        Place(GracefulHandler handler) {
            this.handler = handler;
        }

        /** Runs a task after those before it, and waits for its end, but no longer than the patience lasts. */
        void turn(ContextHandler context, Runnable work) {
            String name = name(context);
            turns = turns.thenRunAsync(() -> attempt(name, work), task -> thread(context.getContextPath(), task));
            try {
                turns.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.warn(
                        "{} is still {} after {} s; the others go on, and changes to its file have to wait",
                        name,
                        doing,
                        patience.toSeconds());
            } catch (InterruptedException e) {
                // The scanner ends.
                Thread.currentThread().interrupt();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        private void attempt(String name, Runnable work) {
            doing = "stopping";
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
