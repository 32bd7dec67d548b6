package dev.gangway.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process of the test run: its output goes to a file, and it ends with the run, however that ends. */
public final class ChildProcess implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(ChildProcess::kill)));
    }

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public static ChildProcess start(Path log, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.getParent().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            ChildProcess child = new ChildProcess(builder.start(), log);
            RUNNING.add(child);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + command.get(0) + ": run ./test, which installs it", e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, and returns its exit code. */
    public int await() {
        return await(process);
    }

    /** Waits for its end, however long that takes, and returns its exit code. */
    public int join() {
        return process.onExit().join().exitValue();
    }

    public long pid() {
        return process.pid();
    }

    public String log() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks by SIGTERM, insists after a while; the children too, since not every server ends its own. */
    public int stop() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        int exitCode = await(process);
        children.forEach(ChildProcess::await);
        RUNNING.remove(this);
        return exitCode;
    }

    /** Ends it and those of its children that run the same program, without a chance to say goodbye. */
    public void crash() {
        Optional<String> program = process.info().command();
        List<ProcessHandle> victims = process.descendants()
                .filter(child -> child.info().command().equals(program))
                .toList();
        process.destroyForcibly();
        victims.forEach(ProcessHandle::destroyForcibly);
        await(process);
        victims.forEach(ChildProcess::await);
        RUNNING.remove(this);
    }

    /** Ends it and all its descendants at once, the parents first, lest they begin their children anew. */
    public void crashTree() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        await(process);
        descendants.forEach(ChildProcess::await);
        RUNNING.remove(this);
    }

    @Override
    public void close() {
        stop();
    }

    /** Ends those of its descendants at once that run a program. */
    void kill(String program) {
        process.descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/" + program))
                .forEach(ProcessHandle::destroyForcibly);
    }

    /** Ends it and its children at once. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static int await(Process process) {
        await(process.toHandle());
        return process.onExit().join().exitValue();
    }

    private static void await(ProcessHandle handle) {
        handle.onExit()
                .completeOnTimeout(handle, GRACE.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (handle.isAlive()) {
            handle.destroyForcibly();
        }
    }
}
