package dev.gangway.fcgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependencies between packages go one way: server to cgi to record. */
class LayersTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/gangway/fcgi");
    private static final Pattern QUALIFIED_NAME = Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.){2,}[A-Z]\\w*");

    @ParameterizedTest
    @CsvSource({
        "record, dev.gangway.fcgi.cgi.",
        "record, dev.gangway.fcgi.server.",
        "record, org.eclipse.jetty.",
        "cgi, dev.gangway.fcgi.server.",
        "cgi, org.eclipse.jetty.server.",
        "., jakarta.servlet.",
        "., javax.servlet.",
        "., org.eclipse.jetty.ee",
        "., dev.gangway.fcgi.servlet."
    })
    void doesNotUse(String folder, String forbidden) {
        assertThat(namesIn(folder)).isNotEmpty().noneMatch(name -> name.startsWith(forbidden));
    }

    @Test
    void usesNoInternalsOfJetty() {
        assertThat(namesIn(".")).noneMatch(name -> name.matches("org\\.eclipse\\.jetty\\..*internal\\..*"));
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
