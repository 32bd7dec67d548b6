package dev.gangway.servlet.figures;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** How long requests have taken, as a histogram: they are counted by the smallest bound that they keep. Thread-safe. */
public final class Durations {
    private static final double NANOS = 1e9;

    /** In seconds: about two and a half times each other. */
    private static final double[] BOUNDS = {
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, Double.POSITIVE_INFINITY
    };

    private static final long[] NANO_BOUNDS = Arrays.stream(BOUNDS)
            .limit(BOUNDS.length - 1L)
            .mapToLong(seconds -> (long) (seconds * NANOS))
            .toArray();

    private final LongAdder[] counts = new LongAdder[BOUNDS.length];
    private final LongAdder nanos = new LongAdder();

    Durations() {
        Arrays.setAll(counts, i -> new LongAdder());
    }

    void add(long durationNanos) {
        int index = Arrays.binarySearch(NANO_BOUNDS, durationNanos);
        counts[index < 0 ? -index - 1 : index].increment();
        nanos.add(durationNanos);
    }

    Histogram histogram() {
        return new Histogram(
                BOUNDS.clone(), Arrays.stream(counts).mapToLong(LongAdder::sum).toArray(), nanos.sum() / NANOS);
    }

    /**
     * What has been counted until a moment. The arrays belong to whoever has it.
     *
     * @param bounds in seconds, each larger than the one before; the last one is infinite
     * @param counts how many requests keep a bound, and not the one before
     * @param sum of all durations, in seconds
     */
    public record Histogram(double[] bounds, long[] counts, double sum) {
        public long count() {
            return Arrays.stream(counts).sum();
        }

        /**
         * {@return a duration in seconds that so many of the requests have not exceeded; between two bounds it is
         * estimated, beyond the last finite one it is that; 0 without any requests}
         *
         * @param part from 0 to 1
         */
        public double quantile(double part) {
            double rank = part * count();
            long below = 0;
            for (int i = 0; i < counts.length - 1; i++) {
                if (counts[i] > 0 && below + counts[i] >= rank) {
                    double from = i == 0 ? 0 : bounds[i - 1];
                    return from + (bounds[i] - from) * Math.max(0, rank - below) / counts[i];
                }
                below += counts[i];
            }
            return below == count() ? 0 : bounds[bounds.length - 2];
        }
    }
}
