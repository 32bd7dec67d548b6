package dev.gangway.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.Environment;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.Installation;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.TempFolder;
import dev.gangway.it.harness.WebApplication;
import dev.gangway.it.harness.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The configurations that the documents have for what web servers do not do by default. */
class RecipesIT {
    private static final int LARGE = 48 * 1024 * 1024;

    private static Echo echo(RunningServer server, RawRequest request) throws IOException {
        try (RawHttp http = new RawHttp(server.port())) {
            return Echo.of(http.exchange(request));
        }
    }

    /** The response without its body. */
    private static RawResponse head(RunningServer server, RawRequest request) throws IOException {
        try (RawHttp http = new RawHttp(server.port())) {
            return http.exchange(request);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NGINX", "LIGHTTPD", "HTTPD", "HAPROXY"})
    @Tag("FCGI-124")
    @Tag("FCGI-126")
    void proxyInFrontEndsTls(WebServer webServer) throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start("--port-from=host");
                RunningServer server = RunningServer.start(webServer, "proxied", gangway.placeholders())) {
            RawRequest request = RawRequest.get("/probe/echo").header("X-Forwarded-For", "192.0.2.7");

            Echo secure = echo(server, request.header("X-Forwarded-Proto", "https"));
            Echo plain = echo(server, request.header("X-Forwarded-Proto", "http"));

            assertThat(secure.flag("secure")).isTrue();
            assertThat(secure.text("scheme")).isEqualTo("https");
            assertThat(secure.number("serverPort")).isEqualTo(443);
            assertThat(secure.text("serverName")).isEqualTo(RawRequest.HOST);
            assertThat(secure.text("remoteAddr")).isEqualTo("192.0.2.7");
            assertThat(plain.flag("secure")).isFalse();
            assertThat(plain.number("serverPort")).isEqualTo(80);
            assertThat(toldFromElsewhere(server))
                    .containsPattern("\"secure\": ?false")
                    .containsPattern("\"remoteAddr\": ?\"127.0.0.2\"");
        }
    }

