package dev.gangway.runner.web;

import dev.gangway.runner.StartFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Some web applications, all of which are to be in service. */
public final class Applications implements Content {
    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);
    private static final String ADVICE = "start it with --ee %s";

    private final List<Application> applications;
    private final Level level;
    private final List<Deployed> all = new ArrayList<>();

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
            all.add(deploy(application, server, libraries));
        }
        return new ContextHandlerCollection(all.stream().map(Deployed::context).toArray(ContextHandler[]::new));
    }

    private Deployed deploy(Application application, Server server, Path libraries) throws StartFailure {
        Path location = application.location();
        Level own = level(location, level, ADVICE);
        ContextHandler context = ServletEnvironment.newContext(
                server,
                ServletEnvironment.of(own, libraries),
                location,
                Map.of(Deployable.CONTEXT_PATH, application.contextPath()));
        LOG.debug("{} is for {}", location, own);
        return new Deployed(application, own, context);
    }

    /**
     * Looks whether a web application can be there.
     *
     * @throws StartFailure if there is none
     */
    static void check(Path location) throws StartFailure {
        if (Files.notExists(location)) {
            throw new StartFailure("there is no " + location);
        }
        if (!Files.isReadable(location)) {
            throw new StartFailure("cannot read " + location + ": permission denied to user "
                    + System.getProperty("user.name") + ", for it or for a directory above it");
        }
        if (Files.isDirectory(location)) {
            checkDirectory(location);
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

    /** Whatever is in the directory of an application can be downloaded. */
    private static void checkDirectory(Path location) throws StartFailure {
        if (location.toAbsolutePath().normalize().getFileName() == null) {
            throw new StartFailure(location + " is the whole file system, and not a web application");
        }
        if (Files.exists(location.resolve("WEB-INF"))) {
            return;
        }
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(location, "*.war")) {
            if (archives.iterator().hasNext()) {
                throw new StartFailure(location + " is a directory of web applications, and none itself;"
                        + " serve what is in it with gangway serve " + location);
            }
        } catch (IOException e) {
            throw new StartFailure("cannot read " + location + ": " + e.getMessage(), e);
        }
    }

    /**
     * {@return the level that is wanted, else the one that an application is written for}
     *
     * @param wanted null if it is to be found out
     * @param advice how to get another one, which is put in for {@code %s}
     * @throws StartFailure if the application cannot have the wanted one
     */
    static Level level(Path location, Level wanted, String advice) throws StartFailure {
        try {
            LevelDetector detector = LevelDetector.inspect(location);
            if (wanted == null) {
                return detector.level();
            }
            if (!detector.fits(wanted)) {
                throw new StartFailure(location + " needs " + detector.level().servletPackage() + ", which " + wanted
                        + " does not have; " + advice.formatted(detector.level()));
            }
            return wanted;
        } catch (IOException e) {
            throw new StartFailure("cannot read " + location + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void onStarted() throws StartFailure {
        for (Deployed deployed : all) {
            if (!deployed.context().isAvailable()) {
                throw new StartFailure(deployed.failed() + "; the log says why");
            }
        }
    }

    @Override
    public StartFailure explain(Exception failure) {
        for (Deployed deployed : all) {
            if (deployed.context().isFailed()) {
                return new StartFailure(
                        deployed.failed() + ": " + StartCause.explain(failure, deployed.level(), ADVICE), failure);
            }
        }
        return Content.super.explain(failure);
    }

    @Override
    public String toString() {
        return applications.stream().map(Application::contextPath).collect(Collectors.joining(", "));
    }

    /** An application with its context. */
    private record Deployed(Application application, Level level, ContextHandler context) {
        String failed() {
            return application.location() + " failed to start at " + application.contextPath();
        }
    }
}
