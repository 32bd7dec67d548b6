package dev.gangway.servlet.figures;

import java.util.function.DoubleSupplier;

/**
 * A number that tells something of a server.
 *
 * @param group what it is about, for example {@code connections}
 * @param name which of its group it is, for example {@code open}
 * @param label what its name stands for if the figures of the group add up, for example {@code cause}; else null
 * @param kind whether it only grows
 * @param unit of its value, as a whole word
 * @param meaning a sentence without a full stop
 * @param source gives its value; any thread may ask
 */
public record Figure(
        String group, String name, String label, Kind kind, Unit unit, String meaning, DoubleSupplier source) {
    /** Whether a figure only grows, from 0 at the start of the process. */
    public enum Kind {
        COUNTER,
        GAUGE
    }

    /** What a figure counts. */
    public enum Unit {
        NUMBER,
        BYTES,
        SECONDS
    }

    static Figure gauge(String group, String name, String meaning, DoubleSupplier source) {
        return new Figure(group, name, null, Kind.GAUGE, Unit.NUMBER, meaning, source);
    }

    static Figure counter(String group, String name, String meaning, DoubleSupplier source) {
        return new Figure(group, name, null, Kind.COUNTER, Unit.NUMBER, meaning, source);
    }

    /** {@return a counter of a group that adds up} */
    static Figure part(String group, String label, String name, String meaning, DoubleSupplier source) {
        return new Figure(group, name, label, Kind.COUNTER, Unit.NUMBER, meaning, source);
    }

    Figure in(Unit other) {
        return new Figure(group, name, label, kind, other, meaning, source);
    }

    /** {@return its value at this moment} */
    public double value() {
        return source.getAsDouble();
    }
}
