package dev.gangway.benchmark.start;

import java.util.function.ToDoubleFunction;

/** What is measured of a start. */
enum Measure {
    TIME("time", "ms", Start::wallMillis),
    PROCESSOR("processor time", "CPU ms", Start::processorMillis),
    MEMORY("memory", "RSS MiB", start -> start.residentBytes() / (1 << 20));

    private final String words;
    private final String unit;
    private final ToDoubleFunction<Start> value;

    Measure(String words, String unit, ToDoubleFunction<Start> value) {
        this.words = words;
        this.unit = unit;
        this.value = value;
    }

    String unit() {
        return unit;
    }

    double of(Start start) {
        return value.applyAsDouble(start);
    }

    @Override
    public String toString() {
        return words;
    }
}
