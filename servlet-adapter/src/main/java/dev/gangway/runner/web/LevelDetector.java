package dev.gangway.runner.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Finds out which level an application is written for: what its descriptor says, unless the classes show that it has
 * moved to another namespace or to a later version since.
 */
final class LevelDetector {
    private final Descriptor descriptor;

    /** Of classes that are surely in use. */
    private final ApiUse own = new ApiUse();

    /** Of all classes; a library may have some for another container as well. */
    private final ApiUse all = new ApiUse();

    private LevelDetector(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** {@return the level of a WAR or a directory with the content of one} */
    static Level detect(Path location) throws IOException {
        return inspect(location).level();
    }

    /** {@return what is known of a WAR or a directory with the content of one} */
    static LevelDetector inspect(Path location) throws IOException {
        try (WarContent war = WarContent.open(location)) {
            LevelDetector detector = new LevelDetector(Descriptor.of(war));
            detector.readClasses(war.webInf("classes"));
            for (Path library : files(war.webInf("lib"), 1, ".jar")) {
                detector.readLibrary(library);
            }
            if (!detector.all.usesJavax() && !detector.all.usesJakarta()) {
                for (Path page : files(war.root(), Integer.MAX_VALUE, ".jsp")) {
                    detector.all.addPage(Files.readString(page, StandardCharsets.ISO_8859_1));
                }
            }
            return detector;
        }
    }

    private void readClasses(Path classes) throws IOException {
        for (Path file : files(classes, Integer.MAX_VALUE, ".class")) {
            byte[] bytes = Files.readAllBytes(file);
            own.addClass(bytes);
            all.addClass(bytes);
        }
    }

    private void readLibrary(Path library) throws IOException {
        try (ZipInputStream jar = new ZipInputStream(Files.newInputStream(library))) {
            for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
                if (!entry.getName().endsWith(".class")) {
                    continue;
                }
                byte[] bytes = jar.readAllBytes();
                all.addClass(bytes);
                if (descriptor.names(entry.getName())) {
                    own.addClass(bytes);
                }
            }
        }
    }

    private static List<Path> files(Path directory, int depth, String suffix) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(directory, depth)) {
            return tree.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    /** {@return the level that it is written for} */
    Level level() {
        if (isJavax()) {
            return Level.EE8;
        }
        Level said = descriptor.level() == Level.EE8 ? null : descriptor.level();
        Level needed = neededLevel();
        if (all.uses(ApiChange.REMOVED_AFTER_EE9)) {
            return said == null ? needed : said;
        }
        return said == null ? Level.EE11 : Collections.max(List.of(said, needed));
    }

    /** {@return whether its classes can be loaded at a level, as far as the namespace goes} */
    boolean fits(Level level) {
        if (own.usesJavax() != own.usesJakarta()) {
            return own.usesJavax() == (level == Level.EE8);
        }
        return true;
    }

    private boolean isJavax() {
        if (own.usesJavax() != own.usesJakarta()) {
            return own.usesJavax();
        }
        if (all.usesJavax() != all.usesJakarta()) {
            return all.usesJavax();
        }
        // The classes do not tell: none of them uses the API, or both are in use.
        return descriptor.level() == null ? all.usesMoreJavax() : descriptor.level() == Level.EE8;
    }

    /** The oldest level that has all that the classes use. */
    private Level neededLevel() {
        if (all.uses(ApiChange.NEW_IN_EE11)) {
            return Level.EE11;
        }
        return all.uses(ApiChange.NEW_IN_EE10) ? Level.EE10 : Level.EE9;
    }
}
