package dev.gangway.servlet.web;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.util.FileID;

/**
 * A web application and the place where it is served.
 *
 * @param contextPath {@code /} or a path without a slash at its end; null if {@link #location} gives it
 * @param location a WAR, a directory with the content of one, or a context in Jetty's XML
 */
public record Application(String contextPath, Path location) {
    /**
     * {@return the application that a text stands for: {@code PATH=LOCATION}, or a location alone}
     *
     * @throws IllegalArgumentException with a message for the user if it stands for none
     */
    public static Application parse(String text) {
        int equals = text.indexOf('=');
        // A location may contain an equals sign too; if the whole text exists as a file, that is meant.
        if (text.startsWith("/") && equals > 0 && !Files.exists(Path.of(text))) {
            return new Application(contextPath(text.substring(0, equals)), location(text.substring(equals + 1), text));
        }
        return new Application(null, location(text, text));
    }

    /** {@return the same application at another path} */
    public Application at(String contextPath) {
        return new Application(contextPath(contextPath), location);
    }

    /**
     * {@return the same application at the path that its name gives, as in other servlet containers, unless it has one;
     * a context in XML may set its own}
     *
     * @throws IllegalArgumentException with a message for the user if the name gives none
     */
    public Application named() {
        return contextPath != null || isXml() ? this : new Application(defaultContextPath(), location);
    }

    /** {@return whether it is a context in Jetty's XML, which says where the application is} */
    boolean isXml() {
        return FileID.isExtension(location.toString(), "xml") && !Files.isDirectory(location);
    }

    /** An empty path would be the current directory. */
    private static Path location(String path, String text) {
        if (path.isBlank()) {
            throw new IllegalArgumentException("'" + text + "' names no file");
        }
        return Path.of(path);
    }

    private static String contextPath(String text) {
        if (!isContextPath(text)) {
            throw new IllegalArgumentException("context-path is '" + text + "', want / or /NAME");
        }
        return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static boolean isContextPath(String text) {
        return text.matches("/[^?#%;*\\s]*") && !text.contains("//");
    }

    private String defaultContextPath() {
        Path file = location.toAbsolutePath().normalize().getFileName();
        String name = file == null ? "ROOT" : file.toString();
        if (name.endsWith(".war")) {
            name = name.substring(0, name.length() - ".war".length());
        }
        if (name.equalsIgnoreCase("ROOT")) {
            return "/";
        }
        if (!isContextPath("/" + name)) {
            throw new IllegalArgumentException(
                    "APP '" + location + "' has a name that gives no context path; write /PATH=" + location);
        }
        return "/" + name;
    }

    @Override
    public String toString() {
        return contextPath == null ? location.toString() : contextPath + "=" + location;
    }
}
