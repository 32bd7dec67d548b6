package dev.gangway.fcgi.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What all requests together may keep. */
@Tag("FCGI-84")
class InputBudgetTest {
    @Test
    void isSpentAtItsLimit() {
        InputBudget budget = InputBudget.of(100);

        budget.spend(99);
        assertThat(budget.isSpent()).isFalse();
        budget.spend(1);
        assertThat(budget.isSpent()).isTrue();
        budget.spend(-1);
        assertThat(budget.isSpent()).isFalse();
        assertThat(budget.spent()).isEqualTo(99);
    }

    @Test
    void isAmpleUpToItsHalf() {
        InputBudget budget = InputBudget.of(100);

        budget.spend(49);
        assertThat(budget.isAmple()).isTrue();
        budget.spend(1);
        assertThat(budget.isAmple()).isFalse();
    }

    @Test
    void isAnEighthOfTheMemoryIfNothingIsSaid() {
        InputBudget budget = InputBudget.of(0);

        budget.spend(BufferMemory.max() / 8 - 1);
        assertThat(budget.isSpent()).isFalse();
        budget.spend(1);
        assertThat(budget.isSpent()).isTrue();
    }
}
