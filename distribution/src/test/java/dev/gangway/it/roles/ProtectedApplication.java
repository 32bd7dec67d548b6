package dev.gangway.it.roles;

import dev.gangway.it.harness.Level;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The application that protects its pages: for every level, with every way to log in. What has no page of its own is
 * the one that says who the client is.
 */
enum ProtectedApplication {
    BASIC,
    DIGEST,
    /** DIGEST with the algorithm that the application asks for. */
    SHA256("DIGEST", false),
    FORM,
    /**
     * The login page is served at the address that is asked for, instead of a redirect to it; and the application has a
     * role of its own that is named as that of any user, and a realm that knows Eve.
     */
    DISPATCH("FORM", true),
    CERTIFICATE("CLIENT-CERT", false),
    /** Without any login of its own. */
    OPEN("", false);

    private final String method;
    private final boolean dispatch;

    ProtectedApplication() {
        this.method = name();
        this.dispatch = false;
    }

    ProtectedApplication(String method, boolean dispatch) {
        this.method = method;
        this.dispatch = dispatch;
    }

    /** The context path for a level. */
    String path(Level level) {
        return "/" + level + "-" + name().toLowerCase(Locale.ROOT);
    }

    /** All applications, as arguments of the command. */
    static List<String> build(TempFolder folder) {
        return build(folder, values());
    }

    /** One of them for one level, as an argument of the command. */
    String build(TempFolder folder, Level level) {
        try {
            return path(level) + "=" + build(folder, level, compile(folder, level));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Some of them, for every level. */
    static List<String> build(TempFolder folder, ProtectedApplication... applications) {
        List<String> arguments = new ArrayList<>();
        try {
            for (Level level : Level.values()) {
                Path classes = compile(folder, level);
                for (ProtectedApplication application : applications) {
                    arguments.add(application.path(level) + "=" + application.build(folder, level, classes));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return arguments;
    }

    /** An application for every level that has annotations instead of a descriptor. */
    static List<String> buildAnnotated(TempFolder folder) {
        List<String> arguments = new ArrayList<>();
        try {
            for (Level level : Level.values()) {
                String name = level + "-annotated";
                arguments.add("/" + name + "="
                        + WebApplication.create(folder.resolve(name), level)
                                .classes("roles/annotated")
                                .directory());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return arguments;
    }

    private static Path compile(TempFolder folder, Level level) throws IOException {
        return WebApplication.create(folder.resolve(level.toString()), level)
                .classes("roles/classes")
                .directory();
    }

    /**
     * One of the applications.
     *
     * @param compiled a directory with its classes
     */
    private Path build(TempFolder folder, Level level, Path compiled) throws IOException {
        WebApplication application =
                WebApplication.create(folder.resolve(path(level).substring(1)), level);
        copy(compiled, application.directory());
        String descriptor = application
                .text("roles/web.xml")
                .replace("@method@", method)
                .replace("@algorithm@", this == SHA256 ? "SHA-256" : "MD5")
                .replace("@dispatch@", Boolean.toString(dispatch))
                .replace("@role@", dispatch ? "**" : "boss");
        if (this == OPEN) {
            descriptor = descriptor.replaceAll("(?s)<login-config>.*</login-config>", "");
        }
        if (this == DISPATCH) {
            String realm = application.text("roles/jetty-web.xml").replace("@level@", level.toString());
            application.write("WEB-INF/jetty-web.xml", realm);
        }
        application.write("WEB-INF/web.xml", descriptor);
        return application.directory();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.filter(FileSystems.getDefault().getPathMatcher("glob:**.class")::matches)
                    .toList()) {
                Path target = to.resolve(from.relativize(path));
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }
}
