package dev.gangway.it.harness;

import dev.gangway.conformance.peer.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Gangway started by {@code spawn-fcgi} with a Unix socket on descriptor 0. */
public final class SpawnFcgi implements AutoCloseable {
    private final TempFolder folder;
    private final ChildProcess process;

    private SpawnFcgi(TempFolder folder, ChildProcess process) {
        this.folder = folder;
        this.process = process;
    }

    public static SpawnFcgi start(Installation installation) {
        TempFolder folder = TempFolder.create("spawn-fcgi");
        List<String> command = List.of(
                "/usr/bin/spawn-fcgi",
                "-n",
                "-s",
                socketIn(folder).toString(),
                "-M",
                "0666",
                "--",
                installation.command().toString(),
                "run",
                installation.sampleWar().toString(),
                "--context-path=/");
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        ChildProcess process = ChildProcess.start(folder.resolve("gangway.log"), environment, command);
        Await.until("spawn-fcgi listens", () -> Files.exists(socketIn(folder)) || !process.isAlive());
        return new SpawnFcgi(folder, process);
    }

    public String socket() {
        return socketIn(folder).toString();
    }

    @Override
    public void close() {
        process.close();
        folder.keepLogs();
        folder.close();
    }

    private static Path socketIn(TempFolder folder) {
        return folder.resolve("app.sock");
    }
}
