package dev.gangway.runner.web;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.deploy.Deployer;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes applications into service and out of it while requests are running: a new version is ready before it replaces
 * the old one, and requests to the old one may finish. The scanner's thread calls it.
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
    }

    @Override
    public void redeploy(ContextHandler old, ContextHandler context) {
        GracefulHandler oldHandler = deployed.remove(old);
        GracefulHandler handler = start(context);
        contexts.unmanage(oldHandler);
        contexts.replaceHandler(oldHandler, handler);
        contexts.manage(handler);
        stop(old, oldHandler);
    }

    @Override
    public void undeploy(ContextHandler context) {
        GracefulHandler handler = deployed.remove(context);
        contexts.unmanage(handler);
        contexts.removeHandler(handler);
        stop(context, handler);
        LOG.info("{} is no longer served", context.getContextPath());
    }

    private GracefulHandler start(ContextHandler context) {
        GracefulHandler handler = new GracefulHandler(context);
        handler.setServer(contexts.getServer());
        deployed.put(context, handler);
        try {
            handler.start();
            if (!(context instanceof UnavailableContext)) {
                LOG.info("{} serves {}", context.getContextPath(), location(context));
            }
        } catch (Exception e) {
            LOG.error(
                    "{} does not start: {}; {} is unavailable until the file changes",
                    location(context),
                    e.toString(),
                    context.getContextPath());
            standIn(context, handler);
        }
        return handler;
    }

    private static void standIn(ContextHandler context, GracefulHandler handler) {
        LifeCycle.stop(handler);
        handler.setHandler(new UnavailableContext(context.getContextPath()));
        LifeCycle.start(handler);
    }

    private void stop(ContextHandler context, GracefulHandler handler) {
        try {
            handler.shutdown().get(contexts.getServer().getStopTimeout(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "Some requests to {} had to be ended, since they took longer than the stop timeout",
                    context.getContextPath());
        } catch (InterruptedException | ExecutionException e) {
            // The server stops, which has given them their time.
            LOG.debug("", e);
        }
        try {
            handler.stop();
        } catch (Exception e) {
            LOG.warn("{} stopped with an error", context.getContextPath(), e);
        }
    }

    private static Object location(ContextHandler context) {
        return context.getAttribute(Deployable.MAIN_PATH);
    }
}
