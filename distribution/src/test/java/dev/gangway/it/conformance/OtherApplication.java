package dev.gangway.it.conformance;

import dev.gangway.conformance.Application;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.record.FcgiNumbers;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.RunAs;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A FastCGI application of somebody else, which answers by method, URI and length of the body. */
final class OtherApplication implements AutoCloseable {
    /** Some of them are silent at some checks, and each of these takes as long. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TempFolder folder = TempFolder.create("other");
    private final int port = FreePort.find();
    private Pairs parameters = Application.parameters("/page?q=1");
    private ChildProcess process;

    static OtherApplication phpFpm() {
        OtherApplication php = new OtherApplication();
        Path page = php.copy("index.php", Map.of());
        php.parameters = php.parameters.with("SCRIPT_FILENAME", page.toString());
        Path configuration = php.copy(
                "php-fpm.conf",
                Map.of(
                        "folder",
                        php.folder.path().toString(),
                        "user",
                        RunAs.user(),
                        "fcgi.port",
                        Integer.toString(php.port)));
        return php.start(newest("/usr/sbin", "php-fpm"), "-n", "-F", "-y", configuration.toString());
    }

    /** Its process ends by some of the checks, and a loop begins it anew. */
    static OtherApplication libfcgi() {
        OtherApplication c = new OtherApplication();
        Path source = c.copy("libfcgi.c", Map.of());
        Path program = c.folder.resolve("libfcgi");
        c.build("gcc", "-o", program.toString(), source.toString(), "-lfcgi");
        return c.start(
                "spawn-fcgi",
                "-n",
                "-a",
                "127.0.0.1",
                "-p",
                Integer.toString(c.port),
                "--",
                "/bin/sh",
                "-c",
                "while :; do " + program + "; done");
    }

    static OtherApplication go() {
        OtherApplication go = new OtherApplication();
        Path source = go.copy("go.go", Map.of());
        Path program = go.folder.resolve("go");
        go.build("go", "build", "-o", program.toString(), source.toString());
        return go.start(program.toString(), "127.0.0.1:" + go.port);
    }

    static OtherApplication jetty() {
        OtherApplication jetty = new OtherApplication();
        Path source = jetty.copy("JettyFastCgi.java", Map.of());
        return jetty.start(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("gangway.jetty-fcgi-server") + "/*",
                source.toString(),
                Integer.toString(jetty.port));
    }

    private OtherApplication start(String... command) {
        process = ChildProcess.start(folder.resolve("other.log"), environment(), List.of(command));
        try {
            Await.until("somebody listens: " + String.join(" ", command), () -> {
                if (!process.isAlive()) {
                    throw new AssertionError(process.log());
                }
                return isReachable();
            });
            return this;
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    private boolean isReachable() {
        try {
            application().reach();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void build(String... command) {
        try (ChildProcess build = ChildProcess.start(folder.resolve("build.log"), environment(), List.of(command))) {
            if (build.join() != 0) {
                throw new AssertionError(build.log());
            }
        }
    }

    private Map<String, String> environment() {
        return Map.of("GOCACHE", folder.resolve("go-cache").toString(), "GO111MODULE", "off");
    }

    Application application() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return new Application(address, FcgiNumbers.RESPONDER, parameters, PATIENCE);
    }

    private Path copy(String resource, Map<String, String> placeholders) {
        try (InputStream stream = OtherApplication.class.getResourceAsStream("/conformance/" + resource)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return folder.write(resource, placeholders.isEmpty() ? text : Template.fill(text, placeholders));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Debian has the version in the names of some programs. */
    private static String newest(String directory, String prefix) {
        try (Stream<Path> programs = Files.list(Path.of(directory))) {
            return programs.map(Path::toString)
                    .filter(program -> program.startsWith(directory + "/" + prefix))
                    .max(String::compareTo)
                    .orElseThrow(() -> new AssertionError("no " + prefix + ": run ./test, which installs it"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.crashTree();
        folder.close();
    }
}
