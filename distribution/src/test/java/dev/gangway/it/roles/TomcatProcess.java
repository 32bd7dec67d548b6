package dev.gangway.it.roles;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.TempFolder;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Tomcat behind a web server, from which people come: one application, by HTTP and by AJP. */
record TomcatProcess(ChildProcess process, int http, int ajp) implements AutoCloseable {
    private static final Path LIBRARIES = Path.of(System.getProperty("gangway.applications"), "libraries");
    private static final Path MAIN = Path.of("src/test/resources/migrating/Tomcat11.java");

    static TomcatProcess start(TempFolder folder, Path application, String secret) {
        int http = FreePort.find();
        int ajp = http;
        while (ajp == http) {
            ajp = FreePort.find();
        }
        ChildProcess process = ChildProcess.start(
                folder.resolve("tomcat.log"),
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        classPath(),
                        MAIN.toAbsolutePath().toString(),
                        folder.resolve("tomcat").toString(),
                        application.toString(),
                        Integer.toString(http),
                        Integer.toString(ajp),
                        secret));
        TomcatProcess tomcat = new TomcatProcess(process, http, ajp);
        try {
            tomcat.awaitReady();
            return tomcat;
        } catch (AssertionError e) {
            tomcat.close();
            throw e;
        }
    }

    private void awaitReady() {
        Await.until("Tomcat is ready", () -> {
            assertThat(process.isAlive()).as(process.log()).isTrue();
            return process.log().contains("Tomcat is ready");
        });
    }

    private static String classPath() {
        return Stream.of("embed-core", "embed-el", "embed-jasper", "annotations-api")
                .map(name ->
                        LIBRARIES.resolve("tomcat-" + name + "-11.0.27.jar").toString())
                .collect(joining(File.pathSeparator));
    }

    /** The placeholders of configurations that connect to it. */
    Map<String, String> placeholders() {
        return Map.of("tomcat.port", Integer.toString(http), "ajp.port", Integer.toString(ajp));
    }

    @Override
    public void close() {
        process.close();
    }
}
