package dev.gangway.benchmark.measure;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The middle one of some values, and the outermost. */
public record Spread(double lowest, double median, double highest) {
    /** {@return the spread of a value of some items, of which there is at least one} */
    public static <T> Spread of(List<T> items, ToDoubleFunction<T> value) {
        double[] sorted = items.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** {@return the median with the range, each one in this format} */
    public String text(String format) {
        return String.format(Locale.ROOT, format + " (" + format + "-" + format + ")", median, lowest, highest);
    }
}
