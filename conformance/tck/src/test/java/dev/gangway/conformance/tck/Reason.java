package dev.gangway.conformance.tck;

import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a test fails: a line of {@code reasons.txt}.
 *
 * @param test    the name of the test
 * @param servers the web servers behind which it fails
 * @param who     whose doing it is
 * @param why     in a few words
 */
record Reason(String test, Set<WebServer> servers, Who who, String why) {
    /** Whose doing a failure may be. */
    enum Who {
        WEB_SERVER("the web server"),
        FASTCGI("FastCGI"),
        TCK("the TCK"),
        JETTY("Jetty"),
        GANGWAY("Gangway");

        private final String title;

        Who(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    static List<Reason> all() throws IOException {
        try (InputStream in = Reason.class.getResourceAsStream("/reasons.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Reason::parse)
                    .toList();
        }
    }

    private static Reason parse(String line) {
        String[] cells = line.split(" *\\| *");
        if (cells.length != 4) {
            throw new IllegalArgumentException(cells.length + " cells, want 4: " + line);
        }
        Set<WebServer> servers =
                Stream.of(cells[1].split(", ")).map(WebServer::valueOf).collect(Collectors.toSet());
        return new Reason(cells[0], servers, Who.valueOf(cells[2]), cells[3]);
    }

    boolean isFor(String failed, WebServer server) {
        return test.equals(failed) && servers.contains(server);
    }
}
