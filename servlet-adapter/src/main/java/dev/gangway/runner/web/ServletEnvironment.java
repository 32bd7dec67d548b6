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
import org.eclipse.jetty.deploy.ContextHandlerFactory;
import org.eclipse.jetty.ee.webapp.WebAppClassLoading;
import org.eclipse.jetty.util.component.Environment;

/**
 * A level of Jakarta EE: Jetty's servlet container for it and the APIs that it brings, in a class loader of their own,
 * since two levels have different classes of the same names.
 */
final class ServletEnvironment {
    private ServletEnvironment() {}

    /**
     * {@return the environment of a level, made on first use}
     *
     * @param level as Jetty names it, {@code ee11} for one
     * @param libraries the directory with a directory of jars for each level
     */
    static Environment of(String level, Path libraries) throws StartFailure {
        Environment existing = Environment.get(level);
        if (existing != null) {
            return existing;
        }
        Environment environment = Environment.create(level, classLoader(level, libraries.resolve(level)));
        environment.setAttribute(
                ContextHandlerFactory.DEFAULT_CONTEXT_HANDLER_CLASS_ATTRIBUTE,
                "org.eclipse.jetty." + level + ".webapp.WebAppContext");
        // An application sees the API and nothing else of the runner, and its own copy of the API does not count.
        WebAppClassLoading.addHiddenClasses(
                environment, "dev.gangway.", "-dev.gangway.api.", "picocli.", "org.objectweb.asm.");
        WebAppClassLoading.addProtectedClasses(environment, "dev.gangway.api.");
        return environment;
    }

    private static ClassLoader classLoader(String level, Path directory) throws StartFailure {
        List<URL> jars = jars(directory);
        if (jars.isEmpty()) {
            throw new StartFailure("this installation has no " + level + " libraries in " + directory);
        }
        return new URLClassLoader(level, jars.toArray(URL[]::new), ServletEnvironment.class.getClassLoader());
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
