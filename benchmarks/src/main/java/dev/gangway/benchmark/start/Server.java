package dev.gangway.benchmark.start;

import dev.gangway.benchmark.measure.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How a server is set up with an application, and how it is started with it. */
interface Server {
    String name();

    /** {@return how it is started with an application, for which a directory of its own is set up} */
    Launch prepare(Application application, Path directory, Environment environment)
            throws IOException, InterruptedException;

    /**
     * What holds for all servers.
     *
     * @param javaHome the JDK
     * @param options more options of the JVM, perhaps none
     */
    record Environment(Path javaHome, String options) {
        String java() {
            return javaHome.resolve("bin/java").toString();
        }
    }

    /**
     * How a process is started, and how it is asked.
     *
     * @param command the program with its arguments
     * @param variables what the process has in its environment besides
     * @param visitor asks it
     */
    record Launch(List<String> command, Map<String, String> variables, Visitor visitor) {}

    /**
     * Gangway, on a Unix socket.
     *
     * @param isArchived whether it has its class archive
     */
    record Gangway(String name, Path home, boolean isArchived) implements Server {
        @Override
        public Launch prepare(Application application, Path directory, Environment environment)
                throws IOException, InterruptedException {
            Path socket = directory.resolve("app.sock");
            Map<String, String> variables = Map.of(
                    "JAVA_HOME", environment.javaHome().toString(),
                    "GANGWAY_JAVA_OPTS", environment.options(),
                    "GANGWAY_CACHE_DIR", isArchived ? directory.resolve("cache").toString() : "none");
            String program = home.resolve("bin/gangway").toString();
            if (isArchived) {
                Start.finish(List.of(program, "cache"), variables, directory);
            }
            return new Launch(
                    List.of(
                            program,
                            "run",
                            Application.CONTEXT_PATH + "=" + application.location(),
                            "--listen",
                            "unix:" + socket),
                    variables,
                    new Visitor.FastCgi(socket, application.path()));
        }
    }

    /** Tomcat as its archive has it, by {@code catalina.sh run}. */
    record Tomcat(Path home) implements Server {
        @Override
        public String name() {
            return "tomcat";
        }

        @Override
        public Launch prepare(Application application, Path directory, Environment environment) throws IOException {
            int port = Processes.freePort();
            Files.createDirectories(directory.resolve("temp"));
            Application.copy(home.resolve("conf"), directory.resolve("conf"));
            Application.copy(
                    application.location(), directory.resolve("webapps").resolve(application.fileName()));
            Path settings = directory.resolve("conf/server.xml");
            Files.writeString(
                    settings,
                    Files.readString(settings)
                            .replace("port=\"8005\"", "port=\"-1\"")
                            .replace("port=\"8080\"", "port=\"" + port + "\" address=\"127.0.0.1\""));
            return new Launch(
                    List.of("sh", home.resolve("bin/catalina.sh").toString(), "run"),
                    Map.of(
                            "JAVA_HOME", environment.javaHome().toString(),
                            "JAVA_OPTS", environment.options(),
                            "CATALINA_BASE", directory.toString()),
                    new Visitor.Http(port, application.path()));
        }
    }

    /** Jetty's own distribution, by {@code start.jar}, with what the other two have always. */
    record Jetty(Path home) implements Server {
        private static final String MODULES =
                "http,ee11-deploy,ee11-annotations,ee11-plus,ee11-jsp,ee11-jstl,ee11-websocket-jakarta";

        @Override
        public String name() {
            return "jetty";
        }

        @Override
        public Launch prepare(Application application, Path directory, Environment environment)
                throws IOException, InterruptedException {
            int port = Processes.freePort();
            String program = home.resolve("start.jar").toString();
            Start.finish(List.of(environment.java(), "-jar", program, "--add-modules=" + MODULES), Map.of(), directory);
            Application.copy(
                    application.location(), directory.resolve("webapps").resolve(application.fileName()));
            Stream<String> options = Stream.of(environment.options().split(" ")).filter(option -> !option.isEmpty());
            List<String> command = Stream.of(
                            Stream.of(environment.java()),
                            options,
                            Stream.of("-jar", program, "jetty.http.port=" + port, "jetty.http.host=127.0.0.1"))
                    .flatMap(words -> words)
                    .toList();
            return new Launch(command, Map.of(), new Visitor.Http(port, application.path()));
        }
    }
}
