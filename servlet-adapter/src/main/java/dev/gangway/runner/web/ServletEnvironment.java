package dev.gangway.runner.web;

import dev.gangway.runner.StartFailure;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.deploy.ContextHandlerFactory;
import org.eclipse.jetty.deploy.StandardContextHandlerFactory;
import org.eclipse.jetty.ee.webapp.WebAppClassLoading;
import org.eclipse.jetty.server.Deployable;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Attributes;
import org.eclipse.jetty.util.component.Environment;

/**
 * The environment of a level: Jetty's servlet container for it and the APIs that it brings, in a class loader of their
 * own, since two levels have different classes of the same names. Its attributes hold for every application in it.
 */
final class ServletEnvironment {
    /** Jars of a level that are searched for tag libraries. */
    private static final String SCANNED_JARS =
            ".*/(javax|jakarta)\\.servlet\\.jsp\\.jstl-[^/]*\\.jar|.*/wasp-[^/]*\\.jar";

    private ServletEnvironment() {}

    /**
     * {@return the environment of a level, made on first use}
     *
     * @param libraries the directory with a directory of jars for each level
     */
    static Environment of(Level level, Path libraries) throws StartFailure {
        Environment existing = Environment.get(level.toString());
        if (existing != null) {
            return existing;
        }
        Path directory = libraries.resolve(level.toString());
        Environment environment = Environment.create(level.toString(), classLoader(level, directory));
        environment.setAttribute(
                ContextHandlerFactory.DEFAULT_CONTEXT_HANDLER_CLASS_ATTRIBUTE,
                "org.eclipse.jetty." + level + ".webapp.WebAppContext");
        environment.setAttribute(Deployable.CONTAINER_SCAN_JARS, SCANNED_JARS);
        // An application sees the API and nothing else of the runner, and its own copy of the API does not count.
        WebAppClassLoading.addHiddenClasses(
                environment, "dev.gangway.", "-dev.gangway.api.", "picocli.", "org.objectweb.asm.");
        // Else an application that brings SLF4J would look for our logger in vain.
        WebAppClassLoading.addHiddenClasses(environment, "META-INF.services.org.slf4j.");
        WebAppClassLoading.addProtectedClasses(environment, "dev.gangway.api.");
        return environment;
    }

    /**
     * {@return a context for an application, which is not started}
     *
     * @param location a WAR, a directory with the content of one, or a context in Jetty's XML
     * @param attributes settings for this application, by the names of {@link Deployable}
     */
    static ContextHandler newContext(
            Server server, Environment environment, Path location, Map<String, String> attributes) throws StartFailure {
        // On top of those of the environment, which hold for all.
        Attributes all = new Attributes.Layer(environment);
        attributes.forEach(all::setAttribute);
        all.setAttribute(ContextHandlerFactory.ENVIRONMENT_ATTRIBUTE, environment.getName());
        try {
            return new StandardContextHandlerFactory().newContextHandler(server, environment, location, Set.of(), all);
        } catch (Exception e) {
            throw new StartFailure(location + " cannot be served: " + e, e);
        }
    }

    private static ClassLoader classLoader(Level level, Path directory) throws StartFailure {
        List<URL> jars = jars(directory);
        if (jars.isEmpty()) {
            throw new StartFailure("this installation has no " + level + " libraries in " + directory);
        }
        return new URLClassLoader(
                level.toString(), jars.toArray(URL[]::new), ServletEnvironment.class.getClassLoader());
    }

    private static List<URL> jars(Path directory) throws StartFailure {
        List<URL> jars = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return jars;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path file : files) {
                jars.add(url(file));
            }
        } catch (IOException e) {
            throw new StartFailure("cannot read the libraries in " + directory + ": " + e.getMessage(), e);
        }
        return jars;
    }

    private static URL url(Path file) throws MalformedURLException {
        return file.toUri().toURL();
    }
}
