package dev.gangway.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.FcgiNumbers;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jetty with the connector starts in a program that has modules, and in one that has none. */
class ModulePathTest {
    /** What the connector needs, and the logger that Jetty brings. */
    private static final Pattern NEEDED =
            Pattern.compile(".*/(fcgi-connector/target/classes|gangway-api\\S*\\.jar|api/target/classes"
                    + "|jetty-(server|http|io|util|slf4j-impl)-[^/]*\\.jar|slf4j-api-[^/]*\\.jar)");

    @ParameterizedTest
    @CsvSource({"true, module dev.gangway.fcgi", "false, unnamed module"})
    void servesFromTheModulePathAndFromTheClassPath(boolean modules, String module) throws Exception {
        Process process = new ProcessBuilder(command(modules))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Scanner said = new Scanner(process.getInputStream())) {
            int port = said.nextInt();
            assertThat(said.nextLine()).contains(module);
            try (Peer peer = Peer.connect(new InetSocketAddress("127.0.0.1", port), 0)) {
                FcgiResponse response = peer.get(1, FcgiNumbers.CLOSE, "/a?b").response(1);

                assertThat(response.body()).asString().isEqualTo("RESPONDER /a?b");
            }
        } finally {
            process.getOutputStream().close();
            process.waitFor();
        }
        assertThat(process.exitValue()).isZero();
    }

    private static List<String> command(boolean modules) {
        String program = Path.of("target/test-classes").toAbsolutePath().toString();
        List<String> needed = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> NEEDED.matcher(entry).matches())
                .toList();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        if (modules) {
            command.addAll(List.of(
                    "--module-path", String.join(File.pathSeparator, needed), "--add-modules", "dev.gangway.fcgi"));
            command.addAll(List.of("-cp", program));
        } else {
            command.addAll(List.of("-cp", program + File.pathSeparator + String.join(File.pathSeparator, needed)));
        }
        command.add(Embedded.class.getName());
        return command;
    }
}
