package dev.gangway.conformance.tck;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.FreePort;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RunAs;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** {@code gangway serve} and the directory that it follows: what comes there is served. */
final class ServedDirectory implements AutoCloseable {
    /** Descriptors of the TCK have all versions of Servlet, but all of them are for the newest. */
    private static final String SETTINGS = "environment = ee11\n";

    private static final String USERS =
            """
            j2ee: j2ee,Administrator,Employee
            javajoe: javajoe,VP,Manager
            CN\\=CTS,\\ OU\\=Java\\ Software,\\ O\\=Sun\\ Microsystems\\ Inc.,\\ L\\=Burlington,\\ ST\\=MA,\\ C\\=US: \
            none,Administrator
            """;

    private final Path directory;
    private final Path log;
    private final Map<String, String> placeholders;
    private final ChildProcess process;

    private ServedDirectory(Path directory, Path log, Map<String, String> placeholders, ChildProcess process) {
        this.directory = directory;
        this.log = log;
        this.placeholders = placeholders;
        this.process = process;
    }

    /** Starts it with nothing to serve yet. */
    static ServedDirectory start(TempFolder folder) {
        Path directory = folder.resolve("applications");
        Path log = folder.resolve("gangway.log");
        Path users = folder.write("users.properties", USERS);
        Map<String, String> placeholders = Map.of(
                "fcgi.port", Integer.toString(FreePort.find()),
                "fcgi.socket", folder.resolve("app.sock").toString());
        List<String> command = List.of(
                Installation.built().command().toString(),
                "serve",
                directory.toString(),
                "--listen=tcp:127.0.0.1:" + placeholders.get("fcgi.port"),
                "--listen=unix:" + placeholders.get("fcgi.socket"),
                "--socket-group=" + RunAs.user(),
                // The TCK takes no other.
                "--redirects=absolute",
                "--users=" + users);
        Map<String, String> environment = Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                // Its servlets ask for it as well.
                "GANGWAY_JAVA_OPTS",
                "-Dservlet.tck.support.crossContext=false");
        try {
            Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ServedDirectory served =
                new ServedDirectory(directory, log, placeholders, ChildProcess.start(log, environment, command));
        served.await(0, "gangway: ready");
        return served;
    }

    /** The placeholders of configurations that connect to it. */
    Map<String, String> placeholders() {
        return placeholders;
    }

    /**
     * Deploys an application, and waits until it is served.
     *
     * @return its context path
     */
    String deploy(Archive<?> war) throws DeploymentException {
        String path = "/" + name(war);
        Path file = directory.resolve(war.getName());
        Path incomplete = directory.resolve("." + war.getName());
        try {
            long now = Files.size(log);
            Files.writeString(settings(war), SETTINGS);
            war.as(ZipExporter.class).exportTo(incomplete.toFile(), true);
            Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
            String line = await(now, path + " serves ", path + " is unavailable");
            if (line.contains(" is unavailable")) {
                throw new DeploymentException(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }

    /** The next application has another name, so nobody has to wait until this one is gone. */
    void undeploy(Archive<?> war) {
        try {
            Files.deleteIfExists(directory.resolve(war.getName()));
            Files.deleteIfExists(settings(war));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    private Path settings(Archive<?> war) {
        return directory.resolve(name(war) + ".properties");
    }

    private static String name(Archive<?> war) {
        return war.getName().replaceFirst("\\.war$", "");
    }

    /** Waits for a line of the log, from a byte of it on, that has one of some texts. */
    private String await(long from, String... texts) {
        AtomicReference<String> found = new AtomicReference<>();
        Await.until(() -> "gangway says " + String.join(" or ", texts) + ":\n" + process.log(), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("gangway ended:\n" + process.log());
            }
            line(from, texts).ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    /** Applications print much into it: all of it would be too much to read each time. */
    private Optional<String> line(long from, String... texts) {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> Stream.of(texts).anyMatch(line::contains))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
