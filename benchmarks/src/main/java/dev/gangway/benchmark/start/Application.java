package dev.gangway.benchmark.start;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * An application that is started.
 *
 * @param location a WAR or a directory with the content of one
 * @param page what is asked for, below the context path
 */
record Application(String name, Path location, String page) {
    static final String CONTEXT_PATH = "/app";

    /** {@return the sample application with the API that it has from Gangway, for the others} */
    static Application sample(Path gangway) throws IOException {
        Path war = Files.createTempDirectory("start-").resolve("sample.war");
        Files.copy(gangway.resolve("demo/sample.war"), war);
        try (FileSystem files = FileSystems.newFileSystem(war);
                DirectoryStream<Path> jars = Files.newDirectoryStream(gangway.resolve("api"), "*.jar")) {
            Files.copy(jars.iterator().next(), files.getPath("WEB-INF/lib/api.jar"));
        }
        return new Application("sample", war, "/");
    }

    /**
     * {@return the examples of Tomcat, without their filters that only Tomcat has, and with the search for annotations
     * which they exclude; a page with a tag library is asked for}
     */
    static Application examples(Path tomcat) throws IOException {
        Path directory = Files.createTempDirectory("start-").resolve("examples");
        copy(tomcat.resolve("webapps/examples"), directory);
        Path descriptor = directory.resolve("WEB-INF/web.xml");
        Files.writeString(
                descriptor,
                Files.readString(descriptor)
                        .replaceAll("(?s)<filter>((?!</filter>).)*org\\.apache\\.catalina\\..*?</filter>", "")
                        .replaceAll("(?s)<filter-mapping>.*?</filter-mapping>", "")
                        .replace("metadata-complete=\"true\"", ""));
        return new Application("examples", directory, "/jsp/jsp2/simpletag/hello.jsp");
    }

    /** {@return an application of Spring Boot} */
    static Application boot(Path war) {
        return new Application("boot", war, "/hello?name=x");
    }

    String path() {
        return CONTEXT_PATH + page;
    }

    /** {@return the name that makes a container serve it at the context path} */
    String fileName() {
        return location.toString().endsWith(".war") ? "app.war" : "app";
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(Files.isDirectory(path) ? target : target.getParent());
                if (Files.isRegularFile(path)) {
                    Files.copy(path, target);
                }
            }
        }
    }
}
