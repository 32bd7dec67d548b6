package dev.gangway.fcgi.fuzz;

import static dev.gangway.conformance.record.FcgiNumbers.END_REQUEST;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.PARAMS;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;

import com.sun.management.ThreadMXBean;
import dev.gangway.conformance.record.FcgiRecord;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Serves a greeting on one kept connection of a Unix socket, and prints how many bytes the server takes for one, with
 * what Jetty takes: to requests of a browser as nginx passes them on, each one different from the last. To be run
 * without the compiler that leaves allocations out, so that the numbers do not depend on what it has compiled.
 */
final class HelloMain {
    private static final int REQUESTS = 100;
    private static final int ROUNDS_OF_WARM_UP = 30;
    private static final int ROUNDS = 10;

    private HelloMain() {}

    /** @param arguments how many threads may stay with their connection */
    public static void main(String[] arguments) throws Exception {
        FcgiConfiguration configuration = new FcgiConfiguration();
        configuration.setConnectionThreads(Integer.parseInt(arguments[0]));
        Server server = new Server();
        server.setHandler(hello());
        UnixDomainServerConnector connector = new UnixDomainServerConnector(
                server, new FcgiConnectionFactory(FcgiConnectionFactory.newHttpConfiguration(), configuration));
        Path path = Files.createTempDirectory("fcgi").resolve("socket");
        connector.setUnixDomainPath(path);
        server.addConnector(connector);
        server.start();
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            List<ByteBuffer> requests = requests();
            for (int round = 0; round < ROUNDS_OF_WARM_UP; round++) {
                serve(client, requests);
            }
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long before = bytesOfOthers();
                serve(client, requests);
                least = Math.min(least, bytesOfOthers() - before);
            }
            System.out.println(least / REQUESTS);
        }
        server.stop();
    }

    private static Handler hello() {
        byte[] hello = "Hello, world!".getBytes();
        return new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain");
                response.write(true, ByteBuffer.wrap(hello), callback);
                return true;
            }
        };
    }

    private static List<ByteBuffer> requests() {
        List<ByteBuffer> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Script script = new Script()
                    .begin(1, RESPONDER, KEEP_CONN)
                    .record(FcgiRecord.of(PARAMS, 1, params(i).encode()))
                    .paramsEnd(1)
                    .stdinEnd(1);
            requests.add(ByteBuffer.wrap(script.bytes()));
        }
        return requests;
    }

    private static Pairs params(int number) {
        String path = "/products/" + (1_000_000 + number * 7919);
        return Pairs.of("SCRIPT_FILENAME", "/srv/www/index.php", "QUERY_STRING", "", "REQUEST_METHOD", "GET")
                .and("CONTENT_TYPE", "", "CONTENT_LENGTH", "", "SCRIPT_NAME", path, "REQUEST_URI", path)
                .and("DOCUMENT_URI", path, "DOCUMENT_ROOT", "/srv/www", "SERVER_PROTOCOL", "HTTP/1.1")
                .and("REQUEST_SCHEME", "https", "HTTPS", "on", "GATEWAY_INTERFACE", "CGI/1.1")
                .and("SERVER_SOFTWARE", "nginx/1.22.1", "REMOTE_ADDR", "198.51.100." + (1 + number % 7))
                .and("REMOTE_PORT", Integer.toString(20_000 + number % 11), "SERVER_ADDR", "192.0.2.1")
                .and("SERVER_PORT", "443", "SERVER_NAME", "shop.example", "REDIRECT_STATUS", "200")
                .and("HTTP_HOST", "shop.example", "HTTP_USER_AGENT", "Mozilla/5.0 (X11; Linux x86_64; rv:143.0)")
                .and("HTTP_ACCEPT", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .and("HTTP_ACCEPT_LANGUAGE", "en-GB,en;q=0.8", "HTTP_ACCEPT_ENCODING", "gzip, deflate, br")
                .and("HTTP_REFERER", "https://shop.example/products/" + number)
                .and("HTTP_COOKIE", "JSESSIONID=0123456789abcdef" + number + "; theme=dark")
                .and("HTTP_UPGRADE_INSECURE_REQUESTS", "1", "HTTP_SEC_FETCH_DEST", "document")
                .and("HTTP_SEC_FETCH_MODE", "navigate", "HTTP_SEC_FETCH_SITE", "same-origin");
    }

    private static void serve(SocketChannel client, List<ByteBuffer> requests) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(1024);
        for (ByteBuffer request : requests) {
            client.write(request.rewind());
            answer.clear();
            while (!hasEnded(answer)) {
                if (client.read(answer) < 0) {
                    throw new IOException("no answer");
                }
            }
        }
    }

    /** {@return whether the last record is END_REQUEST} */
    private static boolean hasEnded(ByteBuffer answer) {
        int at = answer.position() - 16;
        return at >= 0 && answer.get(at + 1) == END_REQUEST;
    }

    private static long bytesOfOthers() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long all = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        return all - threads.getCurrentThreadAllocatedBytes();
    }
}
