package dev.gangway.conformance.requirements;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of requirements, tests and results, of the outcomes of a complete run.
 *
 * <p>Immutable.
 */
public final class RequirementsTable {
    private final List<Requirement> requirements;
    private final Map<String, List<Outcome>> outcomes;

    RequirementsTable(List<Requirement> requirements, Collection<Outcome> outcomes) {
        this.requirements = requirements;
        this.outcomes = outcomes.stream().collect(Collectors.groupingBy(Outcome::requirement));
    }

    /**
     * Writes the table of what has been run, and fails if it is not complete.
     *
     * @param arguments the folder of the project, and where to write
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] arguments) throws IOException {
        RequirementsTable table = new RequirementsTable(Requirement.all(), outcomesBelow(Path.of(arguments[0])));
        Files.writeString(Path.of(arguments[1]), table.markdown());
        List<String> gaps = table.gaps();
        gaps.forEach(System.err::println);
        if (!gaps.isEmpty()) {
            System.exit(1);
        }
        System.out.println(table.requirements.size() + " requirements, each one proved by a test that passed");
    }

    private static List<Outcome> outcomesBelow(Path project) throws IOException {
        try (Stream<Path> tree = Files.find(
                project,
                5,
                (path, attributes) ->
                        path.toString().endsWith(".tsv") && path.getParent().endsWith("target/requirements"))) {
            List<Outcome> outcomes = new ArrayList<>();
            for (Path file : tree.toList()) {
                Files.readAllLines(file).forEach(line -> outcomes.add(Outcome.parse(line)));
            }
            return outcomes;
        }
    }

    /** {@return what keeps the table from being complete} */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        for (Requirement requirement : requirements) {
            List<Outcome> tests = outcomes.getOrDefault(requirement.name(), List.of());
            if (tests.isEmpty()) {
                gaps.add("no test names " + requirement.name() + ": " + requirement.text());
            }
            tests.stream()
                    .filter(test -> !test.passed())
                    .forEach(test -> gaps.add(requirement.name() + " did not pass in " + test.testClass()));
        }
        List<String> names = requirements.stream().map(Requirement::name).toList();
        new TreeMap<>(outcomes).forEach((name, tests) -> {
            if (!names.contains(name)) {
                gaps.add("there is no requirement " + name + ", which " + testClasses(tests) + " names");
            }
        });
        return gaps;
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                # Requirements and their tests

                What an application has to do that speaks FastCGI 1.0 for servlets, and the test classes that name it
                (`@Tag("FCGI-n")`). This file is made by `./test`, which fails if a requirement has no test or one of them
                does not pass.

                L: M = must, S = should, O = an option that behaves so if there is one. Sources: F§ = FastCGI 1.0,
                C§ = RFC 3875, S§ = Jakarta Servlet 6.1, I = what common web servers send or accept, D = a design rule
                where the specifications are silent.

                There is no option to leave out the padding (FCGI-19), to refuse bodies of unknown length (FCGI-69), or to
                read certificates from names of other web servers (FCGI-137): their configurations give the usual names.
                """);
        String subject = "";
        for (Requirement requirement : requirements) {
            if (!requirement.subject().equals(subject)) {
                subject = requirement.subject();
                text.append("\n## ").append(subject).append("\n\n");
                text.append("| | L | Requirement | Source | Tests | Result |\n|---|---|---|---|---|---|\n");
            }
            List<Outcome> tests = outcomes.getOrDefault(requirement.name(), List.of());
            text.append("| %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            requirement.name(),
                            requirement.strength(),
                            requirement.text().replace("|", "\\|"),
                            requirement.sources(),
                            testClasses(tests),
                            result(tests)));
        }
        return text.toString();
    }

    private static String testClasses(List<Outcome> tests) {
        return String.join(
                ", ", new TreeSet<>(tests.stream().map(Outcome::testClass).toList()));
    }

    private static String result(List<Outcome> tests) {
        if (tests.isEmpty()) {
            return "none";
        }
        return tests.stream().allMatch(Outcome::passed) ? "passed" : "failed";
    }
}
