package dev.gangway.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.requirements.Requirement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures of the README are those of the pages that tests and tools have written. */
class FiguresTest {
    private static final Pattern CHECK = Pattern.compile("(?m)^\\| FCGI-\\d+ \\| [^|]+ \\| (.+) \\|$");
    private static final Pattern EXCHANGES = Pattern.compile("(?m)^\\| exchanges \\| (.+) \\|$");
    private static final Pattern EQUAL = Pattern.compile("(?m)^\\| equal but for [^|]+ \\| (.+) \\|$");
    private static final Pattern RUN = Pattern.compile("(?m)^\\| run \\| (.+) \\|$");
    private static final Pattern PASSED = Pattern.compile("(?m)^\\| passed \\| (.+) \\|$");
    private static final Pattern MUTATIONS = Pattern.compile("(?m)^\\| `[^|]+ \\| (\\d+) \\| (\\d+) \\| \\d+ % \\|$");

    private static String page(String name) {
        return Documents.all().get(Path.of("docs", name + ".md"));
    }

    /** {@return the row of the README about something, which begins with these words} */
    private static String row(String words) {
        return Documents.all()
                .get(Documents.README)
                .lines()
                .filter(line -> line.startsWith("| " + words))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row on " + words));
    }

    @Test
    void checksOfTheProtocol() {
        List<String[]> checks = CHECK.matcher(page("conformance"))
                .results()
                .map(match -> match.group(1).split(" \\| "))
                .toList();

        assertThat(checks).isNotEmpty();
        assertThat(row("checks of the protocol failed"))
                .contains("| %d of %d; Go %d, libfcgi %d, php-fpm %d, jetty-fcgi-server %d |"
                        .formatted(
                                failed(checks, 0),
                                checks.size(),
                                failed(checks, 4),
                                failed(checks, 3),
                                failed(checks, 2),
                                failed(checks, 1)));
    }

    private static long failed(List<String[]> checks, int application) {
        return checks.stream()
                .filter(results -> results[application].equals("**fail**"))
                .count();
    }

    @Test
    void requirements() {
        int all = Requirement.all().size();

        // Whether each one has been proved is seen at the end of ./test, which fails otherwise.
        assertThat(row("requirements of")).contains("| %d of %d |".formatted(all, all));
    }

    @ParameterizedTest
    @CsvSource({
        "hello/unix/32, processor time of a small request",
        "hello/unix/8/new, 'the same, each on a new connection'",
        "upload/unix/8, 'the same, an upload of 10 MiB'"
    })
    void processorTime(String drive, String words) {
        assertThat(row(words))
                .contains("| %s; Tomcat by HTTP %s, by AJP %s, Jetty by FastCGI %s |"
                        .formatted(
                                cost(drive, "gangway"),
                                cost(drive, "tomcat-http"),
                                cost(drive, "tomcat-ajp"),
                                cost(drive, "jetty-fcgi")));
    }

    /** It has no AJP. */
    @Test
    void processorTimeBehindNginx() {
        String drive = "hello/unix/32/nginx";

        assertThat(row("the same, behind nginx"))
                .contains("| %s; Tomcat by HTTP %s, Jetty by FastCGI %s |"
                        .formatted(cost(drive, "gangway"), cost(drive, "tomcat-http"), cost(drive, "jetty-fcgi")));
    }

    /** {@return what stands in the first table of the page, without the range} */
    private static String cost(String drive, String contender) {
        return cell("| | ", "| " + drive + " | ", contender);
    }

    @ParameterizedTest
    @CsvSource({"sample, sample", "boot, Spring Boot"})
    void start(String application, String words) {
        assertThat(row("processor time of a start, " + words)).contains("| " + processor(application) + " |");
        assertThat(row("memory after a start, " + words)).contains("| " + memory(application) + " |");
    }

    private static String processor(String application) {
        String servers = "| | gangway | gangway-first | ";
        String row = "| " + application + ", processor time | ";
        return "%s; Tomcat %s".formatted(cell(servers, row, "gangway"), cell(servers, row, "tomcat"));
    }

    private static String memory(String application) {
        return "%s MiB; Tomcat %s, Jetty %s"
                .formatted(memory(application, "gangway"), memory(application, "tomcat"), memory(application, "jetty"));
    }

    private static String memory(String application, String server) {
        return cell("| application | server | ", "| " + application + " | " + server + " | ", "RSS MiB");
    }

    /**
     * {@return a cell of a table of the page, without the range}
     *
     * @param headings how the heading of the table begins
     * @param row how the row begins
     */
    private static String cell(String headings, String row, String column) {
        List<String> lines = page("performance")
                .lines()
                .dropWhile(line -> !line.startsWith(headings))
                .toList();
        assertThat(lines).as("table below " + headings).isNotEmpty();
        int index = split(lines.get(0)).indexOf(column);
        return lines.stream()
                .filter(line -> line.startsWith(row))
                .findFirst()
                .map(line -> split(line).get(index))
                .map(cell -> cell.replaceFirst(" \\(.*", ""))
                .orElseThrow(() -> new AssertionError("no row " + row));
    }

    private static List<String> split(String row) {
        return List.of(row.split(" *\\| *"));
    }

    @Test
    void differencesFromHttp() {
        List<String> exchanges = cells(EXCHANGES, "differences");
        List<String> equal = cells(EQUAL, "differences");

        // The first column is the raw client, the second one nginx.
        assertThat(row("exchanges that are as over HTTP"))
                .contains("| %s of %s; behind nginx %s of %s |"
                        .formatted(equal.get(0), exchanges.get(0), equal.get(1), exchanges.get(1)));
    }

    private static List<String> cells(Pattern row, String page) {
        return row.matcher(page(page))
                .results()
                .flatMap(match -> Arrays.stream(match.group(1).split(" \\| ")))
                .toList();
    }

    @Test
    void servletTck() {
        List<String> run = cells(RUN, "tck");
        List<String> passed = cells(PASSED, "tck");

        assertThat(run).isNotEmpty();
        assertThat(row("tests of the Servlet TCK passed"))
                .containsSubsequence(IntStream.range(0, run.size())
                        .mapToObj(server -> passed.get(server) + " of " + run.get(server))
                        .toList());
    }

    @Test
    void mutations() {
        List<MatchResult> rows = MUTATIONS.matcher(page("mutation")).results().toList();
        int all = rows.stream().mapToInt(row -> Integer.parseInt(row.group(1))).sum();
        int noticed =
                rows.stream().mapToInt(row -> Integer.parseInt(row.group(2))).sum();

        assertThat(rows).isNotEmpty();
        assertThat(row("changes to the code")).contains("| %d of %d |".formatted(noticed, all));
    }
}
