package dev.gangway.runner.web;

import dev.gangway.runner.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Some web applications, all of which are to be in service. */
public final class Applications implements Content {
    private final List<Application> applications;
    private final Level level;
    private final List<ContextHandler> contexts = new ArrayList<>();

    /**
     * Applications that are not there yet.
     *
     * @param level the level of all of them, or null to find out that of each
     */
    public Applications(List<Application> applications, Level level) {
        this.applications = applications;
        this.level = level;
    }

    @Override
    public List<StartFailure> obstacles() {
        List<StartFailure> obstacles = new ArrayList<>();
        for (Application application : applications) {
            try {
                check(application.location());
            } catch (StartFailure e) {
                obstacles.add(e);
            }
        }
        return obstacles;
    }

    @Override
    public Handler load(Server server, Path libraries) throws StartFailure {
        for (Application application : applications) {
            check(application.location());
        }
        for (Application application : applications) {
            Level own = level == null ? detect(application.location()) : level;
            contexts.add(ServletEnvironment.newContext(
                    server,
                    ServletEnvironment.of(own, libraries),
                    application.location(),
                    Map.of(Deployable.CONTEXT_PATH, application.contextPath())));
        }
        return new ContextHandlerCollection(contexts.toArray(ContextHandler[]::new));
    }

    /**
     * Looks whether a web application can be there.
     *
     * @throws StartFailure if there is none
     */
    static void check(Path location) throws StartFailure {
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

    /** {@return the level that an application is written for} */
    static Level detect(Path location) throws StartFailure {
        try {
            return LevelDetector.detect(location);
        } catch (IOException e) {
            throw new StartFailure("cannot read " + location + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void onStarted() throws StartFailure {
        for (int i = 0; i < contexts.size(); i++) {
            if (!contexts.get(i).isAvailable()) {
                Application application = applications.get(i);
                throw new StartFailure(application.location() + " failed to start at " + application.contextPath()
                        + "; the log says why");
            }
        }
    }

    @Override
    public String toString() {
        return applications.stream().map(Application::contextPath).collect(Collectors.joining(", "));
    }
}
