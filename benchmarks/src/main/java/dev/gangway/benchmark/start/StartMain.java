package dev.gangway.benchmark.start;

import dev.gangway.benchmark.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code ./benchmark start} command. */
@Command(
        name = "./benchmark start",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "What a start costs, from exec to the first good answer, as a Markdown table: medians and ranges.")
public final class StartMain implements Callable<Integer> {
    @Option(names = "--rounds", description = "How often each server is started. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--java", paramLabel = "HOME", description = "The JDK that runs the servers. Default: this one.")
    private Path javaHome = Path.of(System.getProperty("java.home"));

    @Option(names = "--jvm", paramLabel = "OPTIONS", description = "Options for all JVMs. Default: none.")
    private String options = "";

    @Option(
            names = {"-a", "--applications"},
            split = ",",
            paramLabel = "NAME",
            description =
                    "sample, examples (of Tomcat; JSPs, annotations) or boot (Spring Boot). Default: all but examples, which Jetty 12.1.12 does not serve.")
    private List<String> applications = List.of("sample", "boot");

    @Option(names = "--servers", hidden = true, description = "Where Tomcat and Jetty are. Set by the script.")
    private Path servers;

    @Option(names = "--gangway", hidden = true, description = "The installation. Set by the script.")
    private Path gangway;

    @Option(names = "--boot", hidden = true, description = "The WAR of Spring Boot. Set by the script.")
    private Path boot;

    @Option(
            names = "--report",
            paramLabel = "DIRECTORY",
            description = "Also writes a chapter of performance.md there, and figures into the README beside it.")
    private Path report;

    private StartMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StartMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path tomcat = find("apache-tomcat-*");
        Path jetty = find("jetty-home-*");
        List<Server> contenders = List.of(
                new Server.Gangway(StartChapter.GANGWAY, gangway, true),
                new Server.Gangway(StartChapter.FIRST, gangway, false),
                new Server.Tomcat(tomcat),
                new Server.Jetty(jetty));
        List<String> machine = Machine.describe(javaHome, options, jetty.getFileName() + ", " + tomcat.getFileName());
        System.out.println(String.join("\n", machine) + "\n\n" + Comparison.HEADING);
        List<Comparison> comparisons = new ArrayList<>();
        for (Application application : applications(tomcat)) {
            Comparison comparison = new Comparison(application.name(), measure(application, contenders));
            System.out.print(comparison.rows());
            comparisons.add(comparison);
        }
        if (report != null) {
            new StartChapter(machine, rounds, comparisons).write(report);
        }
        return 0;
    }

    private List<Application> applications(Path tomcat) throws IOException {
        List<Application> known =
                List.of(Application.sample(gangway), Application.examples(tomcat), Application.boot(boot));
        List<String> names = known.stream().map(Application::name).toList();
        for (String name : applications) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is none of " + names);
            }
        }
        return known.stream()
                .filter(application -> applications.contains(application.name()))
                .toList();
    }

    /** {@return what each server, by its name, has cost in each round} */
    private Map<String, List<Start>> measure(Application application, List<Server> contenders)
            throws IOException, InterruptedException {
        Map<String, List<Start>> results = new LinkedHashMap<>();
        Map<Server, Server.Launch> launches = new LinkedHashMap<>();
        Map<Server, Path> directories = new LinkedHashMap<>();
        for (Server server : contenders) {
            Path directory = Files.createTempDirectory("start-" + server.name() + "-");
            directories.put(server, directory);
            launches.put(
                    server,
                    server.prepare(application, directory, new Server.Environment(javaHome.toAbsolutePath(), options)));
            results.put(server.name(), new ArrayList<>());
            // What is done once only, and what fills the caches of the system.
            Start.of(launches.get(server), directory);
        }
        for (int round = 0; round < rounds; round++) {
            for (Server server : contenders) {
                results.get(server.name()).add(Start.of(launches.get(server), directories.get(server)));
            }
        }
        return results;
    }

    private Path find(String name) throws IOException {
        try (Stream<Path> found = Files.list(servers)) {
            return found.filter(Files::isDirectory)
                    .filter(path -> path.getFileName().toString().startsWith(name.replace("*", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no " + name + " in " + servers));
        }
    }
}
