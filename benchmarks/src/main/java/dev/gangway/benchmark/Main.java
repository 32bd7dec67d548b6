package dev.gangway.benchmark;

import dev.gangway.benchmark.load.Drive;
import dev.gangway.benchmark.measure.Contender;
import dev.gangway.benchmark.measure.Idleness;
import dev.gangway.benchmark.measure.Result;
import dev.gangway.benchmark.measure.Rounds;
import dev.gangway.benchmark.report.Machine;
import dev.gangway.benchmark.report.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code ./benchmark} command. */
@Command(
        name = "./benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "What a request costs, as a Markdown table. The ratio is that to jetty-http of CPU/request.")
public final class Main implements Callable<Integer> {
    @Parameters(
            paramLabel = "DRIVE",
            description = {
                "WORKLOAD/unix|tcp/CONNECTIONS[xREQUESTS][/new][/WEBSERVER]; workloads are hello, 16k, 1m, upload. hello/unix/32: 32 kept"
                        + " connections; hello/tcp/8/new: 8 at once, a new connection for each request; hello/unix/4x8: 8"
                        + " requests at once on each of 4 connections; hello/unix/32/nginx: 32 clients of an nginx before"
                        + " it (or httpd, haproxy, lighttpd). Default: ${DEFAULT-VALUE}."
            },
            defaultValue =
                    // First, since it warms up most.
                    "hello/unix/32 hello/unix/1 hello/unix/8 hello/unix/128 hello/unix/1024 hello/unix/8/new 16k/unix/32 1m/unix/8 upload/unix/8"
                            + " hello/tcp/32 hello/tcp/8/new 16k/tcp/32 1m/tcp/8 upload/tcp/8"
                            // Last, since Gangway remembers for ten minutes that requests have overlapped.
                            + " hello/unix/32/nginx hello/unix/32/httpd hello/unix/32/haproxy hello/unix/4x8",
            split = " ")
    private List<Drive> drives;

    @Option(
            names = {"-c", "--contenders"},
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES}. Default: those in Java.",
            completionCandidates = Main.Contenders.class)
    private List<Contender> contenders = Contender.SERVLET_CONTAINERS;

    @Option(
            names = "--other",
            paramLabel = "NAME=CLASSES",
            description = "One more contender: gangway with other classes of the connector, to compare two builds.")
    private Map<String, String> others = Map.of();

    @Option(names = "--rounds", description = "How often each contender has its turn. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--seconds", description = "How long each time. Default: ${DEFAULT-VALUE}.")
    private double seconds = 2;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            description =
                    "Before the rounds of a drive; four times as long before the first. Default: ${DEFAULT-VALUE}.")
    private double warmUp = 2;

    @Option(names = "--java", paramLabel = "HOME", description = "The JDK that runs the contenders. Default: this one.")
    private Path javaHome = Path.of(System.getProperty("java.home"));

    @Option(
            names = "--idle",
            paramLabel = "CONNECTIONS",
            description = "Drives nothing, but measures what so many idle connections cost.")
    private int idle;

    @Option(
            names = "--report",
            paramLabel = "DIRECTORY",
            description = "Also writes a chapter of performance.md with a picture there.")
    private Path report;

    private Main() {}

    private static final class Contenders extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Contenders() {
            super(Contender.ALL.stream().map(Contender::name).toList());
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .registerConverter(Drive.class, Drive::parse)
                .registerConverter(Contender.class, Contender::named)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<Contender> all = new ArrayList<>(contenders);
        others.forEach((name, classes) -> all.add(Contender.gangway(name, classes)));
        Path directory = Files.createTempDirectory("benchmark");
        // Web servers have their own user.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (idle > 0) {
            System.out.println(new Idleness(idle).run(all, javaHome, directory));
            return 0;
        }
        Rounds plan = new Rounds(rounds, warmUp, seconds);
        List<Result> results = plan.run(all, drives, javaHome, directory, System.out::println);
        if (report != null) {
            new Page(Machine.describe(javaHome, "-Xmx512m -XX:+UseG1GC", Machine.libraries()), plan, results)
                    .write(report);
        }
        return 0;
    }
}
