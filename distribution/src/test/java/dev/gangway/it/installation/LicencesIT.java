package dev.gangway.it.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Installation;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of licences has every library that is shipped, says what the library itself says, and the texts are there. */
class LicencesIT {
    private static final Path HOME = Installation.built().home();
    private static final Path LICENCES = HOME.resolve("licenses");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| (`.+`) \\| [^|]+ \\| ([^|]+) \\| \\[[^]]+]\\(([^)]+)\\)");
    private static final Pattern VERSION = Pattern.compile("-\\d[^/]*\\.jar$");

    /** What a library may say of its licence, which some name by address. */
    private static final Map<String, Pattern> WORDS = Map.of(
            "Apache-2.0", Pattern.compile("(?i)apache"),
            "BSD-3-Clause", Pattern.compile("(?i)bsd|edl"),
            "EPL-2.0", Pattern.compile("(?i)epl"),
            "GPL-2.0-only WITH Classpath-exception-2.0", Pattern.compile("CDDL\\+GPL"),
            "MIT", Pattern.compile("(?i)mit"));

    private record Row(List<String> names, String licence, String text) {
        static List<Row> all() throws IOException {
            return ROW.matcher(Files.readString(LICENCES.resolve("README.md")))
                    .results()
                    .map((MatchResult row) -> new Row(
                            Arrays.stream(row.group(1).split(", "))
                                    .map(name -> name.replace("`", ""))
                                    .toList(),
                            row.group(2),
                            row.group(3)))
                    .toList();
        }

        boolean has(String library) {
            return names.stream().anyMatch(name -> fits(name, library));
        }

        static boolean fits(String name, String library) {
            return library.matches(name.replace(".", "\\.").replace("*", ".*"));
        }
    }

    /** {@return the libraries below a directory, without their versions} */
    private static List<String> libraries() throws IOException {
        try (Stream<Path> tree = Files.walk(HOME);
                FileSystem sample = FileSystems.newFileSystem(HOME.resolve("demo/sample.war"));
                Stream<Path> inside = Files.list(sample.getPath("/WEB-INF/lib"))) {
            return Stream.concat(tree, inside)
                    .map(Path::getFileName)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> VERSION.matcher(name).replaceFirst(""))
                    .distinct()
                    .toList();
        }
    }

    @Test
    void everyLibraryHasOneLicence() throws IOException {
        List<Row> rows = Row.all();
        List<String> libraries = libraries();

        assertThat(libraries).hasSizeGreaterThan(70).allSatisfy(library -> assertThat(rows)
                .filteredOn(row -> row.has(library))
                .hasSize(1));
        assertThat(rows).flatExtracting(Row::names).allSatisfy(name -> assertThat(libraries)
                .anyMatch(library -> Row.fits(name, library)));
    }

    @Test
    void textsAreThere() throws IOException {
        assertThat(Row.all()).isNotEmpty().allSatisfy(row -> assertThat(LICENCES.resolve(row.text()))
                .isNotEmptyFile());
    }

    @Test
    void librariesSayTheSame() throws IOException {
        List<Row> rows = Row.all();
        int saying = 0;
        try (Stream<Path> tree = Files.walk(HOME.resolve("lib"))) {
            for (Path file :
                    tree.filter(path -> path.toString().endsWith(".jar")).toList()) {
                String licence = toldBy(file);
                if (licence != null) {
                    saying++;
                    String name = VERSION.matcher(file.getFileName().toString()).replaceFirst("");
                    assertThat(rows.stream().filter(row -> row.has(name)))
                            .as(name)
                            .allSatisfy(row -> assertThat(licence).containsPattern(WORDS.get(row.licence())));
                }
            }
        }
        assertThat(saying).isGreaterThan(50);
    }

    private static String toldBy(Path library) throws IOException {
        try (JarFile jar = new JarFile(library.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-License");
        }
    }
}
