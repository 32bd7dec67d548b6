package dev.gangway.benchmark.start;

import dev.gangway.benchmark.measure.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one start has cost.
 *
 * @param wallMillis from the start of the process to the first good answer
 * @param processorMillis processor time of the process and its children meanwhile
 * @param residentBytes how large it is when it has been idle for a while
 */
record Start(double wallMillis, double processorMillis, double residentBytes) {
    private static final long LIMIT_SECONDS = 120;
    private static final long POLL_MILLIS = 2;

    /** How long it is idle before its size is taken. */
    private static final long IDLE_MILLIS = 3_000;

    /** Starts it, asks it, and ends it. */
    static Start of(Server.Launch launch, Path directory) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process =
                process(launch.command(), launch.variables(), directory).start();
        try {
            while (!isAnswered(launch.visitor())) {
                if (!process.isAlive() || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                    throw new IOException("no good answer; see the log in " + directory);
                }
                Thread.sleep(POLL_MILLIS);
            }
            double wall = (System.nanoTime() - begin) / 1e6;
            double processor = Processes.seconds(process.toHandle()) * 1000;
            Thread.sleep(IDLE_MILLIS);
            return new Start(wall, processor, Processes.resident(process.toHandle()));
        } finally {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static boolean isAnswered(Visitor visitor) {
        try {
            return visitor.visit();
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs a program to its end. */
    static void finish(List<String> command, Map<String, String> variables, Path directory)
            throws IOException, InterruptedException {
        if (process(command, variables, directory).start().waitFor() != 0) {
            throw new IOException(command + " failed; see the log in " + directory);
        }
    }

    private static ProcessBuilder process(List<String> command, Map<String, String> variables, Path directory) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "GANGWAY_JAVA_OPTS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(variables);
        return builder;
    }
}
