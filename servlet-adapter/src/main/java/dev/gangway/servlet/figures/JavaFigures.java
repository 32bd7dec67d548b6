package dev.gangway.servlet.figures;

import static dev.gangway.servlet.figures.Figure.gauge;

import dev.gangway.servlet.figures.Figure.Kind;
import dev.gangway.servlet.figures.Figure.Unit;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

/** What the Java virtual machine tells of itself. */
final class JavaFigures {
    private JavaFigures() {}

    static List<Figure> all() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        List<Figure> all = new ArrayList<>();
        all.add(bytes("heap", "memory of Java objects in use", () -> memory.getHeapMemoryUsage()
                .getUsed()));
        all.add(bytes("heap_max", "memory that Java objects may take", () -> memory.getHeapMemoryUsage()
                .getMax()));
        all.add(bytes("other", "memory of classes and compiled code", () -> memory.getNonHeapMemoryUsage()
                .getUsed()));
        all.add(new Figure(
                "collection",
                "runs",
                null,
                Kind.COUNTER,
                Unit.NUMBER,
                "runs of the garbage collector",
                collectors(GarbageCollectorMXBean::getCollectionCount)));
        DoubleSupplier millis = collectors(GarbageCollectorMXBean::getCollectionTime);
        all.add(new Figure(
                "collection",
                "time",
                null,
                Kind.COUNTER,
                Unit.SECONDS,
                "time that these took",
                () -> millis.getAsDouble() / 1000));
        return List.copyOf(all);
    }

    private static Figure bytes(String name, String meaning, DoubleSupplier source) {
        return gauge("memory", name, meaning, source).in(Unit.BYTES);
    }

    /** A collector that does not know says -1. */
    private static DoubleSupplier collectors(ToLongFunction<GarbageCollectorMXBean> count) {
        return () -> ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(count)
                .map(value -> Math.max(0, value))
                .sum();
    }
}
