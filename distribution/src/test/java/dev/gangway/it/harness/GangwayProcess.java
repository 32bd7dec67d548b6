package dev.gangway.it.harness;

import dev.gangway.conformance.peer.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code gangway run}, on a TCP port and on a Unix socket. */
public final class GangwayProcess implements AutoCloseable {
    private final TempFolder folder;
    private final Path socket;
    private final int port;
    private final ChildProcess process;

    private GangwayProcess(TempFolder folder, Path socket, int port, ChildProcess process) {
        this.folder = folder;
        this.socket = socket;
        this.port = port;
        this.process = process;
    }

    /** Starts it with the sample and further options. */
    public static GangwayProcess start(String... options) {
        return start(List.of("/=" + Installation.built().sampleWar()), options);
    }

    /** Starts it with some applications and further options. */
    public static GangwayProcess start(List<String> applications, String... options) {
        return start(Map.of(), applications, options);
    }

    /** Starts it with further variables in its environment. */
    public static GangwayProcess start(Map<String, String> environment, List<String> applications, String... options) {
        TempFolder folder = TempFolder.create("run");
        Path socket = folder.resolve("app.sock");
        int port = FreePort.find();
        List<String> command =
                new ArrayList<>(List.of(Installation.built().command().toString(), "run"));
        command.addAll(applications);
        command.addAll(List.of(
                "--listen=tcp:127.0.0.1:" + port,
                "--listen=unix:" + socket,
                "--track-buffers",
                "--socket-group=" + RunAs.user()));
        command.addAll(List.of(options));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        GangwayProcess gangway = new GangwayProcess(
                folder, socket, port, ChildProcess.start(folder.resolve("gangway.log"), variables, command));
        try {
            gangway.awaitReady();
            return gangway;
        } catch (AssertionError e) {
            gangway.close();
            throw e;
        }
    }

    /** The placeholders of configurations that connect to Gangway. */
    public Map<String, String> placeholders() {
        return Map.of("fcgi.port", Integer.toString(port), "fcgi.socket", socket.toString());
    }

    public InetSocketAddress tcp() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public UnixDomainSocketAddress unix() {
        return UnixDomainSocketAddress.of(socket);
    }

    /** Ends it with SIGKILL, as the kernel does when memory is short. */
    public void kill() {
        process.kill();
    }

    public long pid() {
        return process.pid();
    }

    public String log() {
        return process.log();
    }

    /** Ends Gangway as a service manager does, and returns its exit code. */
    public int stop() {
        return process.stop();
    }

    @Override
    public void close() {
        process.close();
        folder.keepLogs();
        folder.close();
    }

    private void awaitReady() {
        Await.until("gangway is ready", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("gangway ended:\n" + process.log());
            }
            return process.log().contains("gangway: ready");
        });
    }

    /** {@return whether Gangway has a file of its installation open} */
    public boolean hasOpen(String part) throws IOException {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid()), "fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().contains(part)) {
                    return true;
                }
            }
            return false;
        }
    }
}
