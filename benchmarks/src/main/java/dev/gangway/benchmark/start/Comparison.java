package dev.gangway.benchmark.start;

import dev.gangway.benchmark.measure.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the servers have cost with one application.
 *
 * @param starts one for each round, by the name of the server
 */
record Comparison(String application, Map<String, List<Start>> starts) {
    static final String HEADING = "| application | server | "
            + Arrays.stream(Measure.values()).map(Measure::unit).collect(Collectors.joining(" | ")) + " |\n|---|---|"
            + "--:|".repeat(Measure.values().length);

    Spread value(String server, Measure measure) {
        return Spread.of(starts.get(server), measure::of);
    }

    /** {@return what a server has cost in parts of what another one has, by the rounds} */
    Spread ratio(String server, String other, Measure measure) {
        List<Start> own = starts.get(server);
        List<Start> reference = starts.get(other);
        return Spread.of(
                IntStream.range(0, own.size()).boxed().toList(),
                round -> measure.of(own.get(round)) / measure.of(reference.get(round)));
    }

    /** {@return a row for each server, below the heading} */
    String rows() {
        return starts.keySet().stream()
                .map(server -> "| " + application + " | " + server + " | "
                        + Arrays.stream(Measure.values())
                                .map(measure -> value(server, measure).text("%.0f"))
                                .collect(Collectors.joining(" | "))
                        + " |\n")
                .collect(Collectors.joining());
    }
}
