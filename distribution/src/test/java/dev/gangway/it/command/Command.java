package dev.gangway.it.command;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.TempFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of {@code bin/gangway}, with its output and errors apart. */
final class Command implements AutoCloseable {
    private final TempFolder folder;
    private final Process process;

    private Command(TempFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
    }

    /** Starts {@code gangway} with these arguments, a folder of its own, and nothing on descriptor 0. */
    static Command gangway(String... arguments) {
        // Whoever runs the tests in the background may ignore signals, and children inherit that.
        return start(builder -> {}, withGangway(List.of("env", "--default-signal"), arguments));
    }

    /** {@return the words of a command that starts {@code gangway} in its turn} */
    static List<String> withGangway(List<String> launcher, String... arguments) {
        List<String> words = new ArrayList<>(launcher);
        words.add(Installation.built().command().toString());
        words.addAll(List.of(arguments));
        return words;
    }

    static Command start(Consumer<ProcessBuilder> changes, List<String> words) {
        TempFolder folder = TempFolder.create("command");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(folder.resolve("out.log").toFile())
                .redirectError(folder.resolve("err.log").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("GANGWAY_JAVA_OPTS", "-Djava.io.tmpdir=" + folder.path());
        changes.accept(builder);
        try {
            return new Command(folder, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a file in the folder in which the command runs, and in which it keeps its temporary files} */
    Path file(String name) {
        return folder.resolve(name);
    }

    List<Path> files() {
        try (var files = Files.list(folder.path())) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the line that says where the applications are served} */
    String awaitReady() {
        Await.until("gangway is ready:\n" + err(), () -> out().endsWith("\n") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("gangway ended:\n" + err());
        }
        return out().strip();
    }

    /** {@return the text at which the ready line says it listens} */
    String awaitAddress() {
        String ready = awaitReady();
        return ready.substring(ready.indexOf(" on ") + " on ".length());
    }

    /** {@return the TCP port at which the ready line says it listens, of several addresses that of the last} */
    int awaitPort() {
        String address = awaitAddress();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** {@return where the configuration of a web server finds it, by TCP} */
    Map<String, String> placeholders() {
        return Map.of("fcgi.port", Integer.toString(awaitPort()));
    }

    /** Sends signals at once after one another. */
    void signal(String... names) {
        String kills = Stream.of(names)
                .map(name -> "kill -" + name + " " + process.pid())
                .collect(Collectors.joining(" && "));
        try {
            int status = new ProcessBuilder("/bin/sh", "-c", kills)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("failed: " + kills);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** {@return the exit status} */
    int await() {
        try {
            if (process.waitFor(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("still running:\n" + err());
    }

    /** {@return the exit status after SIGTERM} */
    int stop() {
        signal("TERM");
        return await();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    String out() {
        return text("out.log");
    }

    String err() {
        return text("err.log");
    }

    String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        await();
        folder.close();
    }
}
