package dev.gangway.it.conformance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.Application;
import dev.gangway.conformance.Check;
import dev.gangway.conformance.Finding;
import dev.gangway.conformance.Finding.Result;
import dev.gangway.conformance.Suite;
import dev.gangway.conformance.record.FcgiNumbers;
import dev.gangway.it.harness.GangwayProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The checks against applications of others: what is known to work with web servers has to pass. */
class SideBySideIT {
    /** What php-fpm is known to do in its own way; no web server minds. */
    private static final Set<String> KNOWN_OF_PHP = Set.of(
            "FCGI-62", "FCGI-35", "FCGI-23", "FCGI-24", "FCGI-91", "FCGI-68", "FCGI-42", "FCGI-48", "FCGI-52",
            "FCGI-83", "FCGI-70");

    private static final Path DOCUMENT = Path.of("..", "docs", "conformance.md");

    @Test
    void phpFpmPassesWhatItIsKnownFor() {
        try (OtherApplication php = OtherApplication.phpFpm()) {
            Map<Check, Finding> findings = examine(php.application());

            assertThat(findings.keySet()).containsExactlyElementsOf(Suite.checks());
            Set<String> failed = new TreeSet<>();
            findings.forEach((check, finding) -> {
                if (finding.result() == Result.FAIL) {
                    failed.add(check.requirements());
                }
            });
            assertThat(KNOWN_OF_PHP).containsAll(failed);
        }
    }

    /** Writes the page of the documentation: {@code -Dgangway.full=true}. */
    @Test
    @EnabledIfSystemProperty(named = "gangway.full", matches = "true", disabledReason = "only with ./test --full")
    void documentation() throws IOException {
        Map<String, Map<Check, Finding>> findings = new LinkedHashMap<>();
        try (GangwayProcess gangway = GangwayProcess.start("--authorizer=/authorize", "--filter")) {
            findings.put(
                    "Gangway",
                    examine(new Application(
                            gangway.tcp(),
                            FcgiNumbers.RESPONDER,
                            Application.parameters("/probe/headers"),
                            OtherApplication.PATIENCE)));
        }
        try (OtherApplication other = OtherApplication.jetty()) {
            findings.put("jetty-fcgi-server", examine(other.application()));
        }
        try (OtherApplication other = OtherApplication.phpFpm()) {
            findings.put("php-fpm", examine(other.application()));
        }
        try (OtherApplication other = OtherApplication.libfcgi()) {
            findings.put("libfcgi", examine(other.application()));
        }
        try (OtherApplication other = OtherApplication.go()) {
            findings.put("Go net/http/fcgi", examine(other.application()));
        }

        Files.createDirectories(DOCUMENT.getParent());
        Files.writeString(DOCUMENT, introduction() + table(findings) + reasons(findings));

        assertThat(findings.get("Gangway").values()).noneMatch(finding -> finding.result() == Result.FAIL);
    }

    private static Map<Check, Finding> examine(Application application) {
        Map<Check, Finding> findings = new LinkedHashMap<>();
        Suite.run(application, findings::put);
        return findings;
    }

    private static String introduction() {
        try (InputStream text = SideBySideIT.class.getResourceAsStream("/conformance/introduction.md")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table(Map<String, Map<Check, Finding>> findings) {
        List<String> rows = new ArrayList<>();
        rows.add("| | what | " + String.join(" | ", findings.keySet()) + " |");
        rows.add("|---|---|" + "---|".repeat(findings.size()));
        for (Check check : Suite.checks()) {
            rows.add("| " + check.requirements() + " | " + check.what() + " | "
                    + findings.values().stream()
                            .map(column -> mark(column.get(check)))
                            .collect(joining(" | "))
                    + " |");
        }
        for (Result result : Result.values()) {
            rows.add("| | **" + result + "** | "
                    + findings.values().stream()
                            .map(column -> Long.toString(column.values().stream()
                                    .filter(finding -> finding.result() == result)
                                    .count()))
                            .collect(joining(" | "))
                    + " |");
        }
        return String.join("\n", rows) + "\n";
    }

    private static String mark(Finding finding) {
        return switch (finding.result()) {
            case PASS -> "pass";
            case ALLOWED -> "allowed";
            case NOT_APPLICABLE -> "–";
            case FAIL -> "**fail**";
        };
    }

    private static String reasons(Map<String, Map<Check, Finding>> findings) {
        StringBuilder text = new StringBuilder("\n## What was found\n");
        findings.forEach((name, column) -> {
            text.append("\n### ").append(name).append("\n\n");
            column.forEach((check, finding) -> {
                if (finding.result() == Result.FAIL || finding.result() == Result.ALLOWED) {
                    text.append("* ").append(check.requirements()).append(", ").append(check.what());
                    text.append(": ")
                            .append(mark(finding))
                            .append(", ")
                            .append(finding.reason())
                            .append('\n');
                }
            });
        });
        return text.toString();
    }
}
