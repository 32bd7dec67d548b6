package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.backend.Console;
import dev.gangway.benchmark.load.Drive;
import dev.gangway.benchmark.load.Target;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A contender that runs. */
final class BackEnd implements AutoCloseable {
    private final Contender contender;
    private final Path directory;
    private final int port;
    private final Path socket;
    private final Process process;
    private final PrintStream questions;
    private final BufferedReader answers;

    private BackEnd(Contender contender, Path directory, int port, Path socket, Process process) {
        this.contender = contender;
        this.directory = directory;
        this.port = port;
        this.socket = socket;
        this.process = process;
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * Starts it, and waits until it answers.
     *
     * @return null if the machine lacks something that it needs
     */
    static BackEnd start(Contender contender, Path javaHome, Path directory) throws IOException, InterruptedException {
        Path socket = directory.resolve(contender.name() + ".sock");
        int port = Processes.freePort();
        List<String> command = new ArrayList<>(contender.program().command(javaHome, directory));
        command.addAll(List.of(Integer.toString(port), socket.toString()));
        File log = directory.resolve(contender.name() + ".log").toFile();
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(log)
                .start();
        BackEnd backEnd = new BackEnd(contender, directory, port, socket, process);
        if (Console.READY.equals(backEnd.answers.readLine())) {
            // Web servers have their own user.
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
            return backEnd;
        }
        if (process.waitFor() == Program.NOT_INSTALLED) {
            return null;
        }
        throw new IOException(contender.name() + " does not start, see " + log);
    }

    Contender contender() {
        return contender;
    }

    Target target(Drive.Transport transport) {
        return new Target(
                contender.protocol(),
                directory,
                switch (transport) {
                    case TCP -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
                    case UNIX -> UnixDomainSocketAddress.of(socket);
                });
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** {@return the answer to a question that {@link Console} knows} */
    long ask(String question) throws IOException {
        questions.println(question);
        return Long.parseLong(answers.readLine());
    }

    @Override
    public void close() {
        questions.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
