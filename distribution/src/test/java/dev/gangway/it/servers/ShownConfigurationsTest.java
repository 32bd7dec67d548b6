package dev.gangway.it.servers;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.Template;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The documents show the configurations that are tested, all of them, and name the limits that are known. */
class ShownConfigurationsTest {
    private static final String[] LANGUAGES = {"nginx", "lighttpd", "apache", "haproxy", "caddy", "yaml"};
    private static final Pattern SHOWN = marked("shown");
    /** What people have before they move to Gangway. */
    private static final Pattern FORMER = marked("former");

    private static final Path MIGRATING = Path.of("docs", "migrating.md");
    private static final Pattern LIMITS =
            Pattern.compile("<!-- limits-begin -->\\n(.*?)<!-- limits-end -->", Pattern.DOTALL);

    /** What the documents and the installed examples write where a test has a free port or a folder of its own. */
    private static final Path PLACES = Path.of("src", "main", "examples", "places.properties");

    @Test
    void configurationsAreThoseThatAreTested() {
        Set<String> tested = Arrays.stream(WebServer.values())
                .flatMap(server -> Stream.concat(tested(server, SHOWN), tested(server, FORMER)))
                .collect(toSet());

        assertThat(Set.copyOf(Documents.blocks(LANGUAGES))).isEqualTo(tested);
    }

    @Test
    void formerOnesAreWherePeopleMove() {
        assertThat(Documents.blocksOf(Documents.written().get(MIGRATING), LANGUAGES))
                .containsAll(Arrays.stream(WebServer.values())
                        .flatMap(server -> tested(server, FORMER))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void theyAreAllOnThePageOfTheirServer(WebServer server) {
        assertThat(Documents.blocksOf(page(server.folder()), LANGUAGES))
                .containsExactlyInAnyOrderElementsOf(tested(server, SHOWN).toList());
    }

    @Test
    void limitsAreThoseThatAreTested() {
        String expected = Arrays.stream(Limit.values())
                .map(limit -> "| " + servers(limit) + " | " + limit + " |\n")
                .collect(joining("", "| web server | what it does |\n|---|---|\n", ""));

        assertThat(matches(LIMITS, page("README"))).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource
    void limitsOfAServerAreOnItsPage(WebServer server) {
        String expected = Arrays.stream(Limit.values())
                .filter(limit -> !limited(server, limit).isEmpty())
                .map(limit -> "| " + limit + " | " + where(server, limit) + " |\n")
                .collect(joining("", "| what it does | where |\n|---|---|\n", ""));

        assertThat(matches(LIMITS, page(server.folder()))).containsExactly(expected);
    }

    private static String page(String name) {
        return Documents.written().get(Path.of("docs", "web-servers", name + ".md"));
    }

    /** What is marked in the files with which the tests start a web server. */
    private static Stream<String> tested(WebServer server, Pattern marked) {
        return server.configurations().stream()
                .flatMap(name -> matches(marked, server.configuration(name)))
                .map(part -> Template.fill(part.stripTrailing().stripIndent() + "\n", places(server)));
    }

    /** The name of a server stands before what is not the same for all of them. */
    private static Map<String, String> places(WebServer server) {
        Properties places = new Properties();
        try (Reader file = Files.newBufferedReader(PLACES)) {
            places.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String prefix = server.folder() + ".";
        return places.stringPropertyNames().stream()
                .collect(toMap(
                        name -> name.startsWith(prefix) ? name.substring(prefix.length()) : name, places::getProperty));
    }

    private static Pattern marked(String word) {
        return Pattern.compile("(?m)^\\s*# " + word + "-begin\\n(.*?)^\\s*# " + word + "-end", Pattern.DOTALL);
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String servers(Limit limit) {
        return Arrays.stream(WebServer.values())
                .filter(server -> !limited(server, limit).isEmpty())
                .map(server -> server.title() + (isEverywhere(server, limit) ? "" : " (" + where(server, limit) + ")"))
                .collect(joining(", "));
    }

    private static String where(WebServer server, Limit limit) {
        return isEverywhere(server, limit)
                ? "everywhere"
                : limited(server, limit).stream().map(Mode::title).collect(joining(", "));
    }

    private static boolean isEverywhere(WebServer server, Limit limit) {
        return limited(server, limit).equals(modes(server).toList());
    }

    private static List<Mode> limited(WebServer server, Limit limit) {
        return modes(server).filter(mode -> mode.limits().contains(limit)).toList();
    }

    private static Stream<Mode> modes(WebServer server) {
        return Arrays.stream(Mode.values()).filter(mode -> mode.server() == server);
    }
}
