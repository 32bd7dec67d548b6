package dev.gangway.benchmark.start;

import dev.gangway.benchmark.measure.Spread;
import dev.gangway.benchmark.report.Machine;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
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
        description = "What a start costs, from exec to the first good answer, as a Markdown table: medians and ranges,"
                + " and the ratios of gangway to the others (medians of the ratios of each round).")
public final class StartMain implements Callable<Integer> {
    private static final String ARCHIVED = "gangway";

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
            description = "sample, examples (of Tomcat; JSPs) or boot (Spring Boot). Default: all.")
    private List<String> applications = List.of("sample", "examples", "boot");

    @Option(names = "--servers", hidden = true, description = "Where Tomcat and Jetty are. Set by the script.")
    private Path servers;

    @Option(names = "--gangway", hidden = true, description = "The installation. Set by the script.")
    private Path gangway;

    @Option(names = "--boot", hidden = true, description = "The WAR of Spring Boot. Set by the script.")
    private Path boot;

    private StartMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StartMain()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Path tomcat = find("apache-tomcat-*");
        Path jetty = find("jetty-home-*");
        List<Server> contenders = List.of(
                new Server.Gangway(ARCHIVED, gangway, true),
                new Server.Gangway("gangway-first", gangway, false),
                new Server.Tomcat(tomcat),
                new Server.Jetty(jetty));
        Map<String, Application> known = Map.of(
                "sample", new Application("sample", sample(), "/"),
                "examples",
                        new Application(
                                "examples", tomcat.resolve("webapps/examples"), "/jsp/jsp2/el/basic-arithmetic.jsp"),
                "boot", new Application("boot", boot, "/hello?name=x"));
        System.out.println(String.join("\n", Machine.describe(javaHome, options)));
        System.out.println(jetty.getFileName() + ", " + tomcat.getFileName() + "\n");
        System.out.println("| application | server | ms | ratio | CPU ms | ratio | RSS MiB | ratio |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        for (String name : applications) {
            Application application = known.get(name);
            if (application == null) {
                throw new IllegalArgumentException("'" + name + "' is none of " + known.keySet());
            }
            Map<String, List<Start>> starts = measure(application, contenders);
            starts.forEach((server, own) -> print(application, server, own, starts.get(ARCHIVED)));
        }
        return 0;
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

    private static void print(Application application, String server, List<Start> starts, List<Start> reference) {
        System.out.println("| " + application.name() + " | " + server + " | "
                + cells(starts, reference, Start::wallMillis) + " | "
                + cells(starts, reference, Start::processorMillis) + " | "
                + cells(starts, reference, start -> start.residentBytes() / (1 << 20)) + " |");
    }

    private static String cells(List<Start> starts, List<Start> reference, ToDoubleFunction<Start> value) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < starts.size(); i++) {
            ratios.add(value.applyAsDouble(reference.get(i)) / value.applyAsDouble(starts.get(i)));
        }
        return Spread.of(starts, value).text("%.0f") + " | "
                + Spread.of(ratios, Double::doubleValue).text("%.2f");
    }

    /** {@return the sample application with the API that it has from Gangway, for the others} */
    private Path sample() throws IOException {
        Path war = Files.createTempDirectory("start-").resolve("sample.war");
        Files.copy(gangway.resolve("demo/sample.war"), war);
        try (FileSystem files = FileSystems.newFileSystem(war);
                DirectoryStream<Path> jars = Files.newDirectoryStream(gangway.resolve("api"), "*.jar")) {
            Files.copy(jars.iterator().next(), files.getPath("WEB-INF/lib/api.jar"));
        }
        return war;
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
