package dev.gangway.it.servers;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Documents;
import dev.gangway.it.harness.Template;
import dev.gangway.it.harness.WebServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents show the configurations that are tested, all of them, and name the limits that are known. */
class ShownConfigurationsTest {
    private static final String[] LANGUAGES = {"nginx", "lighttpd", "apache", "haproxy", "caddy", "yaml"};
    private static final Pattern MARKED =
            Pattern.compile("(?m)^\\s*# shown-begin\\n(.*?)^\\s*# shown-end", Pattern.DOTALL);
    private static final Pattern LIMITS =
            Pattern.compile("<!-- limits-begin -->\\n(.*?)<!-- limits-end -->", Pattern.DOTALL);

    /** What the documents write where a test has a free port or a folder of its own. */
    private static final Map<String, String> PLACES = Map.ofEntries(
            entry("http.port", "80"),
            entry("fcgi.port", "9000"),
            entry("fcgi.socket", "/run/gangway/app.sock"),
            entry("gangway.home", "/opt/gangway"),
            entry("war", "/srv/app.war"),
            entry("cgi", "/srv/cgi"),
            entry("run", "/run/lighttpd"),
            entry("log", "/var/log/lighttpd"),
            entry("docroot", "/srv/www"),
            entry("app", "/shop/"),
            entry("guarded", "/shop/members/"),
            entry("free", "/shop/drafts/"),
            entry("staff", "/shop/staff/"),
            entry("realm", "house"),
            entry("passwords", "/etc/house.htpasswd"),
            entry("crypted", "$5$…"),
            entry("tls", "/etc/tls"),
            entry("site", "www.example.org"),
            entry("questions.socket", "/run/gangway/authorizer.sock"),
            entry("secret", "0123456789abcdef"),
            entry("command", "/opt/gangway/bin/gangway run /srv/shop.war --authorizer container"),
            entry(
                    "command.trusting",
                    "/opt/gangway/bin/gangway run /srv/shop.war --authorizer container --trust-remote-user"));

    @Test
    void configurationsAreThoseThatAreTested() {
        Set<String> tested = Arrays.stream(WebServer.values())
                .flatMap(ShownConfigurationsTest::tested)
                .collect(toSet());

        assertThat(Set.copyOf(Documents.blocks(LANGUAGES))).isEqualTo(tested);
    }

    @Test
    void limitsAreThoseThatAreTested() {
        String expected = Arrays.stream(Limit.values())
                .map(limit -> "| " + servers(limit) + " | " + limit + " |\n")
                .collect(joining("", "| web server | what it does |\n|---|---|\n", ""));

        assertThat(Documents.written().values().stream().flatMap(text -> matches(LIMITS, text)))
                .containsExactly(expected);
    }

    /** What is marked in the files with which the tests start a web server. */
    private static Stream<String> tested(WebServer server) {
        return server.configurations().stream()
                .flatMap(name -> matches(MARKED, server.configuration(name)))
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
