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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web applications of a server, ready to start with it. */
public final class Applications {
    private static final Logger LOG = LoggerFactory.getLogger(Applications.class);

    private final List<Deployed> all = new ArrayList<>();

    private Applications() {}

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
        Applications loaded = new Applications();
        for (Application application : applications) {
            loaded.all.add(deploy(application, level, server, libraries));
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

    private static Deployed deploy(Application application, Level wanted, Server server, Path libraries)
            throws StartFailure {
        Path location = application.location();
        try {
            Level level = level(location, wanted);
            Environment environment = ServletEnvironment.of(level, libraries);
            Attributes attributes = new Attributes.Layer(environment);
            attributes.setAttribute(Deployable.CONTEXT_PATH, application.contextPath());
            ContextHandler context = new StandardContextHandlerFactory()
                    .newContextHandler(server, environment, location, Set.of(), attributes);
            LOG.debug("{} is for {}", location, level);
            return new Deployed(application, level, context);
        } catch (StartFailure e) {
            throw e;
        } catch (Exception e) {
            throw new StartFailure(location + " cannot be served at " + application.contextPath() + ": " + e, e);
        }
    }

    private static Level level(Path location, Level wanted) throws IOException, StartFailure {
        LevelDetector detector = LevelDetector.inspect(location);
        if (wanted == null) {
            return detector.level();
        }
        if (!detector.fits(wanted)) {
            throw new StartFailure(location + " needs " + detector.level().servletPackage() + ", which " + wanted
                    + " does not have; start it with --ee " + detector.level());
        }
        return wanted;
    }

    /** {@return the handler that leads each request to its application} */
    public Handler handler() {
        return new ContextHandlerCollection(all.stream().map(Deployed::context).toArray(ContextHandler[]::new));
    }

    /**
     * Looks after the start of the server whether all applications are in service.
     *
     * @throws StartFailure if one is not; Jetty has logged the reason
     */
    public void requireAvailable() throws StartFailure {
        for (Deployed deployed : all) {
            if (!deployed.context().isAvailable()) {
                throw new StartFailure(deployed.failed() + "; the log says why");
            }
        }
    }

    /** {@return the error that ended the start of the server, told as one of the application that caused it} */
    public StartFailure explain(Exception failure) {
        for (Deployed deployed : all) {
            if (deployed.context().isFailed()) {
                return new StartFailure(
                        deployed.failed() + ": " + StartCause.explain(failure, deployed.level()), failure);
            }
        }
        return new StartFailure("cannot start: " + failure, failure);
    }

    /** An application with its context. */
    private record Deployed(Application application, Level level, ContextHandler context) {
        String failed() {
            return application.location() + " failed to start at " + application.contextPath();
        }
    }
}
