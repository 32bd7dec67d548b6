package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.load.Drive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * All rounds of one drive.
 *
 * @param samples round by round, in each one the contenders in the same order
 */
public record Result(Drive drive, List<Sample> samples) {
    private static final String REFERENCE = "jetty-http";

    /** {@return a table, a row for each contender} */
    public String toMarkdown() {
        StringBuilder table =
                new StringBuilder("| " + drive + " | CPU us/request (range) | ratio (range) | requests/s |"
                        + " p50 us | p99 | p99.9 | bytes/request | |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
        contenders().forEach(contender -> table.append(row(contender)));
        return table.toString();
    }

    private List<Contender> contenders() {
        return samples.stream().map(Sample::contender).distinct().toList();
    }

    private List<Sample> of(Contender contender) {
        return samples.stream()
                .filter(sample -> sample.contender().equals(contender))
                .toList();
    }

    private String row(Contender contender) {
        List<Sample> own = of(contender);
        Spread micros = Spread.of(own, Sample::microsPerRequest);
        Spread ratio = ratio(own);
        Histogram latency = new Histogram(own.get(0).outcome().latency());
        own.forEach(sample -> latency.add(sample.outcome().latency()));
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %.0f | %s | %s | %s | %.0f | %s |%n",
                contender.name(),
                micros.text("%.1f"),
                ratio == null ? "" : ratio.text("%.2f"),
                Spread.of(own, Sample::requestsPerSecond).median(),
                micros(latency, 50),
                micros(latency, 99),
                micros(latency, 99.9),
                Spread.of(own, Sample::bytesPerRequest).median(),
                remarks(own));
    }

    /** {@return by how much more than the reference, in the same round, or null without a reference} */
    private Spread ratio(List<Sample> own) {
        List<Sample> reference = samples.stream()
                .filter(sample -> sample.contender().name().equals(REFERENCE))
                .toList();
        if (reference.isEmpty()) {
            return null;
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            ratios.add(own.get(i).microsPerRequest() / reference.get(i).microsPerRequest());
        }
        return Spread.of(ratios, ratio -> ratio);
    }

    private static String micros(Histogram nanos, double percentile) {
        return String.format(Locale.ROOT, "%.0f", nanos.getValueAtPercentile(percentile) / 1e3);
    }

    private static String remarks(List<Sample> own) {
        List<String> remarks = new ArrayList<>();
        if (own.stream().anyMatch(Sample::noisy)) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "noisy: others used %.1f processors",
                    Spread.of(own, Sample::others).highest()));
        }
        long errors =
                own.stream().mapToLong(sample -> sample.outcome().errors()).sum();
        if (errors > 0) {
            String first = own.stream()
                    .map(sample -> sample.outcome().firstError())
                    .filter(error -> error != null)
                    .findFirst()
                    .orElseThrow();
            remarks.add(
                    "**" + errors + " errors**: " + first.lines().findFirst().orElse(""));
        }
        return String.join("; ", remarks);
    }

    /** The middle one of some values, and the outermost. */
    record Spread(double lowest, double median, double highest) {
        static <T> Spread of(List<T> items, ToDoubleFunction<T> value) {
            double[] sorted = items.stream().mapToDouble(value).sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(sorted[0], median, sorted[sorted.length - 1]);
        }

        String text(String format) {
            return String.format(Locale.ROOT, format + " (" + format + "-" + format + ")", median, lowest, highest);
        }
    }
}
