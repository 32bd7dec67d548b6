package dev.gangway.benchmark.start;

import dev.gangway.benchmark.report.Chapters;
import dev.gangway.benchmark.report.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What starts have cost, as a chapter of a page, and the figures in the README that come from it.
 *
 * @param machine lines about where it was measured
 */
record StartChapter(List<String> machine, int rounds, List<Comparison> comparisons) {
    static final String GANGWAY = "gangway";
    static final String FIRST = "gangway-first";
    static final String TOMCAT = "tomcat";
    static final String JETTY = "jetty";

    private static final List<String> SERVERS = List.of(GANGWAY, FIRST, TOMCAT, JETTY);

    /** The applications whose figures are in the README too, by the words that it has for them. */
    private static final Map<String, String> OF_README = Map.of("sample", "sample", "boot", "Spring Boot");

    /** Writes it into performance.md, and the figures into the README beside that directory, if there is one. */
    void write(Path directory) throws IOException {
        new Chapters(directory.resolve("performance.md")).put(text());
        Path readme = directory.toAbsolutePath().normalize().resolveSibling("README.md");
        if (Files.exists(readme)) {
            write(new Readme(readme));
        }
    }

    private void write(Readme readme) throws IOException {
        for (Comparison comparison : comparisons) {
            String words = OF_README.get(comparison.application());
            if (words == null) {
                continue;
            }
            readme.put("processor time of a start, " + words, parts(comparison, Measure.PROCESSOR));
            readme.put(
                    "memory after a start, " + words,
                    "%s MiB; Tomcat %s, Jetty %s"
                            .formatted(
                                    mebibytes(comparison, GANGWAY),
                                    mebibytes(comparison, TOMCAT),
                                    mebibytes(comparison, JETTY)));
        }
    }

    private static String parts(Comparison comparison, Measure measure) {
        return String.format(
                Locale.ROOT,
                "%.2f; Tomcat %.2f",
                comparison.ratio(GANGWAY, JETTY, measure).median(),
                comparison.ratio(TOMCAT, JETTY, measure).median());
    }

    private static String mebibytes(Comparison comparison, String server) {
        return String.format(
                Locale.ROOT, "%.0f", comparison.value(server, Measure.MEMORY).median());
    }

    private String text() {
        StringBuilder text = new StringBuilder(
                "# What a start costs\n\nWritten by `./benchmark start`, with the figures in the README; do not edit.\n\n");
        machine.forEach(line -> text.append("* ").append(line).append('\n'));
        text.append("* ")
                .append(rounds)
                .append(" rounds, in which each server is started once; medians, with the range in parentheses\n");
        text.append(
                """

                Time and processor time are those from the start of the process to the first good answer, by the
                program that users start and all that it starts. Memory is what is resident three seconds later.
                `gangway` has its class archive, `gangway-first` is a start without; `tomcat` is `catalina.sh run`,
                and `jetty` is `start.jar` with annotations, JNDI, JSP and WebSocket, which the others have always;
                all have the JVM options of their own. `sample` is the sample application; `examples` are those of
                Tomcat, JSPs among them, with a search for annotations; `boot` is Spring Boot.

                ## A start in parts of Jetty's

                """);
        ratios(text);
        text.append("\n## All figures of starts\n\n").append(Comparison.HEADING).append('\n');
        comparisons.forEach(comparison -> text.append(comparison.rows()));
        return text.toString();
    }

    private void ratios(StringBuilder text) {
        text.append("| | ").append(String.join(" | ", SERVERS)).append(" | gangway in parts of tomcat |\n|---|");
        text.append("--:|".repeat(SERVERS.size() + 1)).append('\n');
        for (Comparison comparison : comparisons) {
            for (Measure measure : Measure.values()) {
                text.append("| ")
                        .append(comparison.application())
                        .append(", ")
                        .append(measure)
                        .append(" | ");
                text.append(SERVERS.stream()
                        .map(server -> comparison.ratio(server, JETTY, measure).text("%.2f"))
                        .collect(Collectors.joining(" | ")));
                text.append(" | ")
                        .append(comparison.ratio(GANGWAY, TOMCAT, measure).text("%.2f"))
                        .append(" |\n");
            }
        }
    }
}
