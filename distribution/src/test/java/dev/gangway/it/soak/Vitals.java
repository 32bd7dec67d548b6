package dev.gangway.it.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM has in use.
 *
 * @param heapKib     the old generation after a garbage collection: what lives on, without what has just been made
 * @param residentKib of the whole process
 */
record Vitals(long heapKib, long residentKib, int threads, int descriptors) {
    private static final Pattern OLD = Pattern.compile("[Tt]enured(?: generation)? +total \\d+K, used (\\d+)K");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+)");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

    static Vitals of(long pid) {
        jcmd(pid, "GC.run");
        long heap = number(OLD, jcmd(pid, "GC.heap_info"));
        String status = status(pid);
        return new Vitals(heap, number(RESIDENT, status), (int) number(THREADS, status), descriptors(pid));
    }

    static int descriptors(long pid) {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String status(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/status"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the stacks of all threads} */
    static String stacks(long pid) {
        return jcmd(pid, "Thread.print");
    }

    private static String jcmd(long pid, String command) {
        String program = System.getProperty("java.home") + "/bin/jcmd";
        try {
            Process process = new ProcessBuilder(program, Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new IOException(output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(Pattern line, String text) {
        Matcher match = line.matcher(text);
        if (!match.find()) {
            throw new IllegalStateException("no " + line + " in " + text);
        }
        return Long.parseLong(match.group(1));
    }

    @Override
    public String toString() {
        return "heap %d MiB, resident %d MiB, %d threads, %d descriptors"
                .formatted(heapKib / 1024, residentKib / 1024, threads, descriptors);
    }
}
