package dev.gangway.status;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static org.eclipse.jetty.util.StringUtil.sanitizeXmlString;

import dev.gangway.fcgi.incident.ActiveRequest;
import dev.gangway.servlet.figures.Durations.Histogram;
import dev.gangway.servlet.figures.Figure;
import dev.gangway.servlet.figures.Figures;
import dev.gangway.servlet.web.Deployment.Served;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The figures as a page for people, which follows the colours of the reader's system. It is complete without its script,
 * which draws how some of them change.
 */
final class Page {
    /** Nobody reads more, and the oldest ones come first. */
    private static final int MOST_REQUESTS = 100;

    /** The group whose members the page lists one by one. */
    private static final String LISTED = "applications";

    private static final String FRAME =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Gangway status</title>
            <script src="?script" defer></script>
            <style>
            :root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
            body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
            h1 { font-size: 1.4rem; margin: 0; }
            h2 { font-size: 1.05rem; margin: 1.8rem 0 .3rem; }
            p { margin: .2rem 0; }
            table { width: 100%%; border-collapse: collapse; }
            th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; font-weight: normal;
                border-top: 1px solid color-mix(in srgb, currentColor 20%%, transparent); overflow-wrap: anywhere; }
            thead th { border: 0; }
            .value { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            .name { width: 9rem; }
            td.value { width: 7rem; font-weight: 600; }
            .meaning, thead th, .aside { opacity: .72; }
            .bad { color: light-dark(#b3261e, #ff8a80); font-weight: 600; opacity: 1; }
            .path { font-family: ui-monospace, monospace; font-size: .9em; }
            .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1rem;
                margin-top: 1rem; }
            .charts[hidden] { display: none; }
            .stale { opacity: .4; }
            figure { margin: 0; }
            figcaption { font-size: .9em; min-height: 2.9em; }
            output { font-weight: 600; font-variant-numeric: tabular-nums; }
            .plot { position: relative; }
            .top { position: absolute; top: 0; left: .2rem; font-size: .75em; opacity: .72; }
            svg { display: block; width: 100%%; height: 5rem;
                border: solid color-mix(in srgb, currentColor 20%%, transparent); border-width: 1px 0; }
            polyline { fill: none; stroke: light-dark(#1a5fb4, #78aeed); stroke-width: 2;
                vector-effect: non-scaling-stroke; }
            .second { stroke: light-dark(#b35900, #ffbe6f); color: light-dark(#b35900, #ffbe6f); }
            .third { stroke: light-dark(#a51d2d, #ff8a80); color: light-dark(#a51d2d, #ff8a80); }
            </style>
            </head>
            <body>
            <h1>Gangway %s</h1>
            <p class="aside">process %d on Java %s, started %s ago; as of %s</p>
            <div class="charts" hidden>
            %s</div>
            %s
            <p class="aside">The same <a href="?json">as JSON</a> and <a href="?openmetrics">as metrics</a>.</p>
            </body>
            </html>
            """;

    private static final String CHART =
            """
            <figure id="%s">
            <figcaption>%s</figcaption>
            <div class="plot"><span class="top"></span>
            <svg viewBox="0 0 300 60" preserveAspectRatio="none" role="img" aria-label="%s of the last minutes">%s</svg></div>
            </figure>
            """;

    /** The classes of the lines of a chart, in their order. */
    private static final List<String> COLOURS = List.of("first", "second", "third");

    private Page() {}

    static String of(Figures figures) {
        String version = Figures.class.getPackage().getImplementationVersion();
        return FRAME.formatted(
                sanitizeXmlString(version == null ? "" : version),
                ProcessHandle.current().pid(),
                Runtime.version(),
                duration(figures.uptime()),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                charts(),
                applications(figures.applications())
                        + requests(figures.requests())
                        + durations(figures.durations())
                        + groups(figures));
    }

    private static String charts() {
        return chart("rate", "Requests a second", new Line("rate", ""))
                + chart(
                        "latency",
                        "Milliseconds a request",
                        new Line("p50", "50 %"),
                        new Line("p95", "95 %"),
                        new Line("p99", "99 %"))
                + chart("threads", "Threads", new Line("inUse", "in use"), new Line("active", "requests"));
    }

    /**
     * A line of a chart.
     *
     * @param of what it shows, as the script names it
     * @param label what readers call it, perhaps empty
     */
    private record Line(String of, String label) {}

    private static String chart(String id, String title, Line... lines) {
        StringBuilder caption = new StringBuilder(title);
        StringBuilder drawing = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            Line line = lines[i];
            caption.append(" <span class=\"%s\">%s <output data-of=\"%s\"></output></span>"
                    .formatted(COLOURS.get(i), line.label(), line.of()));
            drawing.append("<polyline class=\"%s\" data-of=\"%s\"/>".formatted(COLOURS.get(i), line.of()));
        }
        return CHART.formatted(id, caption, title, drawing);
    }

    static String script() {
        try (InputStream in = Page.class.getResourceAsStream("charts.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String durations(Histogram histogram) {
        String rows = Stream.of(50, 95, 99)
                .map(percent -> row(
                        cell("name", percent + " %"),
                        cell("value", millis(histogram.quantile(percent / 100.0))),
                        cell("meaning", percent + " of 100 requests have taken no longer, about")))
                .collect(joining());
        return table("Time of requests", rows);
    }

    private static String millis(double seconds) {
        return seconds < 1
                ? String.format(Locale.ROOT, "%.1f ms", seconds * 1000)
                : duration(Duration.ofMillis((long) (seconds * 1000)));
    }

    private static String applications(List<Served> applications) {
        String rows = applications.stream()
                .map(application -> row(
                        cell("path", application.contextPath()),
                        cell(application.reason() == null ? "" : "bad", word(application.state())),
                        cell("meaning", application.reason() == null ? "" : application.reason())))
                .collect(joining());
        return table("Applications", applications.isEmpty() ? row(cell("", "none")) : rows);
    }

    private static String requests(List<ActiveRequest> requests) {
        if (requests.isEmpty()) {
            return table("Active requests", row(cell("", "none")));
        }
        String head =
                "<thead><tr><th class=\"value\">age</th><th>state</th><th>role</th><th>request</th></tr></thead>\n";
        String rows = requests.stream()
                .limit(MOST_REQUESTS)
                .map(request -> row(
                        cell("value", duration(Duration.ofNanos(request.ageNanos()))),
                        cell("", word(request.phase())),
                        cell("", request.role() == null ? "unknown" : word(request.role())),
                        cell("path", request.path() == null ? "" : request.method() + " " + request.path())))
                .collect(joining());
        String more = requests.size() <= MOST_REQUESTS
                ? ""
                : "<p>and " + (requests.size() - MOST_REQUESTS) + " younger ones</p>\n";
        return table("Active requests", head + rows) + more;
    }

    private static String groups(Figures figures) {
        return Stream.concat(figures.ofServer().stream(), figures.ofMachine().stream())
                .filter(figure -> !figure.group().equals(LISTED))
                .collect(groupingBy(Figure::group, LinkedHashMap::new, toList()))
                .entrySet()
                .stream()
                .map(group -> table(title(group.getKey()), rows(group.getValue())))
                .collect(joining());
    }

    private static String rows(List<Figure> figures) {
        return figures.stream()
                .map(figure -> row(
                        cell("name", figure.name().replace('_', ' ')),
                        cell("value", value(figure)),
                        cell("meaning", figure.meaning())))
                .collect(joining());
    }

    private static String value(Figure figure) {
        double value = figure.value();
        return switch (figure.unit()) {
            case NUMBER -> String.format(Locale.ROOT, "%,d", (long) value);
            case BYTES -> bytes((long) value);
            case SECONDS -> duration(Duration.ofMillis((long) (value * 1000)));
        };
    }

    private static String bytes(long value) {
        if (value < 0) {
            return "no limit";
        }
        if (value < 10 * 1024) {
            return value + " B";
        }
        return value < 10L * 1024 * 1024 ? value / 1024 + " KiB" : value / 1024 / 1024 + " MiB";
    }

    private static String duration(Duration duration) {
        if (duration.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (duration.toHours() == 0) {
            return duration.toMinutesPart() + " min " + duration.toSecondsPart() + " s";
        }
        return (duration.toDays() == 0 ? "" : duration.toDays() + " d ") + duration.toHoursPart() + " h "
                + duration.toMinutesPart() + " min";
    }

    private static String table(String title, String rows) {
        return "<h2>" + title + "</h2>\n<table>\n" + rows + "</table>\n";
    }

    private static String row(String... cells) {
        return "<tr>" + String.join("", cells) + "</tr>\n";
    }

    private static String cell(String type, String text) {
        return (type.isEmpty() ? "<td>" : "<td class=\"" + type + "\">") + sanitizeXmlString(text) + "</td>";
    }

    private static String title(String group) {
        return group.substring(0, 1).toUpperCase(Locale.ROOT) + group.substring(1);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