    /** Another machine may say the same. */
    private static String toldFromElsewhere(RunningServer server) throws IOException {
        InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), server.port(), elsewhere, 0)) {
            String request = "GET /probe/echo HTTP/1.1\r\nHost: " + RawRequest.HOST + "\r\nConnection: close\r\n"
                    + "X-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: https\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Tag("FCGI-119")
    void rewrittenPathIsServed() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start("--path-from=document-uri");
                RunningServer nginx = RunningServer.start(WebServer.NGINX, "rewritten", gangway.placeholders())) {
            Echo echo = echo(nginx, RawRequest.get("/old/echo/a%20b?c=d"));
            Echo slashes = echo(nginx, RawRequest.get("//probe//echo"));

            assertThat(echo.text("requestURI")).isEqualTo("/probe/echo/a%20b");
            assertThat(echo.text("queryString")).isEqualTo("c=d");
            assertThat(slashes.text("requestURI")).isEqualTo("/probe/echo");
        }
    }

    /** With and without the slash behind it, and nothing beside it. */
    @ParameterizedTest
    @EnumSource(names = {"LIGHTTPD", "HTTPD"})
    void applicationIsServedAtAPath(WebServer webServer) throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start(
                        List.of("/shop=" + Installation.built().sampleWar()));
                RunningServer server = RunningServer.start(webServer, "path", gangway.placeholders())) {
            Echo echo = echo(server, RawRequest.get("/shop/probe/echo/a%20b"));

            assertThat(echo.text("contextPath")).isEqualTo("/shop");
            assertThat(echo.text("pathInfo")).isEqualTo("/a b");
            assertThat(head(server, RawRequest.get("/shop")).value("Location")).endsWith("/shop/");
            assertThat(head(server, RawRequest.get("/shopping")).status()).isEqualTo(404);
            assertThat(gangway.log()).doesNotContain("/shopping");
        }
    }

    /** Its cookie is for a path that the browser does not know. */
    @ParameterizedTest
    @CsvSource({"/shop, --strip-prefix=/front, 1", "/front/shop, --threads=200, 2"})
    void sessionStaysIfTheApplicationKnowsItsPath(String contextPath, String option, int count) throws Exception {
        HttpClient browser =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        try (GangwayProcess gangway = GangwayProcess.start(
                        List.of(contextPath + "=" + Installation.built().sampleWar()), option);
                RunningServer nginx = RunningServer.start(WebServer.NGINX, "tcp", gangway.placeholders())) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + nginx.port() + "/front/shop/probe/session"))
                    .build();

            browser.send(request, BodyHandlers.ofString());

            assertThat(browser.send(request, BodyHandlers.ofString()).body()).containsPattern("\"count\": ?" + count);
        }
    }

    @Test
    void slowClientGetsALargeResponseWholeThatIsNotSpooled() throws Exception {
        try (GangwayProcess gangway = GangwayProcess.start("--request-idle-timeout=2");
                RunningServer nginx = RunningServer.start(WebServer.NGINX, "large", gangway.placeholders())) {
            assertThat(read(nginx.port(), "/probe/bytes?n=" + LARGE, RecipesIT::pauseABit))
                    .isGreaterThanOrEqualTo(LARGE);
        }
    }

    /** It is as if the client stood still until all that nginx has stored is gone. */
    @Test
    void slowClientLosesALargeResponseThatIsSpooled() throws Exception {
        try (GangwayProcess gangway = GangwayProcess.start("--request-idle-timeout=2");
                RunningServer nginx = RunningServer.start(WebServer.NGINX, "large", gangway.placeholders())) {
            long count = read(
                    nginx.port(),
                    "/spooled/probe/bytes?n=" + LARGE,
                    (begin, bytes) -> Await.until(
                            "Gangway has given up", () -> gangway.log().contains("has taken nothing of a response")));

            assertThat(count).isBetween(1L, LARGE - 1L);
        }
    }

    /** What a client does between two reads. */
    private interface Pace {
        void after(long begin, long bytes) throws InterruptedException;
    }

    /** So that about 6 MiB a second come, without a pause. */
    private static void pauseABit(long begin, long bytes) throws InterruptedException {
        long early = begin + bytes * 1_000_000_000L / (6 * 1024 * 1024) - System.nanoTime();
        if (early > 0) {
            Thread.sleep(early / 1_000_000);
        }
    }

    /** Returns how many bytes came. */
    private static long read(int port, String target, Pace pace) throws Exception {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String head = "GET " + target + " HTTP/1.1\r\nHost: " + RawRequest.HOST + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            long begin = System.nanoTime();
            long count = 0;
            byte[] bytes = new byte[64 * 1024];
            for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
                count += n;
                pace.after(begin, count);
            }
            return count;
        }
    }

    @Test
    void etagStaysIfHttpdCompresses() throws IOException {
        try (TempFolder folder = TempFolder.create("etag")) {
            WebApplication site = WebApplication.create(folder.resolve("site"), Environment.EE11);
            site.write("page.txt", "the same line\n".repeat(1_000));
            site.write(
                    "WEB-INF/web.xml",
                    """
                    <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1">
                      <context-param>
                        <param-name>org.eclipse.jetty.servlet.Default.etags</param-name>
                        <param-value>true</param-value>
                      </context-param>
                    </web-app>
                    """);
            try (GangwayProcess gangway = GangwayProcess.start(List.of("/=" + site.directory()));
                    RunningServer httpd = RunningServer.start(WebServer.HTTPD, "compressed", gangway.placeholders())) {
                RawRequest request = RawRequest.get("/page.txt").header("Accept-Encoding", "gzip");

                RawResponse first = head(httpd, request);

                assertThat(first.value("Content-Encoding")).isEqualTo("gzip");
                assertThat(head(httpd, request.header("If-None-Match", first.value("ETag")))
                                .status())
                        .isEqualTo(304);
            }
        }
    }

    @Test
    void httpdTellsTheLengthOfAChunkedUpload() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start();
                RunningServer httpd = RunningServer.start(WebServer.HTTPD, "counted", gangway.placeholders())) {
            RawRequest upload =
                    RawRequest.post("/probe/echo", Body.ofLength(100_000)).withChunkedBody();

            assertThat(echo(httpd, upload).header("Content-Length")).isEqualTo("100000");
        }
    }

    @Test
    void haproxyPassesLargeHeadersOn() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start();
                RunningServer haproxy = RunningServer.start(WebServer.HAPROXY, "headers", gangway.placeholders());
                RunningServer usual = RunningServer.start(WebServer.HAPROXY, "tcp", gangway.placeholders())) {
            RawRequest request = RawRequest.get("/probe/echo").header("X-Large", "x".repeat(30_000));

            assertThat(echo(haproxy, request).header("X-Large")).hasSize(30_000);
            assertThat(head(usual, request).status()).isGreaterThanOrEqualTo(400);
        }
    }

    @Test
    @Tag("FCGI-66")
    void lighttpdPassesBothDirectionsAtOnce() throws IOException {
        try (GangwayProcess gangway = GangwayProcess.start();
                RunningServer lighttpd = RunningServer.start(WebServer.LIGHTTPD, "streamed", gangway.placeholders());
                Dialogue dialogue = new Dialogue(lighttpd.port(), 3)) {
            for (int piece = 0; piece < 3; piece++) {
                dialogue.say(piece);
                dialogue.awaitEcho(piece);
            }
            Body upload = Body.ofLength(100_000);
            assertThat(echo(lighttpd, RawRequest.post("/probe/echo", upload)).text("bodySha256"))
                    .isEqualTo(upload.sha256());
            // Without a length it has to be stored, unless all of it is there at once.
            try (RawHttp http = new RawHttp(lighttpd.port())) {
                http.send(
                        "POST /probe/echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
                assertThat(http.receive(RawRequest.get("/probe/echo")).status()).isEqualTo(411);
            }
        }
    }
}
