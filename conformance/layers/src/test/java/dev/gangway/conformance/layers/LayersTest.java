package dev.gangway.conformance.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule is broken once in a house of two rooms. */
class LayersTest {
    @TempDir
    private Path module;

    @BeforeEach
    void build() throws IOException {
        draw("attic  cellar", "cellar  -");
        write("house/attic/Roof.java", "package house.attic; class Roof { int m = new house.cellar.Wine().litres(); }");
        write(
                "house/cellar/Wine.java",
                "package house.cellar; public class Wine { public int litres() { return 1; } }");
    }

    @Test
    void nothingIsWrong() throws IOException {
        assertThat(complaints()).isEmpty();
    }

    @Test
    void classUsesWhatIsNotDrawn() throws IOException {
        draw("attic  -", "cellar  -");

        assertThat(complaints())
                .containsExactly(
                        "house.attic.Roof uses house.cellar.Wine, but attic has no cellar in the drawing",
                        "house.attic.Roof names house.cellar.Wine, but attic has no cellar in the drawing");
    }

    @Test
    void chainOfCallsUsesWhatNoLineNames() throws IOException {
        draw("attic  stairs", "stairs  cellar", "cellar  -");
        write(
                "house/stairs/Door.java",
                "package house.stairs; public class Door { public house.cellar.Wine wine() { return null; } }");
        write(
                "house/attic/Roof.java",
                "package house.attic; class Roof { int m = new house.stairs.Door().wine().litres(); }");

        assertThat(complaints())
                .containsExactly("house.attic.Roof uses house.cellar.Wine, but attic has no cellar in the drawing");
    }

    @Test
    void commentNamesWhatIsNotDrawn() throws IOException {
        write("house/cellar/Rack.java", "package house.cellar; /** For {@code house.attic.Roof}. */ class Rack {}");
        write("house/cellar/package-info.java", "/** Below {@link house.attic}. */ package house.cellar;");

        assertThat(complaints())
                .containsExactly(
                        "house.cellar.Rack names house.attic.Roof, but cellar has no attic in the drawing",
                        "house.cellar.package-info names house.attic, but cellar has no attic in the drawing");
    }

    @Test
    void circleIsDrawn() throws IOException {
        draw("attic  cellar", "cellar  attic");
        write("house/cellar/Rack.java", "package house.cellar; class Rack { house.attic.Beam beam; }");
        write("house/attic/Beam.java", "package house.attic; public class Beam {}");

        assertThat(complaints())
                .containsExactly("the drawing lets cellar use attic, but no row below that of cellar is attic");
    }

    @Test
    void arrowIsDrawnForNothing() throws IOException {
        write("house/attic/Roof.java", "package house.attic; class Roof {}");

        assertThat(complaints()).containsExactly("the drawing lets attic use cellar, but no class of attic does");
    }

    @Test
    void roomIsNotDrawnOrIsNotThere() throws IOException {
        draw("attic  cellar", "cellar  -", "loft  -");
        write("house/stairs/Door.java", "package house.stairs; class Door {}");
        write("house/Hall.java", "package house; class Hall {}");

        assertThat(complaints())
                .containsExactly(
                        "house.stairs is not in the drawing",
                        "house.loft is in the drawing only",
                        source("house/Hall.java") + " is in no room");
    }

    @Test
    void classIsLong() throws IOException {
        write("house/cellar/Long.java", "package house.cellar; class Long {" + "\n".repeat(399) + "}");
        assertThat(complaints()).isEmpty();

        write("house/cellar/Long.java", "package house.cellar; class Long {" + "\n".repeat(400) + "}");
        assertThat(complaints()).containsExactly(source("house/cellar/Long.java") + " has 401 lines, want at most 400");
    }

    @Test
    void roomIsCrowded() throws IOException {
        for (int i = 1; i < 12; i++) {
            write("house/cellar/Shelf" + i + ".java", "package house.cellar; class Shelf" + i + " {}");
        }
        assertThat(complaints()).isEmpty();

        write("house/cellar/package-info.java", "package house.cellar;");
        assertThat(complaints()).containsExactly("house.cellar has 13 files, want at most 12");
        assertThat(Layers.of(module, "house").sizes(12, "cellar")).isEmpty();
    }

    @Test
    void knowsWhatIsUsedAndWhatIsNamed() throws IOException {
        write("house/cellar/Rack.java", "package house.cellar; /** As {@code java.util.List}. */ class Rack {}");
        compile();

        assertThat(Layers.of(module, "house").known("house.cellar"))
                .contains("java.lang.Object", "java.util.List")
                .doesNotContain("house.cellar.Wine");
        assertThat(Layers.of(module, "house").known("house")).contains("house.cellar.Wine");
    }

    private void draw(String... rows) throws IOException {
        write(
                "house/package-info.java",
                "/**\n * <pre>\n *   " + String.join("\n *   ", rows) + "\n * </pre>\n */\npackage house;");
    }

    private void write(String file, String text) throws IOException {
        Path path = source(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private Path source(String file) {
        return module.resolve("src/main/java").resolve(file);
    }

    private List<String> complaints() throws IOException {
        compile();
        Layers layers = Layers.of(module, "house");
        return Stream.of(layers.drawing(), layers.uses(), layers.names(), layers.sizes(12))
                .flatMap(List::stream)
                .toList();
    }

    private void compile() throws IOException {
        List<String> words = new ArrayList<>(
                List.of("-proc:none", "-d", module.resolve("target/classes").toString()));
        try (Stream<Path> files = Files.walk(source("house"))) {
            files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(words::add);
        }
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, words.toArray(String[]::new));
        assertThat(status).as(text.toString()).isZero();
    }
}
