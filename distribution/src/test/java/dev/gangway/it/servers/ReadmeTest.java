package dev.gangway.it.servers;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Template;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The README shows the configurations that are tested, and names the limits that are known. */
class ReadmeTest {
    private static final Pattern BLOCK =
            Pattern.compile("```(?:nginx|lighttpd|apache|haproxy|caddy|yaml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SHOWN =
            Pattern.compile("(?m)^\\s*# README-begin\\n(.*?)^\\s*# README-end", Pattern.DOTALL);
    private static final Pattern LIMITS =
            Pattern.compile("<!-- limits-begin -->\\n(.*?)<!-- limits-end -->", Pattern.DOTALL);

    /** What the README writes where a test has a free port or a folder of its own. */
    private static final Map<String, String> PLACES = Map.of(
            "http.port", "80",
            "fcgi.port", "9000",
            "fcgi.socket", "/run/gangway/app.sock",
            "gangway.home", "/opt/gangway",
            "war", "/srv/app.war",
            "cgi", "/srv/cgi",
            "run", "/run/lighttpd");

    private static String readme;

    @BeforeAll
    static void read() throws IOException {
        readme = Files.readString(Path.of("..", "README.md"));
    }

    @Test
    void configurationsAreThoseThatAreTested() {
        List<String> shown = matches(BLOCK, readme).toList();
        List<String> tested =
                Arrays.stream(Mode.values()).flatMap(ReadmeTest::shownPart).toList();

        assertThat(shown).containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void limitsAreThoseThatAreTested() {
        String expected = Arrays.stream(Limit.values())
                .map(limit -> "| " + servers(limit) + " | " + limit + " |\n")
                .collect(joining("", "| web server | what it does |\n|---|---|\n", ""));

        assertThat(matches(LIMITS, readme)).containsExactly(expected);
    }

    private static Stream<String> shownPart(Mode mode) {
        return matches(SHOWN, mode.server().configuration(mode.configuration()))
                .map(part -> Template.fill(part.stripTrailing().stripIndent() + "\n", PLACES));
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String servers(Limit limit) {
        return Arrays.stream(WebServer.values())
                .flatMap(server -> describe(server, limit).stream())
                .collect(joining(", "));
    }

    /** The server alone if all its modes have the limit, else with the modes that have it. */
    private static List<String> describe(WebServer server, Limit limit) {
        List<Mode> modes = Arrays.stream(Mode.values())
                .filter(mode -> mode.server() == server)
                .toList();
        List<Mode> limited =
                modes.stream().filter(mode -> mode.limits().contains(limit)).toList();
        if (limited.isEmpty()) {
            return List.of();
        }
        if (limited.equals(modes)) {
            return List.of(server.title());
        }
        return List.of(limited.stream().map(Mode::title).collect(joining(", ", server.title() + " (", ")")));
    }
}
