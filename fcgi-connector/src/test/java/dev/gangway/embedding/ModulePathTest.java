package dev.gangway.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiNumbers;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jetty with the connector starts in a program that is a module, and in one that is none. */
class ModulePathTest {
    /** What the connector needs, and the logger that Jetty brings. */
    private static final Pattern NEEDED =
            Pattern.compile(".*/(fcgi-connector/target/classes|gangway-api\\S*\\.jar|api/target/classes"
                    + "|jetty-(server|http|io|util|slf4j-impl)-[^/]*\\.jar|slf4j-api-[^/]*\\.jar)");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"true, module dev.gangway.fcgi", "false, unnamed module"})
    void servesFromTheModulePathAndFromTheClassPath(boolean modules, String module) throws Exception {
        Process process = new ProcessBuilder(command(modules))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (Scanner said = new Scanner(process.getInputStream())) {
            assertThat(said.hasNextInt()).as("it has started").isTrue();
            int port = said.nextInt();
            assertThat(said.nextLine()).contains(module);
            try (Peer peer = Peer.connect(new InetSocketAddress("127.0.0.1", port), 0)) {
                FcgiResponse response = peer.get(1, FcgiNumbers.CLOSE, "/a?b").response(1);

                assertThat(response.body()).asString().isEqualTo("RESPONDER /a?b");
            }
            process.getOutputStream().close();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> command(boolean modules) throws Exception {
        String needed = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> NEEDED.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
        compile(modules, needed);
        String path = directory + File.pathSeparator + needed;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(
                modules
                        ? List.of("-p", path, "-m", "embedded/dev.gangway.embedding.Embedded")
                        : List.of("-cp", path, "dev.gangway.embedding.Embedded"));
        return command;
    }

    /** Compiles the program as somebody would who has nothing but the connector. */
    private void compile(boolean modules, String needed) throws Exception {
        Path module = Files.writeString(
                directory.resolve("module-info.java"), "module embedded { requires dev.gangway.fcgi; }");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", directory.toString()));
        arguments.addAll(List.of(modules ? "-p" : "-cp", needed));
        arguments.add("src/test/java/dev/gangway/embedding/Embedded.java");
        if (modules) {
            arguments.add(module.toString());
        }

        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, arguments.toArray(String[]::new));

        assertThat(status).as("it compiles").isZero();
    }
}
