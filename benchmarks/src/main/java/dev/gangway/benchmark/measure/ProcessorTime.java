package dev.gangway.benchmark.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Processor time that has been used since some time, in seconds.
 *
 * @param backEnd by the process that is measured and its children
 * @param front   by the web server before it, if there is one
 * @param driver  by this process
 * @param all     by all processes and the kernel
 */
record ProcessorTime(double backEnd, double front, double driver, double all) {
    private static final double TICKS_PER_SECOND = 100;

    /** @param front null if there is none */
    static ProcessorTime now(ProcessHandle backEnd, ProcessHandle front) {
        return new ProcessorTime(
                ofTree(backEnd), front == null ? 0 : ofTree(front), of(ProcessHandle.current()), ofAll());
    }

    ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(
                backEnd - earlier.backEnd, front - earlier.front, driver - earlier.driver, all - earlier.all);
    }

    /** {@return what neither of them has used} */
    double others() {
        return Math.max(0, all - backEnd - front - driver);
    }

    private static double ofTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants())
                .mapToDouble(ProcessorTime::of)
                .sum();
    }

    /** User and system, also of children that have ended: fields 14 to 17 of proc(5), of which two may contain spaces. */
    private static double of(ProcessHandle process) {
        String stat = read(Path.of("/proc", Long.toString(process.pid()), "stat"));
        return sum(stat.substring(stat.lastIndexOf(')') + 1), 12, 4);
    }

    /** User, nice, system; irq, softirq and steal: all but idle and iowait. */
    private static double ofAll() {
        String line = read(Path.of("/proc/stat")).lines().findFirst().orElseThrow();
        return sum(line, 1, 3) + sum(line, 6, 3);
    }

    private static double sum(String fields, int first, int count) {
        return Arrays.stream(fields.split(" +"))
                        .skip(first)
                        .limit(count)
                        .mapToLong(Long::parseLong)
                        .sum()
                / TICKS_PER_SECOND;
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
