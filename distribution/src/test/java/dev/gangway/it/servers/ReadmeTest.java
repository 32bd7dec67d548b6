package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the README shows is what the tests run. */
class ReadmeTest {
    private static final String BEGIN = "README-begin";
    private static final String END = "README-end";

    /** What the README has in place of what a test puts in. */
    private static final Map<String, String> SHOWN = Map.of(
            "${http.port}", "80",
            "${fcgi.port}", "9000",
            "${fcgi.socket}", "/run/gangway/app.sock",
            "${run}/app.sock", "/run/lighttpd/app.sock",
            "${gangway.home}", "/opt/gangway",
            "${war}", "/srv/app.war");

    private final String readme = Files.readString(Path.of("../README.md"));

    ReadmeTest() throws IOException {}

    @TestFactory
    Stream<DynamicTest> showsTheConfigurationThatIsTested() throws IOException {
        List<Path> tested;
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/web-servers"))) {
            tested = files.filter(Files::isRegularFile).sorted().toList();
        }
        assertThat(tested).isNotEmpty();
        return tested.stream()
                .map(file -> DynamicTest.dynamicTest(
                        file.toString(), () -> assertThat(readme).contains(shown(Files.readString(file)))));
    }

    @ParameterizedTest
    @EnumSource
    void namesEachLimitOfAWebServer(Limit limit) {
        assertThat(readme).contains(limit.toString());
    }

    @Test
    void showsTheCodeThatIsCompiled() throws IOException {
        Path source = Path.of("src/test/java/dev/gangway/it/servers/EmbeddingTest.java");

        assertThat(readme).contains(shown(Files.readString(source)));
    }

    /** The marked lines, without their indentation. */
    private static String shown(String text) {
        List<String> lines = text.lines().toList();
        int begin = indexOf(lines, BEGIN);
        int end = indexOf(lines, END);
        assertThat(begin).as("a line with " + BEGIN).isNotNegative();
        assertThat(end).as("a line with " + END).isGreaterThan(begin);
        String block = String.join("\n", lines.subList(begin + 1, end)).stripIndent();
        for (Map.Entry<String, String> placeholder : SHOWN.entrySet()) {
            block = block.replace(placeholder.getKey(), placeholder.getValue());
        }
        return block;
    }

    private static int indexOf(List<String> lines, String mark) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(mark)) {
                return i;
            }
        }
        return -1;
    }
}
