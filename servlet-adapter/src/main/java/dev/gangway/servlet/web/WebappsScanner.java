package dev.gangway.servlet.web;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.deploy.ContextHandlerFactory;
import org.eclipse.jetty.deploy.Deployer;
import org.eclipse.jetty.deploy.DeploymentScanner;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.FileID;
import org.eclipse.jetty.util.Scanner;
import org.eclipse.jetty.util.Scanner.Notification;
import org.eclipse.jetty.util.component.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the deployer what has changed in a directory. A file is ignored while it still grows.
 *
 * <p>Jetty's scanner sees all files of an application, {@code NAME.*}, except its properties, which the factory reads:
 * Jetty would keep values that have been removed, and would serve properties without an application.
 */
final class WebappsScanner extends DeploymentScanner {
    /** Jetty requires an environment before the factory finds out which one an application needs. */
    static final String ANY_ENVIRONMENT = "any";

    private static final Logger LOG = LoggerFactory.getLogger(WebappsScanner.class);

    private final Path directory;
    private final Retries retries;
    private final Map<Path, Version> known = new HashMap<>();

    WebappsScanner(
            Server server,
            Deployer deployer,
            ContextHandlerFactory factory,
            Retries retries,
            Path directory,
            int scanSeconds) {
        super(server, deployer, WebappsScanner::isPart, factory);
        this.directory = directory;
        this.retries = retries;
        Environment.ensure(ANY_ENVIRONMENT, WebappsScanner.class);
        configureEnvironment(ANY_ENVIRONMENT);
        addWebappsDirectory(directory);
        setScanInterval(scanSeconds);
    }

    /**
     * Whether a file belongs to an application. By Jetty's convention, a directory NAME.d has files that an application
     * uses.
     */
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
        if (!Files.isDirectory(directory)) {
            LOG.error("{} is gone; its applications are served as they are until it is back", directory);
            return;
        }
        applications(changes.keySet()).forEach((name, parts) -> {
            parts.keySet().forEach(retries::forget);
            deploy(name, parts);
        });
    }

    /** Jetty would give up on all applications when one cannot be served. */
    private void deploy(String name, Map<Path, Notification> parts) {
        try {
            super.pathsChanged(parts);
        } catch (Throwable e) {
            LOG.error("{} in {} is not served: {}", name, directory, e.getMessage(), e);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // By now the first scan is over.
        getBean(Scanner.class).addListener(new Scanner.ScanCycleListener() {
            @Override
            public void scanEnded(int cycle) {
                retry();
            }
        });
    }

    private void retry() {
        for (Path location : retries.due()) {
            if (known.containsKey(location)) {
                deploy(name(location), Map.of(location, Notification.CHANGED));
            } else {
                retries.forget(location);
            }
        }
    }

    /** {@return the changes to the files of each application} */
    private Map<String, Map<Path, Notification>> applications(Set<Path> reported) {
        Map<Path, Notification> changes = changes(reported);
        Set<String> withProperties = new HashSet<>();
        changes.keySet().stream().filter(WebappsScanner::isProperties).forEach(path -> withProperties.add(name(path)));
        changes.keySet().removeIf(WebappsScanner::isProperties);
        known.keySet().stream()
                .filter(path -> !isProperties(path) && withProperties.contains(name(path)))
                .forEach(part -> changes.putIfAbsent(part, Notification.CHANGED));

        Map<String, Map<Path, Notification>> applications = new TreeMap<>();
        changes.forEach((part, change) -> applications
                .computeIfAbsent(name(part), name -> new HashMap<>())
                .put(part, change));
        return applications;
    }

    /** If a file vanishes during a scan, Jetty misses others, and then reports them as removed and as added. */
    private Map<Path, Notification> changes(Set<Path> reported) {
        Set<Path> paths = new HashSet<>(reported);
        paths.removeIf(path -> !directory.equals(path.getParent()));
        known.keySet().stream().filter(path -> !Files.exists(path)).forEach(paths::add);

        Map<Path, Notification> changes = new HashMap<>();
        for (Path path : paths) {
            Version now = Version.of(path);
            Version before = now == null ? known.remove(path) : known.put(path, now);
            if (!Objects.equals(before, now)) {
                changes.put(path, notification(before, now));
            }
        }
        return changes;
    }

    private static Notification notification(Version before, Version now) {
        if (now == null) {
            return Notification.REMOVED;
        }
        return before == null ? Notification.ADDED : Notification.CHANGED;
    }

    private static boolean isProperties(Path path) {
        return FileID.isExtension(path, "properties");
    }

    private static String name(Path path) {
        return FileID.getBasename(path).toLowerCase(Locale.ROOT);
    }

    private record Version(FileTime modified, long size) {
        /** {@return what a file looks like, or null if it is gone} */
        static Version of(Path path) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new Version(attributes.lastModifiedTime(), attributes.size());
            } catch (IOException e) {
                return null;
            }
        }
    }
}
