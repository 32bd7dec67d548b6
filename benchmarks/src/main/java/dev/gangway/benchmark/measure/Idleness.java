package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.backend.Console;
import dev.gangway.benchmark.load.Drive;
import dev.gangway.benchmark.load.IdleConnections;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What connections cost on which nothing happens.
 *
 * @param connections how many, after one request on each
 */
public record Idleness(int connections) {
    /** Long enough for whatever waits for a next request to stop waiting. */
    private static final long REST_SECONDS = 3;

    /** {@return a table, a row for each contender that can tell what is alive in its heap} */
    public String run(List<Contender> contenders, Path javaHome, Path directory)
            throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder(
                "| " + connections
                        + " idle connections | live heap KiB/connection | RSS KiB/connection | CPU ms/s |\n|---|--:|--:|--:|\n");
        for (Contender contender : contenders) {
            if (contender.program().connections() < connections) {
                continue;
            }
            try (BackEnd backEnd = BackEnd.start(contender, javaHome, directory)) {
                table.append("| ").append(contender.name()).append(row(backEnd)).append(" |\n");
            }
        }
        return table.toString();
    }

    private String row(BackEnd backEnd) throws IOException, InterruptedException {
        // Whatever is made once is made before.
        IdleConnections.open(backEnd.target(Drive.Transport.UNIX), 100).close();
        long liveBefore = backEnd.ask(Console.LIVE);
        long residentBefore = Memory.resident(backEnd.process());
        try (IdleConnections idle = IdleConnections.open(backEnd.target(Drive.Transport.UNIX), connections)) {
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            ProcessorTime processor = ProcessorTime.now(backEnd.process(), null);
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            double used =
                    ProcessorTime.now(backEnd.process(), null).since(processor).backEnd();
            long live = backEnd.ask(Console.LIVE) - liveBefore;
            long resident = Memory.resident(backEnd.process()) - residentBefore;
            idle.askAll();
            return String.format(
                    Locale.ROOT,
                    " | %.1f | %.1f | %.1f",
                    live / 1024.0 / connections,
                    resident / 1024.0 / connections,
                    used * 1000 / REST_SECONDS);
        }
    }
}
