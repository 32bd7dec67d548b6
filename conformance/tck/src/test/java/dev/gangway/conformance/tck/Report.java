package dev.gangway.conformance.tck;

import static java.util.stream.Collectors.joining;

import dev.gangway.conformance.tck.Results.Outcome;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** What the TCK has found behind each web server, with the reason of each failure. */
final class Report {
    private final String version;
    private final List<Results> results;
    private final List<Reason> reasons;

    private Report(String version, List<Results> results, List<Reason> reasons) {
        this.version = version;
        this.results = results;
        this.reasons = reasons;
    }

    /**
     * Writes the page, and fails if a test has failed for no known reason, or has not failed in spite of one.
     *
     * @param args the page, the directory of results, the version of the TCK, and the web servers with their versions:
     *             {@code NGINX=1.26.3}
     */
    public static void main(String[] args) throws IOException {
        List<Results> results = new ArrayList<>();
        for (String text : List.of(args).subList(3, args.length)) {
            String[] server = text.split("=");
            results.add(Results.read(Path.of(args[1], server[0]), WebServer.valueOf(server[0]), server[1]));
        }
        Report report = new Report(args[2], results, Reason.all());
        Files.writeString(Path.of(args[0]), report.page());

        System.out.print(report.figures());
        List<String> surprises = report.surprises();
        surprises.forEach(System.out::println);
        System.exit(surprises.isEmpty() ? 0 : 1);
    }

    private String page() {
        return """
                # The Servlet TCK behind web servers

                Written by `./test --tck`; do not edit.

                The TCK, the technology compatibility kit, is the test of the Servlet specification by its authors. It tests a
                servlet container over HTTP; here, its requests go to a web server in front of Gangway, each of them in the
                configuration on its page. A test fails if the web server, FastCGI, or Gangway with Jetty in it does not do
                what the specification says, or does something that the test did not think of.

                * %s, Java %s, %s
                * [Servlet TCK](https://github.com/jakartaee/servlet) %s
                * `gangway serve` with `environment = ee11` for each application, `--redirects absolute` and `--users`

                """
                        .formatted(LocalDate.now(), System.getProperty("java.version"), machine(), version)
                + figures()
                + """

                What was not run: HTTP/2 push, which is optional and which browsers no longer take, and one test that the TCK
                has switched off. That an application may see the context of another is optional as well: Gangway hides it.

                ## What failed

                | test | behind | whose doing | why |
                |---|---|---|---|
                """
                + failed().stream().map(this::row).collect(joining());
    }

    private static String machine() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    private String figures() {
        StringBuilder table = new StringBuilder();
        table.append(row("", each -> each.server().title() + " " + each.version()));
        table.append("|---").append("|--:".repeat(results.size())).append("|\n");
        table.append(row("run", Results::run));
        table.append(row("passed", each -> each.all(Outcome.PASSED).size()));
        for (Reason.Who who : Reason.Who.values()) {
            table.append(row("failed because of " + who.title(), each -> failed(each, Optional.of(who))));
        }
        table.append(row("failed for no known reason", each -> failed(each, Optional.empty())));
        return table.toString();
    }

    private String row(String title, Function<Results, Object> cell) {
        return "| " + title + " | "
                + results.stream().map(cell).map(Object::toString).collect(joining(" | ")) + " |\n";
    }

    private long failed(Results of, Optional<Reason.Who> who) {
        return of.all(Outcome.FAILED).stream()
                .filter(test -> reason(test, of.server()).map(Reason::who).equals(who))
                .count();
    }

    /** {@return the tests that have failed behind any web server} */
    private TreeSet<String> failed() {
        TreeSet<String> tests = new TreeSet<>();
        results.forEach(each -> tests.addAll(each.all(Outcome.FAILED)));
        return tests;
    }

    /** One row for each reason that the test has behind some of the web servers. */
    private String row(String test) {
        return results.stream()
                .filter(each -> each.tests().get(test) == Outcome.FAILED)
                .map(each -> reason(test, each.server()))
                .distinct()
                .map(reason -> "| `%s` | %s | %s | %s |%n"
                        .formatted(
                                test,
                                results.stream()
                                        .filter(each -> each.tests().get(test) == Outcome.FAILED)
                                        .filter(each ->
                                                reason(test, each.server()).equals(reason))
                                        .map(each -> each.server().title())
                                        .collect(joining(", ")),
                                reason.map(known -> known.who().title()).orElse("?"),
                                reason.map(Reason::why).orElse("not known")))
                .collect(joining());
    }

    private Optional<Reason> reason(String test, WebServer server) {
        return reasons.stream().filter(reason -> reason.isFor(test, server)).findFirst();
    }

    private List<String> surprises() {
        List<String> surprises = new ArrayList<>();
        for (Results each : results) {
            each.all(Outcome.FAILED).stream()
                    .filter(test -> reason(test, each.server()).isEmpty())
                    .forEach(test -> surprises.add(each.server().title() + ": failed for no known reason: " + test));
            reasons.stream()
                    .filter(reason -> reason.servers().contains(each.server()))
                    .filter(reason -> each.tests().get(reason.test()) != Outcome.FAILED)
                    .forEach(reason -> surprises.add(each.server().title() + ": has not failed: " + reason.test()));
        }
        return surprises;
    }
}
