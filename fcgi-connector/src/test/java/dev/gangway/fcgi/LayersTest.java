package dev.gangway.fcgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rooms of the connector and who knows whom are as the drawing in the package-info of {@code dev.gangway.fcgi} says.
 * Since each row of it knows later rows only, there is no circle of rooms, nor of classes of different rooms.
 */
class LayersTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/gangway/fcgi");
    private static final String ROOT = "dev.gangway.fcgi.";
    private static final Pattern QUALIFIED_NAME = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}[A-Z]\\w*");
    private static final Pattern ARROW = Pattern.compile(
            "(?m)^ +dev\\.gangway\\.fcgi\\.([a-z]+)\\.\\S+ +-> dev\\.gangway\\.fcgi\\.([a-z]+)\\.[A-Z]");
    private static final Pattern ROW = Pattern.compile("(?m)^ \\* {3}([a-z]+) +([a-z]+(?:, [a-z]+)*|-)$");

    /** {@return who may know whom, from above to below} */
    private static Map<String, Set<String>> drawing() {
        Map<String, Set<String>> rows = new LinkedHashMap<>();
        ROW.matcher(read(SOURCES.resolve("package-info.java"))).results().forEach(row -> {
            Set<String> known =
                    row.group(2).equals("-") ? Set.of() : Set.of(row.group(2).split(", "));
            rows.put(row.group(1), new TreeSet<>(known));
        });
        return rows;
    }

    @Test
    void everyRoomIsInTheDrawing() throws IOException {
        try (Stream<Path> folders = Files.list(SOURCES)) {
            assertThat(folders.filter(Files::isDirectory)
                            .map(folder -> folder.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(drawing().keySet());
        }
    }

    @Test
    void theDrawingKnowsNoCircle() {
        List<String> rooms = new ArrayList<>(drawing().keySet());
        drawing().forEach((room, known) -> assertThat(rooms.subList(rooms.indexOf(room) + 1, rooms.size()))
                .as("rooms below " + room)
                .containsAll(known));
    }

    /** As the compiler has it: a chain of calls knows classes that no line names. */
    @Test
    void eachRoomKnowsWhomItMay() {
        Map<String, Set<String>> known = new TreeMap<>();
        ARROW.matcher(jdeps())
                .results()
                .filter(arrow -> !arrow.group(1).equals(arrow.group(2)))
                .forEach(arrow -> known.computeIfAbsent(arrow.group(1), room -> new TreeSet<>())
                        .add(arrow.group(2)));

        drawing()
                .forEach((room, drawn) ->
                        assertThat(known.getOrDefault(room, Set.of())).as(room).containsExactlyElementsOf(drawn));
    }

    /** Nor does its documentation. */
    @Test
    void eachRoomNamesWhomItMay() {
        drawing().forEach((room, drawn) -> assertThat(drawn).as(room).containsAll(roomsIn(room)));
    }

    private static String jdeps() {
        StringWriter text = new StringWriter();
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(text),
                        new PrintWriter(text),
                        "--ignore-missing-deps",
                        "-verbose:class",
                        "-filter:none",
                        "target/classes/dev");
        assertThat(status).as(text.toString()).isZero();
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "record, org.eclipse.jetty.",
        "config, org.eclipse.jetty.server.",
        "cgi, org.eclipse.jetty.server.",
        "., jakarta.servlet.",
        "., javax.servlet.",
        "., org.eclipse.jetty.ee"
    })
    void doesNotUse(String folder, String forbidden) {
        assertThat(namesIn(folder)).isNotEmpty().noneMatch(name -> name.startsWith(forbidden));
    }

    @Test
    void usesNoInternalsOfJetty() {
        assertThat(namesIn(".")).noneMatch(name -> name.matches("org\\.eclipse\\.jetty\\..*internal\\..*"));
    }

    /** Else a newcomer cannot find his way. */
    @Test
    void noClassIsLongAndNoNewRoomCrowded() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(read(file).lines().count())
                            .as(file.toString())
                            .isLessThanOrEqualTo(400));
        }
        for (String room : drawing().keySet()) {
            if (!room.equals("cgi")) {
                try (Stream<Path> files = Files.list(SOURCES.resolve(room))) {
                    assertThat(files.count()).as(room).isLessThanOrEqualTo(12);
                }
            }
        }
    }

    /** {@return the other rooms that the classes of one know, by name or in their documentation} */
    private static Set<String> roomsIn(String room) {
        return namesIn(room).stream()
                .filter(name -> name.startsWith(ROOT))
                .map(name -> name.substring(ROOT.length(), name.indexOf('.', ROOT.length())))
                .filter(other -> !other.equals(room))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** {@return all qualified names in the sources below a folder, in imports or elsewhere} */
    private static List<String> namesIn(String folder) {
        try (Stream<Path> files = Files.walk(SOURCES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(LayersTest::read)
                    .flatMap(source -> QUALIFIED_NAME.matcher(source).results().map(MatchResult::group))
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
