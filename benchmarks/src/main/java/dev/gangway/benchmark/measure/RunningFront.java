package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.load.Front;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A web server that passes requests on to one back end. */
final class RunningFront implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int PAUSE_MILLIS = 20;

    private final Process process;
    private final InetSocketAddress address;

    private RunningFront(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it, and waits until it listens. */
    static RunningFront start(Front front, FrontConfiguration configuration, Path directory)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve(front + ".conf"), configuration.text(front, directory));
        Process process = new ProcessBuilder(FrontConfiguration.command(front, file.toString()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(front + ".log").toFile())
                .start();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), configuration.port());
        for (long begin = System.nanoTime(); !listens(address); Thread.sleep(PAUSE_MILLIS)) {
            if (!process.isAlive() || System.nanoTime() - begin > PATIENCE_NANOS) {
                process.destroyForcibly();
                throw new IOException(front + " does not start, see " + directory + "/" + front + ".log");
            }
        }
        return new RunningFront(process, address);
    }

    private static boolean listens(InetSocketAddress address) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    InetSocketAddress address() {
        return address;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
