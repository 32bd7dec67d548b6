package dev.gangway.it.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Certificates;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each installed example is a whole configuration, which its web server accepts, and the list beside them has it. */
class ExamplesIT {
    private static final Path EXAMPLES = Installation.built().home().resolve("examples");

    /** What need not exist on this machine, or is not to be touched. */
    private static final Pattern PLACE = Pattern.compile("(?<![\\w./])/(?:run|var|srv|etc/tls|etc/house)\\b[\\w./-]*");

    private static final Pattern PORT = Pattern.compile("\\b80\\b");
    private static final Pattern LISTED = Pattern.compile("`([a-z0-9*]+/[a-z0-9-]+\\.conf)`");

    private static TempFolder folder;

    @BeforeAll
    static void makeCertificates() throws IOException {
        folder = TempFolder.create("examples");
        Certificates.create(new TempFolder(Files.createDirectories(folder.resolve("etc/tls"))));
    }

    @AfterAll
    static void remove() {
        folder.close();
    }

    static List<String> examples() {
        return Archives.list(EXAMPLES).stream()
                .filter(name -> name.endsWith(".conf"))
                .toList();
    }

    @Test
    void allThatTheDocumentsShowAreThere() {
        assertThat(examples())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(WebServer.values())
                        .flatMap(server -> server.configurations().stream()
                                .filter(name -> server.configuration(name).contains("# shown-begin"))
                                .map(name -> server.folder() + "/" + name + ".conf"))
                        .toList());
    }

    @Test
    void allAreListed() throws IOException {
        List<String> patterns = LISTED.matcher(Files.readString(EXAMPLES.resolve("README.md")))
                .results()
                .map(match -> match.group(1).replace(".", "\\.").replace("*", "[a-z0-9]+"))
                .toList();

        assertThat(examples()).allSatisfy(name -> assertThat(patterns).anyMatch(name::matches));
        assertThat(patterns).allSatisfy(pattern -> assertThat(examples()).anyMatch(name -> name.matches(pattern)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isAccepted(String name) throws IOException {
        String text = Files.readString(EXAMPLES.resolve(name));
        assertThat(text).doesNotContain("${", "shown-begin", "shown-end");
        makePlaces(text);
        String elsewhere = PLACE.matcher(text)
                .replaceAll(folder.path() + "$0")
                .replace("/opt/gangway", Installation.built().home().toString());
        String file = folder.write("example.conf", PORT.matcher(elsewhere).replaceAll("" + FreePort.find()))
                .toString();

        Tool.run(folder, check(Path.of(name).getParent().toString(), file));
    }

    /** The directories of what is a path with a dot at its end, and else the path itself. */
    private static void makePlaces(String text) throws IOException {
        for (String place : new TreeSet<>(
                PLACE.matcher(text).results().map(MatchResult::group).toList())) {
            Path path = Path.of(folder.path() + place);
            if (place.matches(".*\\.[a-z]+")) {
                Files.createDirectories(path.getParent());
            } else {
                Files.createDirectories(path);
            }
        }
    }

    private static String[] check(String server, String file) {
        Stream<String> words =
                switch (server) {
                    case "nginx" -> Stream.of("/usr/sbin/nginx", "-t", "-p", folder.path() + "/", "-c", file);
                    case "lighttpd" -> Stream.of("/usr/sbin/lighttpd", "-tt", "-f", file);
                    case "httpd" -> Stream.of("/usr/sbin/apache2", "-t", "-f", file);
                    case "haproxy" -> Stream.of("/usr/sbin/haproxy", "-c", "-f", file);
                    case "caddy" -> Stream.of("/usr/bin/caddy", "validate", "--adapter", "caddyfile", "--config", file);
                    default -> Stream.of("/usr/bin/" + server, "-t", "-c", file);
                };
        return words.toArray(String[]::new);
    }
}
