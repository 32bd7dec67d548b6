package dev.gangway.servlet.archive;

import dev.gangway.fcgi.record.RecordType;
import dev.gangway.fcgi.record.RecordWriter;
import dev.gangway.servlet.command.Main;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A start of the sample application, some requests to it, and the end of the process. The start script runs it in a JVM
 * that writes an archive of the classes which that takes, as {@code gangway cache}.
 */
public final class Training {
    /** A page of a servlet, and one that is compiled first. */
    private static final String[] PAGES = {"/", "/jsp", "/"};

    private static final int ID = 1;

    /** How often to look whether the server has opened its socket. */
    private static final long POLL_MILLIS = 5;

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("gangway-");
        Path socket = directory.resolve("training.sock");
        Thread visitor = new Thread(() -> visit(socket, directory), "visitor");
        visitor.setDaemon(true);
        visitor.start();
        Main.main(new String[] {
            "run", "/=" + System.getProperty("gangway.home") + "/demo/sample.war", "--listen", "unix:" + socket
        });
    }

    private static void visit(Path socket, Path directory) {
        int status = 1;
        try {
            for (String page : PAGES) {
                ask(socket, page);
            }
            status = 0;
        } catch (IOException e) {
            System.err.println("gangway: the sample application does not answer: " + e.getMessage());
        }
        // The JVM writes the archive now.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
        System.exit(status);
    }

    private static void delete(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve("training.sock"));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            // It is empty, and in a directory for such files.
        }
    }

    /** Sends one request, and reads to the end of the connection. */
    private static void ask(Path socket, String page) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(1024);
        record(request, RecordType.BEGIN_REQUEST, new byte[] {0, 1, 0, 0, 0, 0, 0, 0});
        record(request, RecordType.PARAMS, params(page));
        record(request, RecordType.PARAMS, new byte[0]);
        record(request, RecordType.STDIN, new byte[0]);
        request.flip();
        try (SocketChannel channel = connect(socket)) {
            while (request.hasRemaining()) {
                channel.write(request);
            }
            ByteBuffer answer = ByteBuffer.allocate(16 * 1024);
            int first = channel.read(answer);
            if (first <= 0) {
                throw new IOException("no response to " + page);
            }
            while (channel.read(answer.clear()) >= 0) {
                // The content does not matter.
            }
        }
    }

    /** The server opens its socket before the application starts; if it cannot, it ends the process. */
    private static SocketChannel connect(Path socket) {
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            }
        }
    }

    private static void record(ByteBuffer request, RecordType type, byte[] content) {
        RecordWriter.header(request, type, ID, content.length);
        request.put(content);
        RecordWriter.padding(request, content.length);
    }

    private static byte[] params(String page) {
        ByteBuffer params = ByteBuffer.allocate(RecordWriter.MAX_CONTENT / 128);
        Map.of(
                        "REQUEST_METHOD", "GET",
                        "REQUEST_URI", page,
                        "SERVER_PROTOCOL", "HTTP/1.1",
                        "SERVER_NAME", "localhost",
                        "SERVER_PORT", "80",
                        "REMOTE_ADDR", "127.0.0.1",
                        "HTTP_HOST", "localhost",
                        "HTTP_USER_AGENT", "training",
                        "HTTP_ACCEPT", "text/html")
                .forEach((name, value) -> param(params, name, value));
        byte[] bytes = new byte[params.position()];
        params.flip().get(bytes);
        return bytes;
    }

    /** Both are shorter than 128 bytes. */
    private static void param(ByteBuffer params, String name, String value) {
        params.put((byte) name.length()).put((byte) value.length());
        params.put(name.getBytes(StandardCharsets.US_ASCII)).put(value.getBytes(StandardCharsets.US_ASCII));
    }
}
