package dev.gangway.servlet.environment;

import dev.gangway.servlet.failure.FileProblem;
import dev.gangway.servlet.failure.StartFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipException;

/**
 * Finds out which environment an application is written for: what its descriptor says, unless the classes show that it
 * has moved to another namespace or to a later version since. It reads no more files than it has to.
 */
public final class EnvironmentDetector {
    /** More classes of one namespace than of the other: enough to stop counting. */
    private static final int CLEAR_LEAD = 50;

    private final Archive war;
    private final Descriptor descriptor;
    private final ApiUse use = new ApiUse();
    private boolean isUseCertain;

    private EnvironmentDetector(Archive war) throws IOException {
        this.war = war;
        descriptor = Descriptor.of(war);
    }

    /**
     * {@return the environment that is wanted, else the one that an application is written for}
     *
     * @param wanted null to find it out
     * @param advice how to get another one, whose name replaces {@code %s}
     * @throws StartFailure if the application cannot run in the wanted one
     */
    public static ServletEnvironment choose(Path location, ServletEnvironment wanted, String advice)
            throws StartFailure {
        try {
            EnvironmentDetector detector = inspect(location);
            if (wanted == null) {
                return detector.environment();
            }
            if (!detector.fits(wanted)) {
                throw new StartFailure(
                        location + " needs " + detector.environment().servletPackage() + ", which " + wanted
                                + " does not have; " + advice.formatted(detector.environment()));
            }
            return wanted;
        } catch (IOException e) {
            throw new StartFailure("cannot read " + location + ": " + FileProblem.reason(e), e);
        }
    }

    /** {@return the environment of a WAR or a directory with the content of one} */
    static ServletEnvironment detect(Path location) throws IOException {
        return inspect(location).environment();
    }

    /** {@return what is known of a WAR or a directory with the content of one} */
    static EnvironmentDetector inspect(Path location) throws IOException {
        try (Archive war = Archive.open(location)) {
            EnvironmentDetector detector = new EnvironmentDetector(war);
            detector.read();
            return detector;
        }
    }

    private void read() throws IOException {
        readClasses();
        if (use.isEmpty()) {
            readNamedClasses();
        }
        isUseCertain = !use.isEmpty();
        if (use.isEmpty()) {
            readLibraries();
        }
        if (use.isEmpty()) {
            readPages();
        }
    }

    private void readClasses() throws IOException {
        for (Path file : war.files("WEB-INF/classes", ".class")) {
            use.addClass(Files.readAllBytes(file));
        }
    }

    /** Reads those classes of libraries that are certainly in use, since the descriptor names them. */
    private void readNamedClasses() throws IOException {
        if (descriptor.classes().isEmpty()) {
            return;
        }
        for (Path library : libraries()) {
            try (Archive jar = Archive.open(library)) {
                for (String name : descriptor.classes()) {
                    if (Files.isRegularFile(jar.file(name))) {
                        use.addClass(Files.readAllBytes(jar.file(name)));
                    }
                }
            } catch (ZipException e) {
                // Jetty will complain of it.
            }
        }
    }

    /** Used last, since a library may also have classes for another container, which are not in use here. */
    private void readLibraries() throws IOException {
        for (Path library : libraries()) {
            try (Archive jar = Archive.open(library)) {
                for (Path file : jar.files("", ".class")) {
                    use.addClass(Files.readAllBytes(file));
                }
            } catch (ZipException e) {
                // Jetty will complain of it.
            }
            if (descriptor.environment() == null ? use.lead() >= CLEAR_LEAD : use.has(descriptor.environment())) {
                return;
            }
        }
    }

    private void readPages() throws IOException {
        for (Path page : war.files("", ".jsp")) {
            use.addPage(Files.readString(page, StandardCharsets.ISO_8859_1));
        }
    }

    private List<Path> libraries() throws IOException {
        return war.files("WEB-INF/lib", ".jar");
    }

    /** {@return whether the classes can be loaded in an environment, as far as the namespace tells} */
    boolean fits(ServletEnvironment environment) {
        return !isUseCertain || use.has(environment);
    }

    /** {@return the environment that it is written for} */
    ServletEnvironment environment() {
        if (isJavax()) {
            return ServletEnvironment.EE8;
        }
        ServletEnvironment said = descriptor.environment() == ServletEnvironment.EE8 ? null : descriptor.environment();
        if (use.has(ApiChange.REMOVED_AFTER_EE9)) {
            return said == null ? neededEnvironment() : said;
        }
        return said == null ? ServletEnvironment.EE11 : Collections.max(List.of(said, neededEnvironment()));
    }

    private boolean isJavax() {
        if (use.isMixed() || use.isEmpty()) {
            return descriptor.environment() == null
                    ? use.hasMoreJavax()
                    : descriptor.environment() == ServletEnvironment.EE8;
        }
        return use.has(ServletEnvironment.EE8);
    }

    /** The oldest environment that has all that the classes use. */
    private ServletEnvironment neededEnvironment() {
        if (use.has(ApiChange.NEW_IN_EE11)) {
            return ServletEnvironment.EE11;
        }
        return use.has(ApiChange.NEW_IN_EE10) ? ServletEnvironment.EE10 : ServletEnvironment.EE9;
    }
}
