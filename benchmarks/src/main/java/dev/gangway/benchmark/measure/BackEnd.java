package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.backend.Console;
import dev.gangway.benchmark.load.Drive;
import dev.gangway.benchmark.load.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A contender that runs. */
final class BackEnd implements AutoCloseable {
    private final Contender contender;
    private final int port;
    private final Path socket;
    private final Process process;
    private final PrintStream questions;
    private final BufferedReader answers;

    private BackEnd(Contender contender, int port, Path socket, Process process) {
        this.contender = contender;
        this.port = port;
        this.socket = socket;
        this.process = process;
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** Starts it, and waits until it answers. */
    static BackEnd start(Contender contender, Path javaHome, Path directory) throws IOException {
        Path socket = directory.resolve(contender.name() + ".sock");
        Files.deleteIfExists(socket);
        int port = freePort();
        Process process = new ProcessBuilder(contender.command(javaHome, port, socket))
                .redirectError(directory.resolve(contender.name() + ".log").toFile())
                .start();
        BackEnd backEnd = new BackEnd(contender, port, socket, process);
        if (!Console.READY.equals(backEnd.answers.readLine())) {
            process.destroyForcibly();
            throw new IOException(
                    contender.name() + " does not start, see " + directory + "/" + contender.name() + ".log");
        }
        return backEnd;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Contender contender() {
        return contender;
    }

    Target target(Drive.Transport transport) {
        return new Target(
                contender.protocol(),
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
