package dev.gangway.conformance.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequirementsTableTest {
    private static final Requirement FIRST = new Requirement(1, "Start", "M", "starts", "F§2");
    private static final Requirement SECOND = new Requirement(2, "Start", "O", "a | b", "D");

    @Test
    void completeTableHasNoGaps() {
        RequirementsTable table = table(new Outcome("FCGI-1", "ATest", true), new Outcome("FCGI-2", "BTest", true));

        assertThat(table.gaps()).isEmpty();
        assertThat(table.markdown())
                .contains("| FCGI-1 | M | starts | F§2 | ATest | passed |")
                .contains("| FCGI-2 | O | a \\| b | D | BTest | passed |");
    }

    @Test
    void requirementWithoutTestIsAGap() {
        RequirementsTable table = table(new Outcome("FCGI-1", "ATest", true));

        assertThat(table.gaps()).containsExactly("no test names FCGI-2: a | b");
    }

    @Test
    void testThatFailsIsAGap() {
        RequirementsTable table = table(
                new Outcome("FCGI-1", "ATest", true),
                new Outcome("FCGI-1", "ATest", false),
                new Outcome("FCGI-2", "BTest", true));

        assertThat(table.gaps()).containsExactly("FCGI-1 did not pass in ATest");
        assertThat(table.markdown()).contains("| ATest | failed |");
    }

    @Test
    void tagWithoutRequirementIsAGap() {
        RequirementsTable table = table(
                new Outcome("FCGI-1", "ATest", true),
                new Outcome("FCGI-2", "BTest", true),
                new Outcome("FCGI-3", "CTest", true));

        assertThat(table.gaps()).containsExactly("there is no requirement FCGI-3, which CTest names");
    }

    @Test
    void requirementsAreNumberedWithoutAGap() {
        List<Integer> numbers =
                Requirement.all().stream().map(Requirement::number).sorted().toList();

        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void outcomeSurvivesItsFile() {
        Outcome outcome = new Outcome("FCGI-1", "ATest", false);

        assertThat(Outcome.parse(outcome.line())).isEqualTo(outcome);
    }

    private static RequirementsTable table(Outcome... outcomes) {
        return new RequirementsTable(List.of(FIRST, SECOND), List.of(outcomes));
    }
}
