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
 * Finds out which level an application is written for: what its descriptor says, unless the classes show that it has
 * moved to another namespace or to a later version since. It reads no more than it takes to know.
 */
public final class EeVersionDetector {
    /** More classes of one namespace than of the other: enough to stop counting. */
    private static final int CLEAR_LEAD = 50;

    private final Archive war;
    private final Descriptor descriptor;
    private final ApiUse use = new ApiUse();
    private boolean isUseCertain;

    private EeVersionDetector(Archive war) throws IOException {
        this.war = war;
        descriptor = Descriptor.of(war);
    }

    /**
     * {@return the level that is wanted, else the one that an application is written for}
     *
     * @param wanted null if it is to be found out
     * @param advice how to get another one, which is put in for {@code %s}
     * @throws StartFailure if the application cannot have the wanted one
     */
    public static EeVersion choose(Path location, EeVersion wanted, String advice) throws StartFailure {
        try {
            EeVersionDetector detector = inspect(location);
            if (wanted == null) {
                return detector.level();
            }
            if (!detector.fits(wanted)) {
                throw new StartFailure(location + " needs " + detector.level().servletPackage() + ", which " + wanted
                        + " does not have; " + advice.formatted(detector.level()));
            }
            return wanted;
        } catch (IOException e) {
            throw new StartFailure("cannot read " + location + ": " + FileProblem.reason(e), e);
        }
    }

    /** {@return the level of a WAR or a directory with the content of one} */
    static EeVersion detect(Path location) throws IOException {
        return inspect(location).level();
    }

    /** {@return what is known of a WAR or a directory with the content of one} */
    static EeVersionDetector inspect(Path location) throws IOException {
        try (Archive war = Archive.open(location)) {
            EeVersionDetector detector = new EeVersionDetector(war);
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

    /** Those of libraries that are surely in use, since the descriptor names them. */
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

    /** A library may have some classes for another container as well, which are not in use here. */
    private void readLibraries() throws IOException {
        for (Path library : libraries()) {
            try (Archive jar = Archive.open(library)) {
                for (Path file : jar.files("", ".class")) {
                    use.addClass(Files.readAllBytes(file));
                }
            } catch (ZipException e) {
                // Jetty will complain of it.
            }
            if (descriptor.level() == null ? use.lead() >= CLEAR_LEAD : use.has(descriptor.level())) {
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

    /** {@return whether the classes can be loaded at a level, as far as the namespace goes} */
    boolean fits(EeVersion level) {
        return !isUseCertain || use.has(level);
    }

    /** {@return the level that it is written for} */
    EeVersion level() {
        if (isJavax()) {
            return EeVersion.EE8;
        }
        EeVersion said = descriptor.level() == EeVersion.EE8 ? null : descriptor.level();
        if (use.has(ApiChange.REMOVED_AFTER_EE9)) {
            return said == null ? neededLevel() : said;
        }
        return said == null ? EeVersion.EE11 : Collections.max(List.of(said, neededLevel()));
    }

    private boolean isJavax() {
        if (use.isMixed() || use.isEmpty()) {
            return descriptor.level() == null ? use.hasMoreJavax() : descriptor.level() == EeVersion.EE8;
        }
        return use.has(EeVersion.EE8);
    }

    /** The oldest level that has all that the classes use. */
    private EeVersion neededLevel() {
        if (use.has(ApiChange.NEW_IN_EE11)) {
            return EeVersion.EE11;
        }
        return use.has(ApiChange.NEW_IN_EE10) ? EeVersion.EE10 : EeVersion.EE9;
    }
}
