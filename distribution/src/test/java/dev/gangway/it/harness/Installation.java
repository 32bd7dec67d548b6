package dev.gangway.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The built distribution and the sample WAR in it. */
public record Installation(Path home) {
    private static final String WAR = "demo/sample.war";

    /** As the build left it. */
    public static Installation built() {
        String home = System.getProperty("gangway.home");
        if (home == null) {
            throw new IllegalStateException("no system property gangway.home: run by ./mvnw verify");
        }
        return new Installation(Path.of(home));
    }

    /** A copy for web servers that run as a user who may not read the clone of a developer. */
    public static Installation copyTo(TempFolder folder) {
        Path source = built().home();
        Path target = folder.resolve("gangway");
        try (Stream<Path> tree = Files.walk(source)) {
            List<Path> rootFirst = tree.toList();
            for (Path path : rootFirst) {
                Files.copy(path, target.resolve(source.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Installation(target);
    }

    public Path command() {
        return home.resolve("bin/gangway");
    }

    public Path sampleWar() {
        return home.resolve(WAR);
    }

    /** The placeholders of configurations that start Gangway. */
    public Map<String, String> placeholders() {
        return Map.of(
                "gangway.home", home.toString(),
                "war", sampleWar().toString(),
                "java.home", System.getProperty("java.home"));
    }
}
