package dev.gangway.benchmark.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often a server calls the kernel.
 *
 * @param tracer     who has counted
 * @param perRequest by name of the call, the most frequent first
 */
record SystemCalls(Tracer tracer, Map<String, Double> perRequest) {
    /** Something that takes a while, and returns how many requests have been answered meanwhile. */
    interface Work {
        long run() throws IOException, InterruptedException;
    }

    /** Who can count, the better one first. */
    enum Tracer {
        /** In the kernel, which costs little. */
        PERF("begun", "(\\d+),,syscalls:sys_enter_(\\w+),.*") {
            @Override
            List<String> command(List<String> pids, Path file) {
                String events =
                        NAMES.stream().map(name -> "syscalls:sys_enter_" + name).collect(Collectors.joining(","));
                // What it runs tells that the counting has begun, and ends it by its end.
                String[] begin = {"sh", "-c", "echo begun; cat >/dev/null"};
                return Stream.concat(
                                Stream.of("perf", "stat", "-x,", "-o", file.toString(), "-e", events, "-p"),
                                Stream.concat(Stream.of(String.join(",", pids), "--"), Stream.of(begin)))
                        .toList();
            }
        },
        /** By stopping the server at each call, which multiplies those that wait and wake. */
        STRACE("attached", " *[\\d.]+ +[\\d.]+ +\\d+ +(\\d+) +(?:\\d+ +)?(\\w+)") {
            @Override
            List<String> command(List<String> pids, Path file) {
                return Stream.concat(
                                Stream.of("strace", "-f", "-c", "-o", file.toString()),
                                pids.stream().flatMap(pid -> Stream.of("-p", pid)))
                        .toList();
            }
        };

        /** Of those that a server calls at all often. */
        private static final List<String> NAMES = List.of(
                "read",
                "recvfrom",
                "write",
                "writev",
                "sendto",
                "epoll_wait",
                "epoll_pwait",
                "epoll_ctl",
                "poll",
                "futex",
                "accept",
                "accept4",
                "fcntl",
                "close",
                "sched_yield");

        private final String begun;
        private final Pattern line;

        Tracer(String begun, String line) {
            this.begun = begun;
            this.line = Pattern.compile(line);
        }

        abstract List<String> command(List<String> pids, Path file);
    }

    private static final int SHOWN = 4;

    /** {@return what a server and its children call meanwhile, or null if nothing here can count it, or nothing was answered} */
    static SystemCalls during(Work work, ProcessHandle server, Path directory)
            throws IOException, InterruptedException {
        List<String> pids = Stream.concat(Stream.of(server), server.descendants())
                .map(process -> Long.toString(process.pid()))
                .toList();
        for (Tracer tracer : Tracer.values()) {
            SystemCalls counted = count(tracer, work, pids, directory.resolve("system-calls"));
            if (counted != null) {
                return counted;
            }
        }
        return null;
    }

    private static SystemCalls count(Tracer tracer, Work work, List<String> pids, Path file)
            throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(tracer.command(pids, file))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            // It is not installed.
            return null;
        }
        try (BufferedReader said = process.inputReader()) {
            String first = said.readLine();
            if (first == null || !first.contains(tracer.begun)) {
                return null;
            }
            long requests = work.run();
            process.getOutputStream().close();
            if (tracer == Tracer.STRACE) {
                // Not by the process itself, which would drop what it says last.
                process.toHandle().destroy();
            }
            said.lines().forEach(line -> {});
            process.waitFor();
            return requests == 0
                    ? null
                    : new SystemCalls(tracer, perRequest(tracer.line, Files.readAllLines(file), requests));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, Double> perRequest(Pattern pattern, List<String> lines, long requests) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .filter(line -> !line.group(2).equals("total"))
                .sorted(Comparator.comparing(line -> -Long.parseLong(line.group(1))))
                .collect(Collectors.toMap(
                        line -> line.group(2),
                        line -> (double) Long.parseLong(line.group(1)) / requests,
                        Double::sum,
                        LinkedHashMap::new));
    }

    double all() {
        return perRequest.values().stream().mapToDouble(calls -> calls).sum();
    }

    /** {@return the number of all, and of the most frequent} */
    @Override
    public String toString() {
        return perRequest.entrySet().stream()
                .limit(SHOWN)
                .map(entry -> String.format(Locale.ROOT, "%s %.2f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(
                        ", ",
                        String.format(Locale.ROOT, "%.2f (", all()),
                        tracer == Tracer.PERF ? ")" : "; by strace)"));
    }
}
