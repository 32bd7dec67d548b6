package dev.gangway.packages;

import static java.util.stream.Collectors.toCollection;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A Debian in a directory, made of packages from where this machine gets its own. It can run programs as a container
 * does, and can be booted; its processes end with it. The network is that of the machine. Needs root, or {@code sudo}.
 */
final class DebianSystem implements AutoCloseable {
    private static final Path SCRIPT =
            Path.of("src", "test", "resources", "debian-system").toAbsolutePath();

    private final TempFolder folder;
    private ChildProcess machine;

    private DebianSystem(TempFolder folder) {
        this.folder = folder;
    }

    /** {@return a system with these packages, of this machine's release} */
    static DebianSystem create(String... packages) {
        DebianSystem system = new DebianSystem(TempFolder.create("debian"));
        try {
            Result.of(system.command("make", String.join(",", packages))).requireSuccess();
            return system;
        } catch (AssertionError e) {
            system.close();
            throw e;
        }
    }

    /** Starts its init, and waits until all that starts at boot has started. */
    void boot() {
        machine = ChildProcess.start(folder.resolve("boot.log"), Map.of(), command("boot"));
        Await.until("the system has booted", () -> {
            if (!machine.isAlive()) {
                throw new AssertionError("the system has ended:\n" + machine.log());
            }
            return Result.of(command("run", "systemctl", "is-system-running"))
                    .text()
                    .strip()
                    .matches("running|degraded");
        });
    }

    /** Ends all its processes. */
    void halt() {
        Result.of(command("halt")).requireSuccess();
        machine.await();
        machine = null;
    }

    /** {@return what a shell of its root prints, in which each command succeeds} */
    String run(String script) {
        return Result.of(command("run", "sh", "-ec", "cd /root\n" + script)).requireSuccess();
    }

    /** {@return a file of it, as this machine sees it} */
    Path file(String path) {
        return folder.resolve("root").resolve(path.substring(1));
    }

    /** {@return the paths of its files} */
    SortedSet<String> files(String... without) {
        StringBuilder pruned = new StringBuilder();
        for (String path : without) {
            pruned.append(" -path ").append(path).append(" -prune -o");
        }
        return run("find / -xdev" + pruned + " -print").lines().collect(toCollection(TreeSet::new));
    }

    @Override
    public void close() {
        if (machine != null) {
            halt();
        }
        Result.of(command("remove")).requireSuccess();
        folder.keepLogs();
        folder.close();
    }

    private List<String> command(String action, String... words) {
        List<String> command = new ArrayList<>();
        if (!System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("sudo", "-n"));
        }
        command.addAll(List.of(SCRIPT.toString(), action, folder.resolve("root").toString()));
        command.addAll(List.of(words));
        return command;
    }

    private record Result(List<String> command, int status, String text) {
        static Result of(List<String> command) {
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
                builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
                Process process = builder.start();
                process.getOutputStream().close();
                String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Result(command, process.waitFor(), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        String requireSuccess() {
            if (status != 0) {
                throw new AssertionError(String.join(" ", command) + " has failed with " + status + ":\n" + text);
            }
            return text;
        }
    }
}
