package dev.gangway.runner.web;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.deploy.ContextHandlerFactory;
import org.eclipse.jetty.deploy.Deployer;
import org.eclipse.jetty.deploy.DeploymentScanner;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.FileID;
import org.eclipse.jetty.util.Scanner.Notification;
import org.eclipse.jetty.util.component.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the deployer what has changed in a directory. A file that is still growing is not looked at.
 *
 * <p>Of the files of an application, {@code NAME.*}, Jetty's scanner gets to see all but the properties, which the
 * factory reads: Jetty would keep values that are no longer there, and serve properties without an application.
 */
final class WebappsScanner extends DeploymentScanner {
    /** Jetty wants to know one before the factory finds out which it is. */
    static final String ANY_ENVIRONMENT = "any";

    private static final Logger LOG = LoggerFactory.getLogger(WebappsScanner.class);

    private final Path directory;
    private final Set<Path> parts = new HashSet<>();

    WebappsScanner(Server server, Deployer deployer, ContextHandlerFactory factory, Path directory, int scanSeconds) {
        super(server, deployer, WebappsScanner::isPart, factory);
        this.directory = directory;
        Environment.ensure(ANY_ENVIRONMENT, WebappsScanner.class);
        configureEnvironment(ANY_ENVIRONMENT);
        addWebappsDirectory(directory);
        setScanInterval(scanSeconds);
    }

    /** Whether a file belongs to an application. A directory NAME.d has files that an application uses, says Jetty. */
    private static boolean isPart(File directory, String name) {
        if (name.startsWith(".")) {
            return false;
        }
        return new File(directory, name).isDirectory()
                ? !name.endsWith(".d")
                : FileID.isExtension(name, "war", "xml", "properties");
    }

    @Override
    public void pathsChanged(Map<Path, Notification> changes) {
        // Jetty gives up on all when one cannot be served.
        applications(changes).forEach((name, own) -> {
            try {
                super.pathsChanged(own);
            } catch (RuntimeException e) {
                LOG.error("{} in {} is not served: {}", name, directory, e.getMessage(), e);
            }
        });
    }

    private Map<String, Map<Path, Notification>> applications(Map<Path, Notification> changes) {
        Map<String, Map<Path, Notification>> applications = new TreeMap<>();
        changes.forEach((path, change) -> {
            if (directory.equals(path.getParent()) && !isProperties(path)) {
                applications
                        .computeIfAbsent(name(path), name -> new HashMap<>())
                        .put(path, change);
                if (change == Notification.REMOVED) {
                    parts.remove(path);
                } else {
                    parts.add(path);
                }
            }
        });
        for (Path part : parts) {
            boolean propertiesChanged = changes.keySet().stream()
                    .anyMatch(path -> isProperties(path) && name(path).equals(name(part)));
            if (propertiesChanged) {
                applications
                        .computeIfAbsent(name(part), name -> new HashMap<>())
                        .putIfAbsent(part, Notification.CHANGED);
            }
        }
        return applications;
    }

    private static boolean isProperties(Path path) {
        return FileID.isExtension(path, "properties");
    }

    private static String name(Path path) {
        return FileID.getBasename(path).toLowerCase(Locale.ROOT);
    }
}
