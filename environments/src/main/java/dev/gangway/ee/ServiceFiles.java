package dev.gangway.ee;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files by which the jars of an application, and not those of the environment, offer a service. */
final class ServiceFiles {
    private static final Pattern JAR = Pattern.compile(".*/([^/]+)!/META-INF/services/.*");

    private ServiceFiles() {}

    /** {@return the classes that each of the jars offers, by the name of the jar} */
    static Map<String, Set<String>> read(ClassLoader application, String service) throws IOException {
        Map<String, Set<String>> classes = new TreeMap<>();
        if (application instanceof URLClassLoader jars) {
            for (URL file : Collections.list(jars.findResources("META-INF/services/" + service))) {
                classes.computeIfAbsent(jar(file), any -> new TreeSet<>()).addAll(lines(file));
            }
        }
        return classes;
    }

    private static String jar(URL file) {
        Matcher jar = JAR.matcher(file.toString());
        return jar.matches() ? jar.group(1) : "WEB-INF/classes";
    }

    private static List<String> lines(URL file) throws IOException {
        URLConnection connection = file.openConnection();
        // Otherwise the jar would stay open after the end of the application.
        connection.setUseCaches(false);
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
