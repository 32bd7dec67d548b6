package dev.gangway.it.servers;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java that the documents show is compiled and run by tests, all of it. */
class ShownCodeTest {
    private static final Pattern MARKED =
            Pattern.compile("(?m)^\\s*// shown-begin\\n(.*?)^\\s*// shown-end", Pattern.DOTALL);

    @Test
    void isWhatIsTested() {
        Set<String> tested = Stream.of(
                        "java/dev/gangway/it/servers/EmbeddingTest.java",
                        "resources/conformance/JettyFastCgi.java",
                        "resources/environments/classes/Facts.java",
                        "resources/push/classes/Board.java")
                .map(ShownCodeTest::marked)
                .collect(toSet());

        assertThat(Set.copyOf(Documents.blocks("java"))).isEqualTo(tested);
    }

    /** A test does not wait as long as a site does, and has more than one servlet. */
    private static String marked(String source) {
        return MARKED.matcher(text(source))
                .results()
                .map(part -> part.group(1).stripTrailing().stripIndent() + "\n")
                .collect(joining("\n"))
                .replace("\"1000\"", "\"30000\"")
                .replace("\"/board/*\"", "\"/*\"");
    }

    private static String text(String source) {
        try {
            return Files.readString(Path.of("src", "test").resolve(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
