package dev.gangway.runner.web;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.deploy.ContextHandlerFactory;
import org.eclipse.jetty.deploy.Deployer;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes applications into service and out of it; running requests may finish first. What does not start is unavailable.
 *
 * <p>Two versions of an application are never there at the same time: they might compete for a file or a name, and Jetty
 * shares what it has opened of a WAR among all that have the same path. The scanner's thread calls.
 */
final class GracefulDeployer implements Deployer {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulDeployer.class);

    private final ContextHandlerCollection contexts;
    private final Map<ContextHandler, GracefulHandler> deployed = new HashMap<>();

    GracefulDeployer(ContextHandlerCollection contexts) {
        this.contexts = contexts;
    }

    @Override
    public void deploy(ContextHandler context) {
        GracefulHandler handler = start(context);
        contexts.addHandler(handler);
        contexts.manage(handler);
        deployed.put(context, handler);
    }

    @Override
    public void redeploy(ContextHandler old, ContextHandler context) {
        GracefulHandler oldHandler = deployed.remove(old);
        GracefulHandler meanwhile = start(standIn(old));
        replace(oldHandler, meanwhile);
        stop(old, oldHandler);

        GracefulHandler handler = start(context);
        replace(meanwhile, handler);
        LifeCycle.stop(meanwhile);
        deployed.put(context, handler);
    }

    @Override
    public void undeploy(ContextHandler context) {
        GracefulHandler handler = deployed.remove(context);
        contexts.unmanage(handler);
        contexts.removeHandler(handler);
        stop(context, handler);
        LOG.info("{} is no longer served", context.getContextPath());
    }

    private void replace(GracefulHandler old, GracefulHandler handler) {
        // Else it would be stopped at once.
        contexts.unmanage(old);
        contexts.replaceHandler(old, handler);
        contexts.manage(handler);
    }

    private GracefulHandler start(ContextHandler context) {
        GracefulHandler handler = new GracefulHandler(context);
        handler.setServer(contexts.getServer());
        try {
            handler.start();
            if (!(context instanceof UnavailableContext)) {
                LOG.info("{} serves {}", context.getContextPath(), location(context));
            }
            return handler;
        } catch (Exception e) {
            LOG.error(
                    "{} does not start: {}; {} is unavailable until the file changes",
                    location(context),
                    StartCause.explain(e, level(context), WebappFactory.advice(location(context))),
                    context.getContextPath());
            LifeCycle.stop(handler);
            return start(standIn(context));
        }
    }

    private static ContextHandler standIn(ContextHandler context) {
        return new UnavailableContext(context.getContextPath(), context.getVirtualHosts());
    }

    private void stop(ContextHandler context, GracefulHandler handler) {
        try {
            handler.shutdown().get(contexts.getServer().getStopTimeout(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "Some requests to {} had to be ended, since they took longer than the stop timeout",
                    context.getContextPath());
        } catch (InterruptedException | ExecutionException e) {
            // The whole server stops, which has given them their time.
            LOG.debug("", e);
        }
        try {
            handler.stop();
        } catch (Exception e) {
            LOG.warn("{} stopped with an error", context.getContextPath(), e);
        }
    }

    private static Path location(ContextHandler context) {
        return (Path) context.getAttribute(Deployable.MAIN_PATH);
    }

    private static Level level(ContextHandler context) {
        String name = (String) context.getAttribute(ContextHandlerFactory.ENVIRONMENT_ATTRIBUTE);
        return name.equals(WebappsScanner.ANY_ENVIRONMENT) ? null : Level.parse(name);
    }
}
