package dev.gangway.benchmark.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * How one contender did at one drive, in all rounds.
 *
 * @param rounds      what was measured in each one
 * @param reference   the rounds of the contender that others are compared with, or empty if it has not taken part
 * @param systemCalls null if they could not be counted
 * @param resident    bytes of memory at the end
 */
public record Standing(
        Contender contender, List<Sample> rounds, List<Sample> reference, SystemCalls systemCalls, long resident) {
    static final String HEADINGS = "CPU us/request (range) | ratio (range) | requests/s | p50 us | p99 | p99.9 |"
            + " allocated bytes/request | RSS MiB | system calls/request | remarks |\n"
            + "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|---|\n";

    public Spread microsPerRequest() {
        return Spread.of(rounds, Sample::microsPerRequest);
    }

    /** {@return processor time in parts of that of the reference in the same round, or null without a reference} */
    public Spread ratio() {
        if (reference.isEmpty()) {
            return null;
        }
        List<Integer> indices = IntStream.range(0, rounds.size()).boxed().toList();
        return Spread.of(
                indices,
                i -> rounds.get(i).microsPerRequest() / reference.get(i).microsPerRequest());
    }

    public boolean noisy() {
        return rounds.stream().anyMatch(Sample::noisy);
    }

    /** {@return its row without the first column} */
    String toMarkdown() {
        Histogram latency = latency();
        double bytes = Spread.of(rounds, Sample::bytesPerRequest).median();
        return String.join(
                " | ",
                microsPerRequest().text("%.1f"),
                ratio() == null ? "" : ratio().text("%.2f"),
                whole(Spread.of(rounds, Sample::requestsPerSecond).median()),
                whole(latency.getValueAtPercentile(50) / 1e3),
                whole(latency.getValueAtPercentile(99) / 1e3),
                whole(latency.getValueAtPercentile(99.9) / 1e3),
                bytes <= 0 ? "" : whole(bytes),
                whole(resident / 1048576.0),
                Objects.toString(systemCalls, ""),
                remarks());
    }

    private Histogram latency() {
        // Of the same range, but empty.
        Histogram all = new Histogram(rounds.get(0).outcome().latency());
        rounds.forEach(round -> all.add(round.outcome().latency()));
        return all;
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private String remarks() {
        List<String> remarks = new ArrayList<>();
        double front = Spread.of(rounds, Sample::frontMicrosPerRequest).median();
        if (front > 0) {
            remarks.add(String.format(Locale.ROOT, "web server %.1f us", front));
        }
        if (noisy()) {
            double others = Spread.of(rounds, Sample::others).highest();
            remarks.add(String.format(Locale.ROOT, "noisy: others used %.1f processors", others));
        }
        long errors =
                rounds.stream().mapToLong(round -> round.outcome().errors()).sum();
        if (errors > 0) {
            remarks.add("**" + errors + " errors**: " + firstError());
        }
        return String.join("; ", remarks);
    }

    private String firstError() {
        return rounds.stream()
                .map(round -> round.outcome().firstError())
                .filter(Objects::nonNull)
                .flatMap(String::lines)
                .findFirst()
                .orElse("");
    }
}
