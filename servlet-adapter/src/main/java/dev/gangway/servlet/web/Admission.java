package dev.gangway.servlet.web;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.eclipse.jetty.util.FileID;

/**
 * Decides what may be served. Everything in the directory of an application can be downloaded except {@code WEB-INF}
 * and {@code META-INF}, so a directory without {@code WEB-INF} may not have been meant.
 *
 * @param staticFiles whether directories without {@code WEB-INF} are served, as static files
 */
public record Admission(boolean staticFiles) {
    static final String WEB_INF = "WEB-INF";

    private static final String STATIC = "--static";

    /**
     * Checks whether a location can be a web application.
     *
     * @param location a WAR, a directory with the content of one, or a context in Jetty's XML
     * @throws StartFailure if it cannot
     */
    void check(Path location) throws StartFailure {
        if (Files.notExists(location)) {
            throw new StartFailure("there is no " + location);
        }
        if (!Files.isReadable(location)) {
            throw new StartFailure(
                    "cannot read " + location + ": " + FileProblem.PERMISSION_DENIED + " to user "
                            + System.getProperty("user.name") + ", for it or for a directory above it",
                    new AccessDeniedException(location.toString()));
        }
        if (Files.isDirectory(location)) {
            checkDirectory(location);
        } else if (!FileID.isXml(location)) {
            checkArchive(location);
        }
    }

    private static void checkArchive(Path location) throws StartFailure {
        try (ZipFile war = new ZipFile(location.toFile())) {
            if (war.size() == 0) {
                throw new StartFailure(location + " is an empty archive");
            }
        } catch (IOException e) {
            throw new StartFailure(location + " is not a web application: " + e.getMessage(), e);
        }
    }

    private void checkDirectory(Path location) throws StartFailure {
        requirePart(location, "a web application");
        if (Files.isDirectory(location.resolve(WEB_INF))) {
            return;
        }
        if (hasArchives(location)) {
            throw new StartFailure(location + " is a directory of web applications, and not one itself;"
                    + " serve it with gangway serve " + location);
        }
        if (!staticFiles) {
            throw new StartFailure(location + " has no " + WEB_INF
                    + ", so it is not a web application; if all files in it may be public, start with " + STATIC);
        }
        if (isHome(location)) {
            throw new StartFailure(location + " is the home directory of user " + System.getProperty("user.name")
                    + ", all of which would be served; name a directory in it");
        }
    }

    /**
     * Checks that a directory is not the whole file system, by whatever path.
     *
     * @throws StartFailure if it is
     */
    static void requirePart(Path directory, String wanted) throws StartFailure {
        if (real(directory).getNameCount() == 0) {
            throw new StartFailure(directory + " is the whole file system, not " + wanted);
        }
    }

    private static boolean isHome(Path directory) throws StartFailure {
        Path home = Path.of(System.getProperty("user.home", ""));
        return Files.isDirectory(home) && real(home).equals(real(directory));
    }

    private static Path real(Path directory) throws StartFailure {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static boolean hasArchives(Path directory) throws StartFailure {
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(directory, "*.war")) {
            return archives.iterator().hasNext();
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static StartFailure unreadable(Path directory, IOException e) {
        return new StartFailure("cannot read " + directory + ": " + FileProblem.reason(e), e);
    }
}
