package dev.gangway.conformance.difference;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What has been found behind each web server, as the documentation shows it. */
record DifferenceTable(Map<Behind, Comparison> found) {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "differences.md");

    /** Insists that the document is up to date, or writes it if the system property {@code docs.write} is set. */
    void check() throws IOException {
        if (found.size() < Behind.values().length) {
            return; // Only some have been run.
        }
        if (Boolean.getBoolean("docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, text());
        }
        assertThat(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "nothing")
                .as(DOCUMENT + " (write it anew by ./mvnw verify -Ddocs.write=true)")
                .isEqualTo(text());
    }

    String text() {
        return """
                # Served by FastCGI or by HTTP: what is different

                The same web application answers the same requests straight over HTTP, from Jetty's own connector, and by FastCGI
                from Gangway: status, headers, body, and all that the servlet saw, are compared. This is written by the tests in
                `conformance/difference`, which fail on any other difference, and on one that is listed and does not occur. Each
                is proved to be the web server's or the protocol's: by the parameters that Gangway got, by the response that it
                gave to the web server, or by the same web server in front of Jetty over HTTP.

                """
                + numbers()
                + "\n## What FastCGI makes different\n\n"
                + rows(Cause.PROTOCOL)
                + "\n## What web servers make different\n\n"
                + rows(Cause.WEB_SERVER);
    }

    private String numbers() {
        return row("", Behind::title)
                + row("---", behind -> "---")
                + row("exchanges", behind -> Integer.toString(of(behind).exchanges()))
                + row(
                        "equal but for a header in most responses",
                        behind -> Integer.toString(of(behind).equalBut(wide())));
    }

    private Comparison of(Behind behind) {
        return found.get(behind);
    }

    private static List<Difference> wide() {
        return Arrays.stream(Difference.values()).filter(Difference::isWide).toList();
    }

    private static String row(String title, Function<Behind, String> cell) {
        return Arrays.stream(Behind.values()).map(cell).collect(joining(" | ", "| " + title + " | ", " |\n"));
    }

    private static String rows(Cause cause) {
        return "| | who | what |\n|---|---|---|\n"
                + Arrays.stream(Difference.values())
                        .filter(difference -> difference.cause() == cause)
                        .map(difference ->
                                "| `" + difference + "` | " + who(difference) + " | " + difference.reason() + " |\n")
                        .collect(joining());
    }

    private static String who(Difference difference) {
        List<Behind> all = Arrays.stream(Behind.values())
                .filter(behind -> difference.scopes().stream()
                        .anyMatch(scope -> scope.behind().contains(behind)))
                .toList();
        return difference.cause() == Cause.PROTOCOL
                ? "FastCGI"
                : all.stream().map(Behind::title).collect(joining(", "));
    }
}
