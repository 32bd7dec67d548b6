package dev.gangway.servlet.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gangway.servlet.figures.Durations.Histogram;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DurationsTest {
    private final Durations durations = new Durations();

    private void add(int times, long millis) {
        for (int i = 0; i < times; i++) {
            durations.add(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    @Test
    void countsByTheSmallestBoundThatIsKept() {
        add(2, 1);
        add(1, 2);
        add(3, 61_000);

        Histogram histogram = durations.histogram();
        assertThat(histogram.bounds()).startsWith(0.0005, 0.001, 0.0025).endsWith(60, Double.POSITIVE_INFINITY);
        assertThat(histogram.counts()).startsWith(0, 2, 1, 0).endsWith(0, 3).hasSameSizeAs(histogram.bounds());
        assertThat(histogram.count()).isEqualTo(6);
        assertThat(histogram.sum()).isCloseTo(183.004, within(1e-9));
    }

    @Test
    void quantilesAreBetweenTheBounds() {
        add(50, 80);
        add(50, 400);

        Histogram histogram = durations.histogram();
        assertThat(histogram.quantile(0.25)).isCloseTo(0.075, within(1e-9));
        assertThat(histogram.quantile(0.5)).isEqualTo(0.1);
        assertThat(histogram.quantile(0.99)).isBetween(0.25, 0.5);
        assertThat(histogram.quantile(1)).isEqualTo(0.5);
    }

    @Test
    void quantilesOfNothingAndOfWhatIsBeyondAllBounds() {
        assertThat(durations.histogram().quantile(0.99)).isZero();
        add(1, 600_000);
        assertThat(durations.histogram().quantile(0.99)).isEqualTo(60);
    }
}
