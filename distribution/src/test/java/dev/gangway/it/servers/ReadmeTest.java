package dev.gangway.it.servers;

import static java.util.Map.entry;
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

    /** What the tests of the roles and recipes run besides the modes. */
    private static final Map<WebServer, List<String>> ROLES = Map.of(
            WebServer.NGINX,
                    List.of(
                            "authorizer",
                            "questions",
                            "rewrite",
                            "form",
                            "identity",
                            "tls",
                            "secret",
                            "proxied",
                            "rewritten",
                            "large",
                            "push"),
            WebServer.LIGHTTPD, List.of("authorizer", "identity", "tls", "proxied", "streamed"),
            WebServer.HTTPD, List.of("authnz", "authorizers", "identity", "tls", "proxied", "compressed", "counted"),
            WebServer.HAPROXY, List.of("identity", "tls", "proxied", "headers", "http2"),
            WebServer.CADDY, List.of("tls"));

    private static String readme;

    @BeforeAll
    static void read() throws IOException {
        readme = Files.readString(Path.of("..", "README.md"));
    }

    @Test
    void configurationsAreThoseThatAreTested() {
        List<String> shown = matches(BLOCK, readme).toList();
        Stream<String> modes = Arrays.stream(Mode.values()).flatMap(mode -> shown(mode.server(), mode.configuration()));
        Stream<String> roles = ROLES.entrySet().stream()
                .flatMap(server -> server.getValue().stream().flatMap(name -> shown(server.getKey(), name)));
        List<String> tested = Stream.concat(modes, roles).toList();

        assertThat(shown).containsExactlyInAnyOrderElementsOf(tested);
    }

    @Test
    void limitsAreThoseThatAreTested() {
        String expected = Arrays.stream(Limit.values())
                .map(limit -> "| " + servers(limit) + " | " + limit + " |\n")
                .collect(joining("", "| web server | what it does |\n|---|---|\n", ""));

        assertThat(matches(LIMITS, readme)).containsExactly(expected);
    }

    private static Stream<String> shown(WebServer server, String configuration) {
        return matches(SHOWN, server.configuration(configuration))
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
