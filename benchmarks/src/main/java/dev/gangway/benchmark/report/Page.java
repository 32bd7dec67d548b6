package dev.gangway.benchmark.report;

import dev.gangway.benchmark.Workload;
import dev.gangway.benchmark.load.Drive;
import dev.gangway.benchmark.measure.Result;
import dev.gangway.benchmark.measure.Rounds;
import dev.gangway.benchmark.measure.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What has been measured, as a page with a picture.
 *
 * @param machine lines about where it was measured
 */
public record Page(List<String> machine, Rounds rounds, List<Result> results) {
    private static final String PICTURE = "performance.svg";

    /** Writes a chapter of performance.md and its picture. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        new Chapters(directory.resolve("performance.md")).put(text());
        Files.writeString(directory.resolve(PICTURE), picture().toSvg());
    }

    private String text() {
        StringBuilder text = new StringBuilder("# What a request costs\n\nWritten by `./benchmark`; do not edit.\n\n");
        machine.forEach(line -> text.append("* ").append(line).append('\n'));
        text.append(String.format(
                Locale.ROOT,
                "* %d rounds of %.1f s for each contender in turn; medians, with the range in parentheses%n",
                rounds.rounds(),
                rounds.seconds()));
        text.append(
                """

                Each contender is a process of its own, the Java ones with the same servlets, heap and collector. A
                drive is named WORKLOAD/TRANSPORT/CONNECTIONS; `new`: a new connection for each request; `4x8`: 8
                requests at once on each of 4 connections; a web server: clients ask it. Requests have the headers of
                a browser, about 30 parameters, and differ from each other; every answer is checked. A row is *noisy*
                if other processes have used more than a tenth of a processor meanwhile.

                ## Processor time of the back end, in parts of that of Jetty's HTTP/1.1

                """);
        ratios(text);
        text.append("\n![Processor time of a request as connections grow](" + PICTURE + ")\n\n## All figures\n");
        results.forEach(result -> text.append('\n').append(result.toMarkdown()));
        return text.toString();
    }

    private void ratios(StringBuilder text) {
        List<String> contenders = results.stream()
                .flatMap(result -> result.standings().stream())
                .map(standing -> standing.contender().name())
                .distinct()
                .toList();
        text.append("| | ").append(String.join(" | ", contenders)).append(" |\n|---|");
        text.append("--:|".repeat(contenders.size())).append('\n');
        for (Result result : results) {
            text.append("| ").append(result.drive()).append(" | ");
            contenders.forEach(name -> text.append(ratio(result, name)).append(" | "));
            text.deleteCharAt(text.length() - 1).append('\n');
        }
    }

    private static String ratio(Result result, String contender) {
        return result.standings().stream()
                .filter(standing -> standing.contender().name().equals(contender))
                .map(Standing::ratio)
                .filter(Objects::nonNull)
                .findFirst()
                .map(ratio -> ratio.text("%.2f"))
                .orElse("");
    }

    private Chart picture() {
        Map<String, List<Chart.Point>> curves = new LinkedHashMap<>();
        for (Result result : results) {
            Drive drive = result.drive();
            if (drive.workload() == Workload.HELLO
                    && drive.transport() == Drive.Transport.UNIX
                    && drive.kept()
                    && drive.overlapping() == 1
                    && drive.front() == null) {
                result.standings().forEach(standing -> curves.computeIfAbsent(
                                standing.contender().name(), name -> new ArrayList<>())
                        .add(new Chart.Point(
                                drive.connections(), standing.microsPerRequest().median())));
            }
        }
        curves.values().forEach(points -> points.sort((a, b) -> Double.compare(a.x(), b.x())));
        return new Chart("hello, kept Unix-domain connections", "connections", "CPU us/request", curves);
    }
}
