package dev.gangway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.Finding.Result;
import dev.gangway.conformance.record.FcgiNumbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A correct application passes every check, and each fault is found by its own. */
class SuiteTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration IMPATIENCE = Duration.ofSeconds(2);

    @Test
    void correctApplicationPasses() throws IOException {
        try (TinyApplication tiny = new TinyApplication(null)) {
            Map<Check, Finding> findings = run(tiny, PATIENCE);

            assertThat(findings.keySet()).containsExactlyElementsOf(Suite.checks());
            assertThat(findings).allSatisfy((check, finding) -> assertThat(finding.result())
                    .as(check.what() + ": " + finding.reason())
                    .isNotEqualTo(Result.FAIL));
        }
    }

    @ParameterizedTest
    @EnumSource
    void faultIsFound(Fault fault) throws IOException {
        Check check = Suite.checks().stream()
                .filter(candidate -> candidate.what().equals(fault.check))
                .findFirst()
                .orElseThrow();
        try (TinyApplication correct = new TinyApplication(null);
                TinyApplication faulty = new TinyApplication(fault)) {
            assertThat(Suite.run(check, application(correct, PATIENCE)).result())
                    .isEqualTo(Result.PASS);

            Finding finding = Suite.run(check, application(faulty, fault.isSilence() ? IMPATIENCE : PATIENCE));

            assertThat(finding.result()).as(finding.reason()).isEqualTo(Result.FAIL);
            assertThat(finding.reason()).contains(fault.reason);
        }
    }

    @Test
    void nothingMoreIsTriedWithoutAnAnswer() throws IOException {
        try (TinyApplication silent = new TinyApplication(Fault.SILENT)) {
            assertThat(run(silent, IMPATIENCE)).hasSize(1);
        }
    }

    @Test
    void nothingMoreIsTriedWithADeadApplication() throws IOException {
        try (TinyApplication mortal = new TinyApplication(Fault.DIES_OF_HTTP)) {
            mortal.close();

            assertThat(run(mortal, IMPATIENCE)).hasSize(1);
        }
    }

    @Test
    void tableIsAlignedAndEndsWithTheSum() throws IOException {
        StringWriter text = new StringWriter();
        Report report = new Report(new PrintWriter(text), Report.Format.TEXT);
        Check first = Suite.checks().get(0);
        Check second = Suite.checks().get(1);

        report.begin();
        report.add(first, Finding.pass());
        report.add(second, Finding.fail("\u001b[31mred|"));
        report.end();

        assertThat(text.toString().lines())
                .containsExactly(
                        "FCGI-71   A plain request is answered and ended by REQUEST_COMPLETE" + " ".repeat(22) + "pass",
                        "FCGI-62   One empty record closes STDOUT before END_REQUEST" + " ".repeat(30)
                                + "fail            ?[31mred|",
                        "",
                        "2 of " + Suite.checks().size() + " checks: 1 pass, 1 fail");
        assertThat(report.failed()).isTrue();
    }

    @Test
    void tableInMarkdown() {
        StringWriter text = new StringWriter();
        Report report = new Report(new PrintWriter(text), Report.Format.MARKDOWN);

        report.begin();
        report.add(Suite.checks().get(0), Finding.allowed("a|b"));

        assertThat(text.toString().lines())
                .containsExactly(
                        "| requirement | what | result | |",
                        "|---|---|---|---|",
                        "| FCGI-71 | A plain request is answered and ended by REQUEST_COMPLETE | allowed | a\\|b |");
        assertThat(report.failed()).isFalse();
    }

    private static Map<Check, Finding> run(TinyApplication tiny, Duration patience) {
        Map<Check, Finding> findings = new LinkedHashMap<>();
        Suite.run(application(tiny, patience), findings::put);
        return findings;
    }

    private static Application application(TinyApplication tiny, Duration patience) {
        return new Application(tiny.address(), FcgiNumbers.RESPONDER, Application.parameters("/"), patience);
    }
}
