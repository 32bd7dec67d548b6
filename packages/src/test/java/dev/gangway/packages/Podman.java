package dev.gangway.packages;

import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.TempFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Podman with images, containers and volumes of its own, in a folder. Needs root, or {@code sudo}. */
final class Podman implements AutoCloseable {
    /** Also where no systemd runs, and where limits cannot be raised. Runc knows more kinds of cgroups than crun. */
    private static final String CONTAINERS =
            """
            [containers]
            default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
            netns = "host"
            log_driver = "k8s-file"
            [engine]
            cgroup_manager = "cgroupfs"
            events_logger = "file"
            runtime = "runc"
            """;

    private static final String STORAGE =
            """
            [storage]
            driver = "vfs"
            graphroot = "%1$s/storage"
            runroot = "%1$s/run"
            """;

    private final TempFolder folder = TempFolder.create("podman");
    private final Map<String, String> environment;

    Podman() {
        environment = Map.of(
                "CONTAINERS_CONF", folder.write("containers.conf", CONTAINERS).toString(),
                "CONTAINERS_STORAGE_CONF",
                        folder.write("storage.conf", STORAGE.formatted(folder.path()))
                                .toString(),
                // Health checks are asked for, not run by timers of systemd.
                "DISABLE_HC_SYSTEMD", "true",
                "HOME", folder.path().toString());
    }

    /** {@return what a shell prints, in which each command has to succeed} */
    String run(String script) {
        return requireSuccess("set -e\n" + script);
    }

    /** {@return the exit status of a command} */
    int status(String command) {
        try (ChildProcess shell = shell(command)) {
            return shell.join();
        }
    }

    /** {@return a directory that all containers share, for programs of the machine too} */
    Path volume(String name) {
        Path data = Path.of(
                run("podman volume inspect --format '{{.Mountpoint}}' " + name).strip());
        for (Path path = data; !path.equals(folder.path()); path = path.getParent()) {
            run("chmod o+x " + path);
        }
        return data;
    }

    private String requireSuccess(String script) {
        try (ChildProcess shell = shell(script)) {
            int status = shell.join();
            if (status != 0) {
                throw new AssertionError("failed with " + status + ": " + script + "\n" + shell.log());
            }
            return shell.log();
        }
    }

    private ChildProcess shell(String script) {
        List<String> command = new ArrayList<>();
        if (!System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("sudo", "-n"));
        }
        command.add("env");
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("sh", "-c", script));
        return ChildProcess.start(folder.resolve("podman.log"), Map.of(), command);
    }

    @Override
    public void close() {
        run(
                "podman rm --all --force; podman volume prune --force; podman rmi --all --force; rm -rf storage run .local");
        folder.close();
    }
}
