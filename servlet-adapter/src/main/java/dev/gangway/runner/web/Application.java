package dev.gangway.runner.web;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A web application and the place where it is served.
 *
 * @param contextPath {@code /} or a path without a slash at its end
 * @param location a WAR or a directory with the content of one
 */
public record Application(String contextPath, Path location) {
    /**
     * {@return the application that a text stands for: {@code PATH=LOCATION}, or a location alone, whose name gives the
     * path as it does in other servlet containers}
     *
     * @throws IllegalArgumentException with a message for the user if it stands for none
     */
    public static Application parse(String text) {
        int equals = text.indexOf('=');
        // A location may have an equals sign too; what exists is meant.
        if (text.startsWith("/") && equals > 0 && !Files.exists(Path.of(text))) {
            return new Application(contextPath(text.substring(0, equals)), Path.of(text.substring(equals + 1)));
        }
        Path location = Path.of(text);
        return new Application(defaultContextPath(location), location);
    }

    /** {@return the same application at another path} */
    public Application at(String contextPath) {
        return new Application(contextPath(contextPath), location);
    }

    private static String contextPath(String text) {
        if (!text.matches("/[^?#%;*\\s]*") || text.contains("//")) {
            throw new IllegalArgumentException("context-path is '" + text + "', want / or /NAME");
        }
        return text.length() > 1 && text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String defaultContextPath(Path location) {
        Path file = location.toAbsolutePath().normalize().getFileName();
        String name = file == null ? "ROOT" : file.toString();
        if (name.endsWith(".war")) {
            name = name.substring(0, name.length() - ".war".length());
        }
        return name.equalsIgnoreCase("ROOT") ? "/" : contextPath("/" + name);
    }

    @Override
    public String toString() {
        return contextPath + "=" + location;
    }
}
