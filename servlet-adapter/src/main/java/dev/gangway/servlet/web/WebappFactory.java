package dev.gangway.servlet.web;

import dev.gangway.servlet.environment.ContextFile;
import dev.gangway.servlet.environment.EnvironmentDetector;
import dev.gangway.servlet.environment.JettyEnvironment;
import dev.gangway.servlet.environment.Libraries;
import dev.gangway.servlet.environment.ServletEnvironment;
import dev.gangway.servlet.environment.StartCause;
import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.handover.OwnArchive;
import dev.gangway.servlet.handover.Redeployment;
import dev.gangway.servlet.web.UnavailableContext.Failure;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.eclipse.jetty.deploy.ContextHandlerFactory;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.FileID;
import org.eclipse.jetty.util.component.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a context from the files of an application. For the scanner it never fails: what cannot be served becomes an
 * {@link UnavailableContext}.
 */
final class WebappFactory implements ContextHandlerFactory {
    private static final Logger LOG = LoggerFactory.getLogger(WebappFactory.class);

    /** Jetty has such an attribute too, but for a symbolic link it holds the target. */
    private static final String LOCATION = "dev.gangway.location";

    private static final String ROOT = "(?i)root(-.*)?";

    private final Libraries libraries;
    private final Admission admission;
    private final Redeployment redeployment;

    /**
     * A factory of contexts.
     *
     * @param redeployment of those that do not say otherwise
     */
    WebappFactory(Libraries libraries, Admission admission, Redeployment redeployment) {
        this.libraries = libraries;
        this.admission = admission;
        this.redeployment = redeployment;
    }

    @Override
    public ContextHandler newContextHandler(
            Server server, Environment any, Path location, Set<Path> others, Attributes attributes) {
        try {
            return create(server, any, location);
        } catch (StartFailure e) {
            LOG.debug("", e);
            return unavailable(location, e.getMessage(), e);
        } catch (Throwable e) {
            LOG.warn("Cannot make a context of {}", location, e);
            return unavailable(location, location + " cannot be served: " + e, e);
        }
    }

    private static ContextHandler unavailable(Path location, String message, Throwable cause) {
        return new UnavailableContext(
                servedAt(location), virtualHosts(location), new Failure(location, message, StartCause.mayPass(cause)));
    }

    /** Where it would be served, as far as its properties can be read. */
    private static String servedAt(Path location) {
        try {
            return settings(location).getOrDefault(Deployable.CONTEXT_PATH, contextPath(location));
        } catch (StartFailure e) {
            return contextPath(location);
        }
    }

    /** {@return the file or directory that a context was made from, by its name in its directory} */
    static Path location(ContextHandler context) {
        return context instanceof UnavailableContext unavailable
                ? unavailable.failure().location()
                : (Path) context.getAttribute(LOCATION);
    }

    /** {@return why a context does not start} */
    static Failure failure(ContextHandler context, Throwable cause) {
        Path location = location(context);
        String reason = StartCause.explain(cause, environment(context), advice(location));
        return new Failure(location, location + " does not start: " + reason, StartCause.mayPass(cause));
    }

    /** {@return the environment of a context, or null if it has none} */
    private static ServletEnvironment environment(ContextHandler context) {
        String name = (String) context.getAttribute(ENVIRONMENT_ATTRIBUTE);
        return name.equals(WebappsScanner.ANY_ENVIRONMENT) ? null : ServletEnvironment.parse(name);
    }

    /**
     * {@return the context of an application that is served by itself, not from a directory of applications}
     *
     * @param environment the environment that it has to be for, or null for any
     */
    ContextHandler create(Server server, Application application, ServletEnvironment environment) throws StartFailure {
        Map<String, String> settings = settings(application.location());
        if (application.contextPath() != null) {
            settings.put(Deployable.CONTEXT_PATH, application.contextPath());
        }
        if (environment != null) {
            settings.put(ENVIRONMENT_ATTRIBUTE, environment.toString());
        }
        Environment any = Environment.ensure(WebappsScanner.ANY_ENVIRONMENT, WebappFactory.class);
        return create(server, any, application.location(), settings);
    }

