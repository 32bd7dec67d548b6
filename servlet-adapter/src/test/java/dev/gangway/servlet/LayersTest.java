package dev.gangway.servlet;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Dependencies between the packages are those that the package documentation draws, and go one way. Where there is no
 * circle between packages, there is none between classes of different packages either.
 */
class LayersTest {
    private static final String BASE = "dev.gangway.servlet.";
    private static final Path SOURCES = Path.of("src/main/java/dev/gangway/servlet");
    private static final Pattern QUALIFIED_NAME = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}[A-Z]\\w*");
    private static final Pattern DRAWN = Pattern.compile("^ \\* (\\w+) +->(.*)$", Pattern.MULTILINE);

    @Test
    void packagesUseEachOtherAsDrawn() {
        assertThat(used()).isEqualTo(drawn());
    }

    @Test
    void packagesHaveNoCircle() {
        Map<String, Set<String>> left = new HashMap<>(used());

        // Those that use none of the others that are left cannot be in a circle.
        while (left.values().removeIf(others -> others.stream().noneMatch(left::containsKey))) {}

        assertThat(left).isEmpty();
    }

    @Test
    void packagesAreSmall() {
        for (String room : rooms()) {
            assertThat(sources(room)).as(room).hasSizeBetween(1, 12);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jakarta.servlet.", "javax.servlet.", "org.eclipse.jetty.ee8.", "org.eclipse.jetty.ee9."})
    void nothingBelongsToOneServletApi(String forbidden) {
        assertThat(namesIn(".")).noneMatch(name -> name.startsWith(forbidden));
    }

    @Test
    void usesNoInternalsOfJetty() {
        assertThat(namesIn(".")).noneMatch(name -> name.matches("org\\.eclipse\\.jetty\\..*internal\\..*"));
    }

    @Test
    void relayNeedsNothingButTheJdk() {
        assertThat(namesIn("relay")).isNotEmpty().allMatch(name -> name.startsWith("java."));
    }

    /** {@return the packages that each package uses, by the last parts of their names} */
    private static Map<String, Set<String>> used() {
        return rooms().stream().collect(toMap(Function.identity(), LayersTest::usedBy));
    }

    private static Set<String> usedBy(String room) {
        return namesIn(room).stream()
                .filter(name -> name.startsWith(BASE))
                .map(name -> name.substring(BASE.length()).split("\\.", 2)[0])
                .filter(other -> !other.equals(room))
                .collect(toSet());
    }

    private static Map<String, Set<String>> drawn() {
        return DRAWN.matcher(read(SOURCES.resolve("package-info.java")))
                .results()
                .collect(toMap(arrow -> arrow.group(1), arrow -> Pattern.compile(" +")
                        .splitAsStream(arrow.group(2))
                        .filter(other -> !other.isEmpty())
                        .collect(toSet())));
    }

    private static List<String> rooms() {
        try (Stream<Path> folders = Files.list(SOURCES)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return all qualified names in the sources below a folder, in imports or elsewhere} */
    private static List<String> namesIn(String folder) {
        return sources(folder).stream()
                .map(LayersTest::read)
                .flatMap(source -> QUALIFIED_NAME.matcher(source).results().map(MatchResult::group))
                .toList();
    }

    /** {@return the sources below a folder without the documentation of packages, which names others} */
    private static List<Path> sources(String folder) {
        try (Stream<Path> files = Files.walk(SOURCES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
