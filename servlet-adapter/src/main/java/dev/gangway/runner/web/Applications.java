package dev.gangway.runner.web;

import dev.gangway.runner.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.eclipse.jetty.deploy.StandardContextHandlerFactory;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.component.Environment;

/** The web applications of a server, ready to start with it. */
public final class Applications {
    private static final String LEVEL = "ee11";
    /** Jars of the environment that are searched for tag libraries, web fragments and resources. */
    private static final String SCANNED_JARS = ".*/jakarta\\.servlet\\.jsp\\.jstl-[^/]*\\.jar|.*/wasp-[^/]*\\.jar";

    private final List<Application> applications;
    private final List<ContextHandler> contexts = new ArrayList<>();

    private Applications(List<Application> applications) {
        this.applications = applications;
    }

    /**
     * {@return the contexts of some applications, not started yet}
     *
     * @param libraries the directory with a directory of jars for each level of Jakarta EE
     * @throws StartFailure if a location holds no web application
     */
    public static Applications load(List<Application> applications, Server server, Path libraries) throws StartFailure {
        for (Application application : applications) {
            check(application.location());
        }
        Environment environment = ServletEnvironment.of(LEVEL, libraries);
        Applications loaded = new Applications(applications);
        for (Application application : applications) {
            loaded.contexts.add(context(application, server, environment));
        }
        return loaded;
    }

    /**
     * Looks whether a web application can be there.
     *
     * @throws StartFailure if there is none
     */
    public static void check(Path location) throws StartFailure {
        if (!Files.exists(location)) {
            throw new StartFailure("there is no " + location);
        }
        if (!Files.isReadable(location)) {
            throw new StartFailure("cannot read " + location + ": permission denied");
        }
        if (Files.isDirectory(location)) {
            return;
        }
        try (ZipFile war = new ZipFile(location.toFile())) {
            if (war.size() == 0) {
                throw new StartFailure(location + " is an empty archive");
            }
        } catch (IOException e) {
            throw new StartFailure(location + " is not a web application: " + e.getMessage(), e);
        }
    }

    private static ContextHandler context(Application application, Server server, Environment environment)
            throws StartFailure {
        Attributes attributes = new Attributes.Mapped();
        attributes.setAttribute(Deployable.CONTEXT_PATH, application.contextPath());
        attributes.setAttribute(Deployable.CONTAINER_SCAN_JARS, SCANNED_JARS);
        try {
            ContextHandler context = new StandardContextHandlerFactory()
                    .newContextHandler(server, environment, application.location(), Set.of(), attributes);
            hideInternals(context);
            return context;
        } catch (Exception e) {
            throw new StartFailure(
                    application.location() + " cannot be served at " + application.contextPath() + ": " + e, e);
        }
    }

    /** A stack trace is for the log, not for the visitors of a site. */
    private static void hideInternals(ContextHandler context) {
        if (context.getErrorHandler() instanceof ErrorHandler errors) {
            errors.setShowStacks(false);
            errors.setShowOrigin(false);
        }
    }

    /** {@return the handler that leads each request to its application} */
    public Handler handler() {
        return new ContextHandlerCollection(contexts.toArray(ContextHandler[]::new));
    }

    /**
     * Looks after the start of the server whether all applications are in service.
     *
     * @throws StartFailure if one is not; Jetty has logged the reason
     */
    public void requireAvailable() throws StartFailure {
        for (int i = 0; i < contexts.size(); i++) {
            if (!contexts.get(i).isAvailable()) {
                Application application = applications.get(i);
                throw new StartFailure(application.location() + " failed to start at " + application.contextPath()
                        + "; the log says why");
            }
        }
    }
}
