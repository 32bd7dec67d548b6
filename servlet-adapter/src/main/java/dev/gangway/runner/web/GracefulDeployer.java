package dev.gangway.runner.web;

import dev.gangway.runner.web.UnavailableContext.Failure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.deploy.Deployer;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes applications into service and out of it; running requests may finish first. What does not start is unavailable,
 * and what fails at its end is gone all the same: whatever an application throws, {@link Error}s too, is its own affair.
 *
 * <p>Two versions of an application are never there at the same time: they might compete for a file or a name, and Jetty
 * shares what it has opened of a WAR among all that have the same path. The scanner's thread calls.
 */
final class GracefulDeployer implements Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulDeployer.class);

    /** How often to stop what fails to. Each time Jetty goes on behind what has thrown. */
    private static final int STOPS = 3;

    private final ContextHandlerCollection contexts;
    private final ThreadLocals threadLocals;
    private final Retries retries;
    private final Map<ContextHandler, GracefulHandler> deployed = new HashMap<>();

    /**
     * A deployer of no application yet.
     *
     * @param threadLocals who wants to know of applications that are gone
     * @param retries who wants to know of applications that may be served later
     */
    GracefulDeployer(ContextHandlerCollection contexts, ThreadLocals threadLocals, Retries retries) {
        this.contexts = contexts;
        this.threadLocals = threadLocals;
        this.retries = retries;
    }

    @Override
    public void deploy(ContextHandler context) {
        GracefulHandler handler = serve(context);
        contexts.addHandler(handler);
        contexts.manage(handler);
        deployed.put(context, handler);
    }

    @Override
    public void redeploy(ContextHandler old, ContextHandler context) {
        GracefulHandler oldHandler = deployed.remove(old);
        GracefulHandler meanwhile = start(standIn(old, null));
        replace(oldHandler, meanwhile);
        retire(old, oldHandler);

        GracefulHandler handler = serve(context);
        replace(meanwhile, handler);
        LifeCycle.stop(meanwhile);
        deployed.put(context, handler);
    }

    @Override
    public void undeploy(ContextHandler context) {
        GracefulHandler handler = deployed.remove(context);
        contexts.unmanage(handler);
        contexts.removeHandler(handler);
        retire(context, handler);
        retries.forget(WebappFactory.location(context));
        LOG.info("{} is no longer served", context.getContextPath());
    }

    private void replace(GracefulHandler old, GracefulHandler handler) {
        // Else it would be stopped at once.
        contexts.unmanage(old);
        contexts.replaceHandler(old, handler);
        contexts.manage(handler);
    }

    /** {@return what answers at the place of an application: itself, if it starts} */
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
            return refuse(standIn(context, Failure.of(context, e)));
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
                    "{}; {} is unavailable until it works, and tried again",
                    failure.message(),
                    context.getContextPath());
        }
        return start(context);
    }

    /** Jetty starts some contexts that it does not serve then; the log has its reasons. */
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
            // The whole server stops, which has given them their time.
            LOG.debug("", e);
        }
        stop(context, handler);
    }

    private void stop(ContextHandler context, GracefulHandler handler) {
        // Jetty's context does not know its class loader any more when it has stopped.
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
}