    /**
     * {@return the context}
     *
     * @param any Jetty's environment for contexts that depend on none
     */
    ContextHandler create(Server server, Environment any, Path location) throws StartFailure {
        return create(server, any, location, settings(location));
    }

    private ContextHandler create(Server server, Environment any, Path location, Map<String, String> settings)
            throws StartFailure {
        boolean isBeside = redeployment(location, settings) == Redeployment.BESIDE;
        if (!FileID.isXml(location)) {
            admission.check(location);
            // For a symbolic link, the name of the link counts; Jetty would take that of its target.
            settings.putIfAbsent(Deployable.CONTEXT_PATH, contextPath(location));
        }
        ContextHandler context =
                JettyEnvironment.newContext(server, environment(location, settings, any), location, settings);
        context.setAttribute(LOCATION, location);
        Path war = FileID.isXml(location) ? ContextFile.read(location).war() : location;
        // What is in a directory cannot be there twice.
        if (isBeside && war != null && Files.isRegularFile(war)) {
            OwnArchive.allow(context, war);
        }
        return context;
    }

    private Redeployment redeployment(Path location, Map<String, String> settings) throws StartFailure {
        String own = settings.get(Redeployment.SETTING);
        try {
            return own == null ? redeployment : Redeployment.parse(own);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(location + " cannot be served: " + e.getMessage(), e);
        }
    }

    /** As Jetty does it. */
    private static String contextPath(Path location) {
        String name = FileID.getBasename(location);
        return name.matches(ROOT) ? "/" : "/" + name;
    }

    /** As Jetty does it: ROOT-HOST,HOST is for these hosts. */
    private static List<String> virtualHosts(Path location) {
        String name = FileID.getBasename(location);
        return name.matches(ROOT) && name.contains("-")
                ? List.of(name.substring(name.indexOf('-') + 1).split(","))
                : List.of();
    }

    private static Path properties(Path location) {
        return location.resolveSibling(FileID.getBasename(location) + ".properties");
    }

    private static Map<String, String> settings(Path location) throws StartFailure {
        Path file = properties(location);
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new StartFailure("cannot read " + file + ": " + FileProblem.reason(e), e);
            }
        }
        Map<String, String> settings = new HashMap<>();
        properties
                .stringPropertyNames()
                .forEach(name -> settings.put(name, properties.getProperty(name).strip()));
        return settings;
    }

    private Environment environment(Path location, Map<String, String> settings, Environment any) throws StartFailure {
        String name = settings.get(ENVIRONMENT_ATTRIBUTE);
        if (!FileID.isXml(location)) {
            ServletEnvironment wanted = name == null ? null : named(name, location);
            return JettyEnvironment.of(EnvironmentDetector.choose(location, wanted, advice(location)), libraries);
        }
        ContextFile file = ContextFile.read(location);
        if (file.war() != null) {
            admission.check(file.war());
        }
        String own = file.environment();
        if (own != null && name != null && !own.equals(name)) {
            throw new StartFailure(location + " is a context for " + own + ", and not for " + name);
        }
        if (own == null) {
            own = name;
        }
        // Without an environment it is not a web application, but one of Jetty's own contexts, which do not depend on
        // any.
        return own == null ? any : JettyEnvironment.of(named(own, location), libraries);
    }

    /** {@return how to get another environment, whose name replaces {@code %s}} */
    private static String advice(Path location) {
        return "write 'environment = %s' into " + properties(location);
    }

    private static ServletEnvironment named(String name, Path location) throws StartFailure {
        try {
            return ServletEnvironment.parse(name);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(location + " has the wrong environment: " + e.getMessage(), e);
        }
    }
}
