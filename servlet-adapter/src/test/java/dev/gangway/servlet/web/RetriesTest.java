package dev.gangway.servlet.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.servlet.web.UnavailableContext.Failure;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final Path WAR = Path.of("/apps/app.war");
    private static final Failure FULL = new Failure(WAR, "the disk is full", true);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
    private final Retries retries = new Retries(clock::get);

    @Test
    void pausesDoubleUpToAMinute() {
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            retries.add(FULL);
            pass(seconds * 1_000L - 1);
            assertThat(retries.due()).isEmpty();
            pass(1);
            assertThat(retries.due()).containsExactly(WAR);
        }
    }

    /** An attempt may last. */
    @Test
    void applicationThatIsBeingTriedIsLeftAlone() {
        retries.add(FULL);
        pass(1_000);
        assertThat(retries.due()).containsExactly(WAR);

        pass(1_000_000);
        assertThat(retries.due()).isEmpty();
    }

    @Test
    void sameReasonIsToldOnce() {
        assertThat(retries.add(FULL)).isTrue();
        assertThat(retries.add(FULL)).isFalse();
        assertThat(retries.add(new Failure(WAR, "permission denied", true))).isTrue();
    }

    @Test
    void applicationThatChangedBeginsAnew() {
        retries.add(FULL);
        retries.add(FULL);
        retries.forget(WAR);
        assertThat(retries.due()).isEmpty();

        assertThat(retries.add(FULL)).isTrue();
        pass(1_000);
        assertThat(retries.due()).containsExactly(WAR);
    }

    private void pass(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
