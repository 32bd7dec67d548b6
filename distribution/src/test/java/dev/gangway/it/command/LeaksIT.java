package dev.gangway.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Applications that leave something in the JVM, and are replaced. */
class LeaksIT {
    private static final int VERSIONS = 6;

    private static final String LOADER = " org.eclipse.jetty.ee.webapp.WebAppClassLoader ";

    @Test
    void whatAnApplicationLeavesDoesNotKeepItsClasses() throws IOException {
        try (TempFolder folder = TempFolder.create("leaks")) {
            Path apps = Files.createDirectory(folder.resolve("webapps"));
            WebApplication ee8 = WebApplication.create(folder.resolve("ee8"), Environment.EE8)
                    .classes("isolation/leaks");
            WebApplication ee11 = WebApplication.create(folder.resolve("ee11"), Environment.EE11)
                    .classes("isolation/leaks");
            try (Command gangway = Command.gangway("serve", apps.toString(), "--listen=unix:app.sock")) {
                gangway.awaitReady();
                for (int version = 0; version < VERSIONS; version++) {
                    put(ee8, apps.resolve("old.war"), version);
                    put(ee11, apps.resolve("new.war"), version);
                    awaitVersion(gangway, "/old/leaks", version);
                    awaitVersion(gangway, "/new/leaks", version);
                }

                Await.until("the classes of former versions are gone", () -> loaders(gangway) == 2);
                String name = "/new (" + apps.resolve("new.war") + ")";
                assertThat(gangway.err())
                        .contains(
                                name + " has left the JDBC driver app.Leaks$LeakyDriver, which is deregistered",
                                name + " has left the log handler app.Leaks$LeakyHandler, which is removed",
                                name + " has left the MBean app:context=new, which is unregistered",
                                name + " has left the security provider Leaky, which is removed",
                                name + " has left the shutdown hook leaky-hook, which runs now",
                                "the hook of the application has run");
            }
        }
    }

    @Test
    void threadThatStillRunsIsNamed() throws IOException {
        try (TempFolder folder = TempFolder.create("leaks")) {
            Path apps = Files.createDirectory(folder.resolve("webapps"));
            WebApplication application = WebApplication.create(folder.resolve("app"), Environment.EE11)
                    .classes("isolation/leaks")
                    .write("timer.txt", "");
            Path war = put(application, apps.resolve("timed.war"), 1);
            try (Command gangway = Command.gangway("serve", apps.toString(), "--listen=unix:app.sock")) {
                gangway.awaitReady();
                Files.delete(war);

                Await.until("it is named", () -> gangway.err()
                        .contains("/timed (" + war + ") has left the thread leaky-timer,"));
            }
        }
    }

    private static Path put(WebApplication application, Path war, int version) throws IOException {
        application.write("version.txt", "version " + version);
        Path hidden = application.pack(war.resolveSibling("." + war.getFileName()));
        return Files.move(hidden, war, StandardCopyOption.REPLACE_EXISTING);
    }

    /** By several connections at a time, so that several threads have been there. */
    private static void awaitVersion(Command gangway, String path, int version) {
        Await.until(path + " is " + version, () -> get(gangway, path).equals("version " + version));
        List<Peer> peers = Stream.generate(() -> connect(gangway)).limit(8).toList();
        peers.forEach(peer -> peer.get(1, 0, path));
        peers.forEach(peer -> {
            try (peer) {
                assertThat(peer.response(1).status()).isEqualTo(200);
            }
        });
    }

    private static String get(Command gangway, String path) {
        try (Peer peer = connect(gangway)) {
            return peer.get(1, 0, path).response(1).text();
        }
    }

    private static Peer connect(Command gangway) {
        return Peer.connect(UnixDomainSocketAddress.of(gangway.file("app.sock")));
    }

    /** {@return how many applications have their classes in memory, after a garbage collection} */
    private static int loaders(Command gangway) {
        try {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(gangway.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> line + " ")
                    .filter(line -> line.contains(LOADER))
                    .mapToInt(line -> Integer.parseInt(line.strip().split("\\s+")[1]))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
