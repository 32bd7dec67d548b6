package dev.gangway.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.util.ServerInfo;
import org.eclipse.jetty.fcgi.server.ServerFCGIConnectionFactory;
import org.eclipse.jetty.util.Jetty;

/** Where something is measured, in words. */
public final class Machine {
    private Machine() {}

    /**
     * {@return date and machine, Java, and other versions, a line for each}
     *
     * @param options the options of the JVMs
     * @param versions what else is measured
     */
    public static List<String> describe(Path javaHome, String options, String versions) throws IOException {
        return List.of(
                LocalDate.now() + ", " + Runtime.getRuntime().availableProcessors() + " processors ("
                        + value("/proc/cpuinfo", "model name") + "), "
                        + value("/proc/meminfo", "MemTotal").replaceAll("(\\d+)\\d{6} kB", "$1 GB") + " of memory, "
                        + System.getProperty("os.name") + " " + System.getProperty("os.version"),
                "Java " + javaVersion(javaHome) + (options.isEmpty() ? "" : ", " + options),
                versions);
    }

    /** {@return the versions of the servers that are libraries of this program} */
    public static String libraries() {
        return "Jetty " + Jetty.VERSION + ", its own FastCGI "
                + ServerFCGIConnectionFactory.class.getPackage().getImplementationVersion() + ", "
                + ServerInfo.getServerInfo().replace("Apache Tomcat/", "Tomcat ");
    }

    private static String javaVersion(Path javaHome) throws IOException {
        try (Stream<String> lines = Files.lines(javaHome.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll(".*=|\"", ""))
                    .findFirst()
                    .orElse("?");
        }
    }

    private static String value(String file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.replaceAll("^.*?: *", ""))
                    .findFirst()
                    .orElse("?");
        }
    }
}
