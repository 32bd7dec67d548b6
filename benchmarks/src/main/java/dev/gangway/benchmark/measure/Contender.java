package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.backend.JettyBackEnd;
import dev.gangway.benchmark.backend.TomcatBackEnd;
import dev.gangway.benchmark.load.Protocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A way from a web server to the servlets.
 *
 * @param classPath what comes before the class path of the benchmark, perhaps nothing
 * @param kind      what its main class is told
 */
public record Contender(String name, Protocol protocol, Class<?> main, String kind, String classPath) {
    /** All that there are, by the order in tables. */
    public static final List<Contender> ALL = List.of(
            new Contender("gangway", Protocol.FASTCGI, JettyBackEnd.class, "gangway", ""),
            new Contender("jetty-http", Protocol.HTTP, JettyBackEnd.class, "http", ""),
            new Contender("jetty-fcgi", Protocol.FASTCGI, JettyBackEnd.class, "fcgi", ""),
            new Contender("tomcat-http", Protocol.HTTP, TomcatBackEnd.class, "http", ""),
            new Contender("tomcat-ajp", Protocol.AJP, TomcatBackEnd.class, "ajp", ""));

    /** What the others are compared with. */
    static final Contender REFERENCE = named("jetty-http");

    /** {@return this contender with other classes of the connector, for a comparison of before and after} */
    public Contender with(String otherName, String otherClasses) {
        return new Contender(otherName, protocol, main, kind, otherClasses);
    }

    /** {@return the contender of this name} */
    public static Contender named(String name) {
        return ALL.stream()
                .filter(contender -> contender.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is none of "
                        + ALL.stream().map(Contender::name).toList()));
    }

    /** {@return how to start it} */
    List<String> command(Path javaHome, int port, Path socket) {
        String own = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(
                javaHome.resolve("bin/java").toString(),
                "-Xmx512m",
                "-XX:+UseG1GC",
                "-cp",
                classPath.isEmpty() ? own : classPath + ":" + own));
        command.addAll(List.of(main.getName(), kind, Integer.toString(port), socket.toString()));
        return command;
    }
}
