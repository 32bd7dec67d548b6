package dev.gangway.it.roles;

import dev.gangway.it.harness.Environment;
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
 * The application that protects its pages: for every environment, with every way to log in. What has no page of its own
 * is the one that says who the client is.
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

    /** The context path for an environment. */
    String path(Environment environment) {
        return "/" + environment + "-" + name().toLowerCase(Locale.ROOT);
    }

    /** All applications, as arguments of the command. */
    static List<String> build(TempFolder folder) {
        return build(folder, values());
    }

    /** One of them for one environment, as an argument of the command. */
    String build(TempFolder folder, Environment environment) {
        try {
            return path(environment) + "=" + build(folder, environment, compile(folder, environment));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Some of them, for every environment. */
    static List<String> build(TempFolder folder, ProtectedApplication... applications) {
        List<String> arguments = new ArrayList<>();
        try {
            for (Environment environment : Environment.values()) {
                Path classes = compile(folder, environment);
                for (ProtectedApplication application : applications) {
                    arguments.add(
                            application.path(environment) + "=" + application.build(folder, environment, classes));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return arguments;
    }

    /** An application for every environment that has annotations instead of a descriptor. */
    static List<String> buildAnnotated(TempFolder folder) {
        List<String> arguments = new ArrayList<>();
        try {
            for (Environment environment : Environment.values()) {
                String name = environment + "-annotated";
                arguments.add("/" + name + "="
                        + WebApplication.create(folder.resolve(name), environment)
                                .classes("roles/annotated")
                                .directory());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return arguments;
    }

    private static Path compile(TempFolder folder, Environment environment) throws IOException {
        return WebApplication.create(folder.resolve(environment.toString()), environment)
                .classes("roles/classes")
                .directory();
    }

    /**
     * One of the applications.
     *
     * @param compiled a directory with its classes
     */
    private Path build(TempFolder folder, Environment environment, Path compiled) throws IOException {
        WebApplication application =
                WebApplication.create(folder.resolve(path(environment).substring(1)), environment);
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
            String realm = application.text("roles/jetty-web.xml").replace("@environment@", environment.toString());
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
