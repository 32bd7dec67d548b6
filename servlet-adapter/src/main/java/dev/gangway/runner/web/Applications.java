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
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.component.Environment;

/** The web applications of a server, ready to start with it. */
public final class Applications {
    private final List<Application> applications;
    private final List<ContextHandler> contexts = new ArrayList<>();

    private Applications(List<Application> applications) {
        this.applications = applications;
    }

    /**
     * {@return the contexts of some applications, not started yet}
     *
     * @param level the level of all of them, or null to find out that of each
     * @param libraries the directory with a directory of jars for each level
     * @throws StartFailure if a location holds no web application
     */
    public static Applications load(List<Application> applications, Level level, Server server, Path libraries)
            throws StartFailure {
        for (Application application : applications) {
            check(application.location());
        }
        Applications loaded = new Applications(applications);
        for (Application application : applications) {
            loaded.contexts.add(context(application, level, server, libraries));
        }
        return loaded;
    }

    private static void check(Path location) throws StartFailure {
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

    private static ContextHandler context(Application application, Level level, Server server, Path libraries)
            throws StartFailure {
        Environment environment =
                ServletEnvironment.of(level == null ? detect(application.location()) : level, libraries);
        Attributes attributes = new Attributes.Layer(environment);
        attributes.setAttribute(Deployable.CONTEXT_PATH, application.contextPath());
        try {
            return new StandardContextHandlerFactory()
                    .newContextHandler(server, environment, application.location(), Set.of(), attributes);
        } catch (Exception e) {
            throw new StartFailure(
                    application.location() + " cannot be served at " + application.contextPath() + ": " + e, e);
        }
    }

    private static Level detect(Path location) throws StartFailure {
        try {
            return LevelDetector.detect(location);
        } catch (IOException e) {
            throw new StartFailure("cannot read " + location + ": " + e.getMessage(), e);
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
