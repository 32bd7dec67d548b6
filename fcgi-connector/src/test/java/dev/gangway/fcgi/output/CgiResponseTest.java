package dev.gangway.fcgi.output;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.FcgiServer.App;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header block and the body on STDOUT. The peer parses each response strictly. */
@ParameterizedClass
@EnumSource(Link.class)
class CgiResponseTest {
    @RegisterExtension
    final FcgiServer server;

    private volatile App current;

    CgiResponseTest(Link link) {
        server = new FcgiServer(link);
    }

    @Test
    @Tag("FCGI-65")
    @Tag("FCGI-142")
    @Tag("FCGI-143")
    void sendsStatusAndFieldsAndBody() throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            r.getHeaders().put("X-One", "1");
            r.getHeaders().put("Content-Type", "text/plain");
            Content.Sink.write(r, true, "body", callback);
        });

        assertThat(response).hasStatus(200).hasField("X-One", "1").hasField("Content-Type", "text/plain");
        assertThat(response).hasBody("body").isComplete();
        assertThat(response.header().reason()).isEqualTo("OK");
    }

    @ParameterizedTest
    @CsvSource({"201, /made", "302, /relative", "302, https://app.example/absolute", "303, /see", "299, /", "200, /odd"
    })
    @Tag("FCGI-143")
    void sendsTheStatusNextToALocation(int status, String location) throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            r.setStatus(status);
            r.getHeaders().put(HttpHeader.LOCATION, location);
            callback.succeeded();
        });

        assertThat(response).hasStatus(status).hasField("Location", location).isComplete();
        // HAProxy makes 302 of what comes before.
        assertThat(response.headerText()).startsWith("Location: " + location + "\r\nStatus: " + status);
    }

    @Test
    @Tag("FCGI-144")
    void sendsEachCgiFieldOnce() throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            r.getHeaders().add("Status", "404 Fake");
            r.getHeaders().add("status", "500 Fake");
            r.getHeaders().add("Content-Type", "text/plain");
            r.getHeaders().add("Content-Type", "text/html");
            r.getHeaders().add("Location", "/1");
            r.getHeaders().add("Location", "/2");
            Content.Sink.write(r, true, "body", callback);
        });

        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.header().one("Content-Type")).isNotNull();
        assertThat(response.header().one("Location")).isNotNull();
    }

    @Test
    @Tag("FCGI-145")
    void guessesNoContentType() throws Exception {
        assertThat(answer(Apps.text("<html><body>page</body></html>"))).hasNoField("Content-Type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "Keep-Alive",
                "Proxy-Connection",
                "Transfer-Encoding",
                "TE",
                "Trailer",
                "Upgrade",
                "connection"
            })
    @Tag("FCGI-146")
    void sendsNoFieldThatConcernsTheConnection(String name) throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            r.getHeaders().put(name, "close");
            r.getHeaders().put("X-Kept", "yes");
            Content.Sink.write(r, true, "body", callback);
        });

        assertThat(response)
                .hasNoField(name)
                .hasField("X-Kept", "yes")
                .hasBody("body")
                .isComplete();
    }

    @Test
    @Tag("FCGI-147")
    void sendsContentLengthWheneverItIsKnown() throws Exception {
        assertThat(answer(Apps.text("12345"))).hasField("Content-Length", "5");
        assertThat(answer((request, r, callback) -> {
                    r.getHeaders().put(HttpHeader.CONTENT_LENGTH, 7);
                    Content.Sink.write(r, false, ByteBuffer.wrap("1234".getBytes()));
                    Content.Sink.write(r, true, "567", callback);
                }))
                .hasField("Content-Length", "7")
                .hasBody("1234567")
                .isComplete();
    }

    @ParameterizedTest
    @CsvSource({"204, GET, -1", "204, HEAD, -1", "304, GET, -1", "304, HEAD, -1", "304, GET, 0", "304, GET, 12"})
    @Tag("FCGI-147")
    void sendsNoContentLengthWithoutABody(int status, String method, long length) throws Exception {
        FcgiResponse response = answer(method, (request, r, callback) -> {
            r.setStatus(status);
            if (length >= 0) {
                r.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
            }
            r.write(true, ByteBuffer.allocate((int) Math.max(0, length)), callback);
        });

        assertThat(response)
                .hasStatus(status)
                .hasNoField("Content-Length")
                .hasBody("")
                .isComplete();
    }

    @Test
    @Tag("FCGI-147")
    void failsABodyThatIsLongerThanContentLength() throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            r.getHeaders().put(HttpHeader.CONTENT_LENGTH, 10);
            r.write(true, ByteBuffer.wrap("fifteen bytes!!".getBytes()), callback);
        });

        assertThat(response).hasStatus(500);
        String length = response.header().one("Content-Length");
        assertThat(length == null || Integer.parseInt(length) == response.body().length)
                .isTrue();
    }

    @Test
    @Tag("FCGI-148")
    void letsNoControlCharacterThroughToTheHeader() throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            for (String name : new String[] {
                "X-A", "Location", "Set-Cookie", "Content-Type", "X-B\r\nInjected", "X-C\nInjected", "X D"
            }) {
                tryTo(() -> r.getHeaders().add(name, "a\r\nInjected: b\nInjected: c\rd\0e"));
                tryTo(() -> r.getHeaders().add(new HttpField(name, "a\r\n\r\n<html>")));
            }
            tryTo(() -> Response.addCookie(r, HttpCookie.from("n", "v\r\nInjected: x")));
            Content.Sink.write(r, true, "body", callback);
        });

        // The peer refuses CR, LF and NUL in a field; a whole line would be a field of its own.
        assertThat(response.status()).isIn(200, 500);
        assertThat(response).hasNoField("Injected").hasNoField("<html>");
        assertThat(response.status() == 500 || response.text().equals("body")).isTrue();
    }

    private static void tryTo(Runnable action) {
        try {
            action.run();
        } catch (IllegalArgumentException e) {
            // Refused at once: as good.
        }
    }

    @Test
    @Tag("FCGI-149")
    void sendsFieldsOfOneNameOneByOne() throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            Response.addCookie(r, HttpCookie.from("a", "1"));
            Response.addCookie(r, HttpCookie.from("b", "2"));
            r.getHeaders().add("X-Many", "one");
            r.getHeaders().add("X-Many", "two");
            callback.succeeded();
        });

        assertThat(response.header().all("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(response.header().all("X-Many")).containsExactly("one", "two");
    }

    @Test
    @Tag("FCGI-134")
    void sendsFieldBytesAsTheHttpConnectorDoes() throws Exception {
        assertThat(answer((request, r, callback) -> {
                    r.getHeaders().put("X-Latin", "\u00E4\u00FF");
                    callback.succeeded();
                }))
                .hasField("X-Latin", "\u00E4\u00FF");
    }

    @ParameterizedTest
    @ValueSource(ints = {102, 103})
    @Tag("FCGI-150")
    void sendsNoInterimResponse(int status) throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            HttpFields.Mutable hints = HttpFields.build().add("Link", "</style.css>; rel=preload");
            r.writeInterim(status, hints).join();
            Content.Sink.write(r, true, "final", callback);
        });

        assertThat(response).hasStatus(200).hasNoField("Link").hasBody("final").isComplete();
    }

    @Test
    @Tag("FCGI-150")
    void sendsEarlyHintsAsAHeaderBlockOfTheirOwnWhereAsked() throws Exception {
        server.fcgi().setEarlyHints(true);
        FcgiResponse response = answer((request, r, callback) -> {
            HttpFields.Mutable hints =
                    HttpFields.build().add("Link", "</style.css>; rel=preload").add("Content-Length", "5");
            r.writeInterim(103, hints).join();
            r.writeInterim(102, HttpFields.build()).join();
            Content.Sink.write(r, true, "final", callback);
        });

        // For the peer the first header block is the only one.
        assertThat(response.headerText())
                .isEqualTo("Status: 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n");
        assertThat(response.text()).startsWith("Status: 200 OK\r\n").endsWith("\r\n\r\nfinal");
    }

    @Test
    @Tag("FCGI-150")
    void answersWithAnErrorAfterEarlyHints() throws Exception {
        server.fcgi().setEarlyHints(true);
        FcgiResponse response = answer((request, r, callback) -> {
            r.writeInterim(103, HttpFields.EMPTY).join();
            callback.failed(new IllegalStateException("expected by the test"));
        });

        assertThat(response.text()).startsWith("Status: 500 Server Error\r\n");
    }

    @Test
    @Tag("FCGI-150")
    void leavesExpectToTheWebServer() throws Exception {
        server.start(Apps.ECHO);

        FcgiResponse response = server.connect()
                .request(1, KEEP_CONN, Pairs.post("/", 4).and("HTTP_EXPECT", "100-continue"), "body".getBytes())
                .response(1);

        assertThat(response).hasStatus(200).hasBody("body").isComplete();
    }

    @Test
    @Tag("FCGI-151")
    void servesAnUpgradeAsAnOrdinaryRequest() throws Exception {
        server.start(Apps.text("no upgrade"));

        FcgiResponse response = server.connect()
                .request(
                        1,
                        KEEP_CONN,
                        Pairs.get("/")
                                .and(
                                        "HTTP_UPGRADE",
                                        "websocket",
                                        "HTTP_CONNECTION",
                                        "Upgrade",
                                        "HTTP_SEC_WEBSOCKET_VERSION",
                                        "13",
                                        "HTTP_SEC_WEBSOCKET_KEY",
                                        "dGhlIHNhbXBsZSBub25jZQ=="),
                        new byte[0])
                .response(1);

        assertThat(response).hasStatus(200).hasBody("no upgrade").isComplete();
    }

    @Test
    @Tag("FCGI-152")
    void dropsTrailers() throws Exception {
        FcgiResponse response = answer((request, r, callback) -> {
            assertThat(request.getTrailers()).isNull();
            r.setTrailersSupplier(() -> HttpFields.from(new HttpField("X-Trailer", "late")));
            Content.Sink.write(r, true, "body", callback);
        });

        assertThat(response)
                .hasStatus(200)
                .hasNoField("X-Trailer")
                .hasBody("body")
                .isComplete();
    }

    @Test
    @Tag("FCGI-153")
    void sendsEachWriteAtOnce() throws Exception {
        CountDownLatch firstWasSeen = new CountDownLatch(1);
        CountDownLatch headerWasSeen = new CountDownLatch(1);
        server.start((request, r, callback) -> {
            Content.Sink.write(r, false, ByteBuffer.allocate(0));
            Await.latch("the header is seen", headerWasSeen);
            Content.Sink.write(r, false, ByteBuffer.wrap("one ".getBytes()));
            Await.latch("the first event is seen", firstWasSeen);
            Content.Sink.write(r, true, "two", callback);
        });
        Peer peer = server.connect().get(1, KEEP_CONN, "/");

        peer.responseWhen(1, FcgiResponse::hasHeader);
        headerWasSeen.countDown();
        peer.responseWhen(1, response -> response.text().equals("one "));
        firstWasSeen.countDown();

        assertThat(peer.response(1)).hasBody("one two").isComplete();
    }

    @Test
    @Tag("FCGI-154")
    void sendsASmallResponseInOneRecord() throws Exception {
        FcgiResponse response = answer(Apps.text("small"));

        assertThat(response.stdoutRecords()).hasSize(2);
        assertThat(response.records()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {9_000, 15_000, 64_000})
    @Tag("FCGI-142")
    void sendsALargeHeaderBlock(int length) throws Exception {
        server.http().setMaxResponseHeaderSize(length + 1000);

        FcgiResponse response = answer((request, r, callback) -> {
            r.getHeaders().put("X-Large", "x".repeat(length));
            Content.Sink.write(r, true, "body", callback);
        });

        assertThat(response).hasStatus(200).hasField("X-Large", "x".repeat(length));
        assertThat(response).hasBody("body").isComplete();
    }

    /** As over HTTP: what cannot be sent has not been. */
    @ParameterizedTest
    @EnumSource(Large.class)
    @Tag("FCGI-161")
    void answersWithTheErrorPageWhereAHeaderBlockIsTooLarge(Large kind) throws Exception {
        List<Integer> logged = new CopyOnWriteArrayList<>();
        server.start((request, r, callback) -> {
            if (request.getHttpURI().getPath().equals("/large")) {
                kind.headers.accept(r.getHeaders());
                r.getHeaders().put("X-Small", "y");
                if (kind == Large.FLUSHED) {
                    Content.Sink.write(r, false, ByteBuffer.allocate(0));
                }
            }
            Content.Sink.write(r, true, "body", callback);
        });
        server.jetty().setRequestLog((request, response) -> logged.add(response.getStatus()));
        Peer peer = server.connect();

        FcgiResponse large = peer.get(1, KEEP_CONN, "/large").response(1);

        assertThat(large)
                .hasStatus(500)
                .hasNoField("X-Small")
                .hasNoField("X-Large")
                .hasNoField("X-Large-1");
        assertThat(large.text()).contains("<title>Error 500", "response headers of");
        assertThat(large).endedWith(0, REQUEST_COMPLETE);
        assertThat(peer.get(1, KEEP_CONN, "/small").response(1)).hasBody("body").isComplete();
        Await.until("both are logged", () -> logged.size() == 2);
        assertThat(logged).containsExactlyInAnyOrder(500, 200);
    }

    private enum Large {
        ONE(headers -> headers.put("X-Large", "x".repeat(17_000))),
        LARGER_THAN_A_RECORD(headers -> headers.put("X-Large", "x".repeat(100_000))),
        MANY(headers -> IntStream.range(0, 2000).forEach(i -> headers.add("X-Large-" + i, "some value"))),
        COOKIES(headers -> IntStream.range(0, 20).forEach(i -> headers.add("Set-Cookie", i + "=" + "x".repeat(3000)))),
        FLUSHED(headers -> headers.put("X-Large", "x".repeat(17_000)));

        private final Consumer<HttpFields.Mutable> headers;

        Large(Consumer<HttpFields.Mutable> headers) {
            this.headers = headers;
        }
    }

    @Test
    @Tag("FCGI-140")
    @Tag("FCGI-62")
    void sendsTheFieldsOfAGetAndNoBodyForHead() throws Exception {
        App app = (request, r, callback) -> {
            r.getHeaders().put(HttpHeader.CONTENT_LENGTH, 10);
            r.getHeaders().put("X-One", "1");
            Content.Sink.write(r, false, ByteBuffer.wrap("12345".getBytes()));
            Content.Sink.write(r, true, "67890", callback);
        };
        server.start(app);
        Peer peer = server.connect();

        FcgiResponse get =
                peer.request(1, KEEP_CONN, Pairs.get("/"), new byte[0]).response(1);
        FcgiResponse head = peer.request(1, KEEP_CONN, Pairs.request("HEAD", "/"), new byte[0])
                .response(1);

        assertThat(get).hasBody("1234567890").isComplete();
        assertThat(head).hasStatus(200).hasBody("").isComplete();
        assertThat(head.headerText()).isEqualTo(get.headerText());
    }

    private FcgiResponse answer(App app) throws Exception {
        return answer("GET", app);
    }

    private FcgiResponse answer(String method, App app) throws Exception {
        if (server.jetty() == null) {
            server.start((request, response, callback) -> current.handle(request, response, callback));
        }
        current = app;
        return server.connect()
                .request(1, KEEP_CONN, Pairs.request(method, "/"), new byte[0])
                .response(1);
    }
}
