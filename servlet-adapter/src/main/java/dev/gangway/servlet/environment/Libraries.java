package dev.gangway.servlet.environment;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * The jars that applications find in their container: those of their environment, and those that the user adds to every
 * environment.
 *
 * @param environments the directory with a directory of jars for each environment
 * @param added jars, and directories of jars
 */
public record Libraries(Path environments, List<Path> added) {
    /**
     * Checks what the user has added.
     *
     * @throws StartFailure if something is missing or is not a library
     */
    public void check() throws StartFailure {
        addedJars();
    }

    /** {@return the class path of an environment} */
    URL[] classPath(ServletEnvironment environment) throws StartFailure {
        Path directory = environments.resolve(environment.toString());
        List<Path> jars = Files.isDirectory(directory) ? jars(directory) : new ArrayList<>();
        if (jars.isEmpty()) {
            throw new StartFailure("this installation has no " + environment + " libraries in " + directory);
        }
        // After those of the environment, whose classes must not be replaced.
        jars.addAll(addedJars());
        return jars.stream().map(Libraries::url).toArray(URL[]::new);
    }

    private List<Path> addedJars() throws StartFailure {
        List<Path> jars = new ArrayList<>();
        for (Path path : added) {
            if (!Files.exists(path)) {
                throw new StartFailure("there is no library " + path);
            }
            List<Path> found = Files.isDirectory(path) ? jars(path) : List.of(path);
            if (found.isEmpty()) {
                throw new StartFailure("there is no jar in the directory " + path);
            }
            for (Path jar : found) {
                checkJar(jar);
            }
            jars.addAll(found);
        }
        return jars;
    }

    private static void checkJar(Path jar) throws StartFailure {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            file.size();
        } catch (IOException e) {
            throw new StartFailure(jar + " is not a library: " + e.getMessage(), e);
        }
    }

    private static List<Path> jars(Path directory) throws StartFailure {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            files.forEach(jars::add);
        } catch (IOException e) {
            throw new StartFailure("cannot read the libraries in " + directory + ": " + FileProblem.reason(e), e);
        }
        // In the same order on every file system.
        jars.sort(null);
        return jars;
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
