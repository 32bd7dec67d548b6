package dev.gangway.fcgi.input;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.fcgi.testing.Bytes;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * A server for {@link SmallHeapTest}, which starts it in a small JVM of its own. It prints its port and ends with its
 * standard input.
 *
 * <p>{@code /upload} answers with the length and the checksum of the body, {@code /download?blocks} with so many
 * {@link Block}s. {@code /late} is as {@code /upload}, but nothing of it is read before {@code /go}.
 */
final class SmallHeapMain {
    private static final int SLOW_EVERY = 4 * 1024 * 1024;
    private static final Queue<Runnable> LATE = new ConcurrentLinkedQueue<>();

    private SmallHeapMain() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(
                server, 1, 1, new FcgiConnectionFactory(new HttpConfiguration(), new FcgiConfiguration()));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                switch (request.getHttpURI().getPath()) {
                    case "/upload" -> upload(request, response, callback);
                    case "/late" -> LATE.add(() -> uploadLate(request, response, callback));
                    case "/go" -> {
                        LATE.forEach(server.getThreadPool()::execute);
                        callback.succeeded();
                    }
                    default -> download(request, response, callback);
                }
                return true;
            }
        });
        server.start();
        System.out.println(connector.getLocalPort());
        while (System.in.read() >= 0) {
            // Nothing is said; the parent lives.
        }
        System.exit(0);
    }

    private static void uploadLate(Request request, Response response, Callback callback) {
        try {
            upload(request, response, callback);
        } catch (Exception e) {
            callback.failed(e);
        }
    }

    private static void upload(Request request, Response response, Callback callback) throws Exception {
        CRC32C checksum = new CRC32C();
        long length = 0;
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Content.Source.asInputStream(request)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
                if (length / SLOW_EVERY != (length + read) / SLOW_EVERY) {
                    // An application that has other things to do.
                    LockSupport.parkNanos(1_000_000);
                }
                length += read;
            }
        }
        Content.Sink.write(response, true, length + " " + checksum.getValue(), callback);
    }

    private static void download(Request request, Response response, Callback callback) throws Exception {
        long blocks = Long.parseLong(request.getHttpURI().getQuery());
        Block block = new Block();
        for (long i = 0; i < blocks; i++) {
            Content.Sink.write(response, false, ByteBuffer.wrap(block.numbered(i)));
        }
        callback.succeeded();
    }

    /** Content that is cheap to make and different everywhere. */
    static final class Block {
        /** As much as fits in a record that needs no padding. */
        static final int LENGTH = 65_528;

        private final byte[] bytes = Bytes.random(LENGTH);

        byte[] numbered(long number) {
            ByteBuffer.wrap(bytes).putLong(number);
            return bytes;
        }
    }
}
