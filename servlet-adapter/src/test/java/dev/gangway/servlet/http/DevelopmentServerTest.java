package dev.gangway.servlet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gangway.api.FcgiRequest;
import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.server.FcgiConnectionFactory;
import dev.gangway.servlet.failure.StartFailure;
import dev.gangway.servlet.listen.HostPort;
import dev.gangway.servlet.listen.ListenAddress;
import dev.gangway.servlet.listen.Listener;
import dev.gangway.servlet.listen.SocketAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the FastCGI side gets of an HTTP request, over real connections. */
class DevelopmentServerTest {
    private final Server server = new Server();
    private Path folder;
    private Listener listener;
    private DevelopmentServer developmentServer;
    private volatile Map<String, String> params;
    private volatile List<String> names;

    private void start(String address) throws Exception {
        folder = Files.createTempDirectory("front");
        HttpConfiguration http = new HttpConfiguration();
        http.setUriCompliance(UriCompliance.UNSAFE);
        FcgiConnectionFactory fcgi = new FcgiConnectionFactory(http, new FcgiConfiguration());
        listener = Listener.open(
                server,
                ListenAddress.parse(address.replace("FOLDER", folder.toString())),
                SocketAccess.of("0600", null, null),
                false,
                fcgi);
        server.addConnector(listener.connector());
        server.setHandler(new Recorder());
        server.start();
        developmentServer = DevelopmentServer.open(new HostPort("127.0.0.1", 0), 1, listener.address(), 0);
        developmentServer.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (developmentServer != null) {
            developmentServer.server().stop();
            server.stop();
            IO.delete(folder);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unix:FOLDER/s", "tcp:127.0.0.1:0", "tcp:[::1]:0"})
    void passesARequestOn(String address) throws Exception {
        start(address);

        String response = exchange("POST /a/b?c=d HTTP/1.1", "Content-Length: 5\r\nContent-Type: text/x", "hello");

        assertThat(response).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nhello");
        assertThat(params)
                .containsEntry("REQUEST_METHOD", "POST")
                .containsEntry("REQUEST_URI", "/a/b?c=d")
                .containsEntry("QUERY_STRING", "c=d")
                .containsEntry("SERVER_PROTOCOL", "HTTP/1.1")
                .containsEntry("REQUEST_SCHEME", "http")
                .containsEntry("CONTENT_LENGTH", "5")
                .containsEntry("CONTENT_TYPE", "text/x")
                .containsEntry("HTTP_HOST", "example.org:81")
                .containsEntry("SERVER_NAME", "example.org")
                .containsEntry("SERVER_PORT", Integer.toString(port()))
                .containsEntry("REMOTE_ADDR", "127.0.0.1")
                .doesNotContainKey("HTTPS");
        assertThat(names).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%2F/a;b=c//d/%C3%A9?x=%20y", "/a/../b", "/a/%2e%2e/c?d?e", "/a|b", "//"})
    void targetStaysAsItCame(String target) throws Exception {
        start("unix:FOLDER/s");

        exchange("GET " + target + " HTTP/1.1", "X-Test: 1", "");

        assertThat(params).containsEntry("REQUEST_URI", target);
    }

    @Test
    void addsNothingOfItsOwn() throws Exception {
        start("unix:FOLDER/s");

        exchange("GET / HTTP/1.1", "Authorization: Basic c2VjcmV0\r\nX-Forwarded-For: 192.0.2.1", "");

        assertThat(names)
                .doesNotContain("HTTP_VIA", "HTTP_FORWARDED", "HTTP_USER_AGENT", "HTTP_ACCEPT_ENCODING", "AUTH_TYPE")
                .doesNotContain("HTTP_TRANSFER_ENCODING", "HTTP_CONNECTION", "HTTP_CONTENT_LENGTH");
        assertThat(params)
                .containsEntry("HTTP_AUTHORIZATION", "Basic c2VjcmV0")
                .containsEntry("HTTP_X_FORWARDED_FOR", "192.0.2.1")
                .containsEntry("CONTENT_LENGTH", "");
    }

    @Test
    void headersThatWouldPassForOthersAreDropped() throws Exception {
        start("unix:FOLDER/s");

        exchange("GET / HTTP/1.1", "X_Real_Ip: 192.0.2.1\r\nProxy: http://192.0.2.1/\r\nX-Fine: 1", "");

        assertThat(names).contains("HTTP_X_FINE").doesNotContain("HTTP_X_REAL_IP", "HTTP_PROXY");
    }

    @Test
    void cookiesAreJoinedAndOtherRepeatedHeadersAreNot() throws Exception {
        start("unix:FOLDER/s");

        exchange("GET / HTTP/1.1", "Cookie: a=1\r\nX-Twice: 1\r\nCookie: b=2\r\nX-Twice: 2", "");

        assertThat(params).containsEntry("HTTP_COOKIE", "a=1; b=2");
        assertThat(names).containsOnlyOnce("HTTP_COOKIE");
        assertThat(names.stream().filter("HTTP_X_TWICE"::equals)).hasSize(2);
    }

    @Test
    void bodyOfUnknownLength() throws Exception {
        start("unix:FOLDER/s");

        String response = exchange("PUT / HTTP/1.1", "Transfer-Encoding: chunked", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

        assertThat(response).endsWith("abcde");
        assertThat(params).containsEntry("CONTENT_LENGTH", "");
    }

    @Test
    void clientThatWaitsForContinueGetsIt() throws Exception {
        start("unix:FOLDER/s");

        try (Socket socket = new Socket("127.0.0.1", port())) {
            write(socket, request("POST / HTTP/1.1", "Expect: 100-continue\r\nContent-Length: 2"));
            byte[] interim = socket.getInputStream().readNBytes("HTTP/1.1 100 Continue\r\n\r\n".length());
            assertThat(new String(interim, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 100 ");
            write(socket, "ok");

            assertThat(read(socket)).startsWith("HTTP/1.1 200 OK").endsWith("ok");
        }
        assertThat(names).doesNotContain("HTTP_EXPECT");
    }

    @Test
    void responseThatComesInPiecesOfAnyLength() throws Exception {
        start("unix:FOLDER/s");

        // With every amount of padding, and each piece by itself.
        try (Socket socket = new Socket("127.0.0.1", port())) {
            write(socket, request("POST /pieces HTTP/1.1", "Transfer-Encoding: chunked"));
            for (int length = 1; length <= 16; length++) {
                String piece = "x".repeat(length) + ";";
                write(socket, Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
                awaitText(socket, piece);
            }
            write(socket, "0\r\n\r\n");
            assertThat(read(socket)).isEmpty();
        }
    }

    @Test
    void requestAfterOneThatFailedIsAnswered() throws Exception {
        start("unix:FOLDER/s");

        for (int i = 0; i < 3; i++) {
            assertThat(exchange("GET /fail HTTP/1.1", "X-Test: 1", "")).startsWith("HTTP/1.1 500 ");
            assertThat(exchange("GET /fine HTTP/1.1", "X-Test: 1", "")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void responseMayComeBeforeTheEndOfTheBody() throws Exception {
        start("unix:FOLDER/s");

        try (Socket socket = new Socket("127.0.0.1", port())) {
            write(socket, request("POST /early HTTP/1.1", "Content-Length: 1000000") + "begin");

            assertThat(read(socket)).startsWith("HTTP/1.1 200 OK").endsWith("early");
        }
    }

    @Test
    void largeBodiesGoBothWaysAtOnce() throws Exception {
        start("unix:FOLDER/s");
        String body = "0123456789abcdef".repeat(500_000);

        try (Socket socket = new Socket("127.0.0.1", port())) {
            CompletableFuture<String> response = CompletableFuture.supplyAsync(() -> {
                try {
                    return read(socket);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            write(socket, request("POST / HTTP/1.1", "Content-Length: " + body.length()) + body);

            assertThat(response.get(60, TimeUnit.SECONDS)).contains(body);
        }
    }

    @Test
    void brokenResponseIsNotTakenForComplete() throws Exception {
        start("unix:FOLDER/s");

        try (Socket socket = new Socket("127.0.0.1", port())) {
            write(socket, request("GET /broken HTTP/1.1", "X-Test: 1").replace("Connection: close", "X-Kept: 1"));

            assertThat(read(socket))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("Transfer-Encoding: chunked")
                    .contains("half")
                    .doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void bytesOfHeadersStayAsTheyCame() throws Exception {
        start("unix:FOLDER/s");

        exchange("GET / HTTP/1.1", "X-Latin: caf\u00e9\r\nX-Utf8: caf\u00c3\u00a9", "");

        assertThat(params).containsEntry("HTTP_X_LATIN", "caf\u00e9").containsEntry("HTTP_X_UTF8", "caf\u00c3\u00a9");
    }

    @Test
    void statusAndHeadersOfTheApplicationAreKept() throws Exception {
        start("unix:FOLDER/s");

        assertThat(exchange("GET /moved HTTP/1.1", "X-Test: 1", ""))
                .startsWith("HTTP/1.1 303 ")
                .contains("Location: /there\r\n", "X-Twice: 1\r\n", "X-Twice: 2\r\n")
                .doesNotContain("Status:");
        assertThat(exchange("HEAD /moved HTTP/1.1", "X-Test: 1", "")).endsWith("\r\n\r\n");
    }

    @Test
    void applicationThatIsNotThereIsABadGateway() throws Exception {
        start("unix:FOLDER/s");
        server.stop();

        assertThat(exchange("GET / HTTP/1.1", "X-Test: 1", "")).startsWith("HTTP/1.1 502 ");
    }

    private static void awaitText(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).isNotNegative();
            text.append((char) next);
        }
    }

    @Test
    void nextPortIsTakenIfThatIsWanted() throws Exception {
        start("unix:FOLDER/s");
        try (ServerSocket busy = new ServerSocket(0)) {
            DevelopmentServer second =
                    DevelopmentServer.open(new HostPort("127.0.0.1", busy.getLocalPort()), 50, listener.address(), 0);

            assertThat(second.toString()).isNotEqualTo("http://127.0.0.1:" + busy.getLocalPort());
            second.close();
        }
    }

    @Test
    void busyPortIsAFailureOtherwise() throws Exception {
        start("unix:FOLDER/s");

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> DevelopmentServer.open(new HostPort("127.0.0.1", port()), 1, listener.address(), 0))
                .withMessage("cannot listen on " + developmentServer + ": Address already in use");
    }

    private int port() {
        return URI.create(developmentServer.toString()).getPort();
    }

    private String exchange(String line, String headers, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            write(socket, request(line, headers) + body);
            return read(socket);
        }
    }

    private static String request(String line, String headers) {
        return line + "\r\nHost: example.org:81\r\nConnection: close\r\n" + headers + "\r\n\r\n";
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String read(Socket socket) throws IOException {
        try (InputStream input = socket.getInputStream()) {
            return new String(input.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Remembers what came, and sends the body back. */
    private final class Recorder extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            FcgiRequest fcgi = (FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE);
            params = fcgi.paramMap();
            names = fcgi.params().stream().map(FcgiRequest.Param::name).toList();
            switch (Request.getPathInContext(request)) {
                case "/fail" -> throw new IllegalStateException("as the test wants it");
                case "/early" -> response.write(true, StandardCharsets.US_ASCII.encode("early"), callback);
                case "/broken" ->
                    response.write(
                            false,
                            StandardCharsets.US_ASCII.encode("half"),
                            Callback.from(
                                    () -> callback.failed(new IOException("as the test wants it")), callback::failed));
                case "/moved" -> {
                    response.setStatus(HttpStatus.SEE_OTHER_303);
                    response.getHeaders()
                            .add("Location", "/there")
                            .add("X-Twice", "1")
                            .add("X-Twice", "2");
                    callback.succeeded();
                }
                default -> Content.copy(request, response, callback);
            }
            return true;
        }
    }
}
