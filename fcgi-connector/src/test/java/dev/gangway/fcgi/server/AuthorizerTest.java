package dev.gangway.fcgi.server;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_ROLE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer.App;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Blocker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(Link.class)
class AuthorizerTest {
    private static final App GRANT = (request, response, callback) -> {
        response.setStatus(200);
        callback.succeeded();
    };

    @RegisterExtension
    final FcgiServer server;

    AuthorizerTest(Link link) {
        server = new FcgiServer(link);
        server.fcgi.setRoles(EnumSet.of(Role.RESPONDER, Role.AUTHORIZER));
    }

    private void start(App app) throws Exception {
        server.start(new AuthorizerHandler(FcgiServer.handler(app)));
    }

    private FcgiResponse ask(Pairs pairs) {
        return ask(server.connect(), pairs);
    }

    /** Without any STDIN record, as Apache httpd asks. */
    private static FcgiResponse ask(Peer peer, Pairs pairs) {
        return peer.begin(1, AUTHORIZER, KEEP_CONN)
                .params(1, pairs)
                .paramsEnd(1)
                .response(1);
    }

    @Test
    @Tag("FCGI-73")
    @Tag("FCGI-74")
    @Tag("FCGI-75")
    @Tag("FCGI-76")
    void grantsWithoutAnyStdin() throws Exception {
        start((request, response, callback) -> {
            assertThat(Apps.fcgi(request).role()).isEqualTo(Role.AUTHORIZER);
            assertThat(request.getAttribute(FcgiRequest.ROLE_ATTRIBUTE)).isEqualTo("AUTHORIZER");
            assertThat(Content.Source.asByteBuffer(request).hasRemaining()).isFalse();
            GRANT.handle(request, response, callback);
        });
        Peer peer = server.connect();

        FcgiResponse response = ask(peer, Pairs.get("/secret"));

        assertThat(response).hasStatus(200).hasBody("").isComplete();
        assertThat(response.headerText()).startsWith("Status: 200");
        assertThat(ask(peer, Pairs.get("/again"))).hasStatus(200).isComplete();
    }

    @Test
    @Tag("FCGI-74")
    void grantsWithAnEmptyStdinThatComesAfterTheAnswer() throws Exception {
        start(GRANT);
        Peer peer = server.connect().begin(1, AUTHORIZER, CLOSE);

        peer.params(1, Pairs.get("/")).paramsEnd(1);
        assertThat(peer.response(1)).hasStatus(200).isComplete();
        peer.stdinEnd(1).expectEof();
    }

    @Test
    @Tag("FCGI-74")
    void ignoresABody() throws Exception {
        start((request, response, callback) -> {
            assertThat(request.getLength()).isZero();
            assertThat(request.getHeaders().contains(HttpHeader.CONTENT_TYPE)).isFalse();
            assertThat(Content.Source.asString(request)).isEmpty();
            GRANT.handle(request, response, callback);
        });
        Peer peer = server.connect().begin(1, AUTHORIZER, KEEP_CONN);

        peer.params(1, Pairs.post("/", 100_000).and("CONTENT_TYPE", "application/x-www-form-urlencoded"))
                .paramsEnd(1)
                .stdin(1, new byte[100_000])
                .stdinEnd(1);

        assertThat(peer.response(1)).hasStatus(200).isComplete();
        assertThat(ask(peer, Pairs.get("/"))).hasStatus(200).isComplete();
    }

    @ParameterizedTest
    @CsvSource({"401", "302", "403", "404", "500", "204", "304"})
    @Tag("FCGI-75")
    @Tag("FCGI-78")
    void deniesWithStatusHeadersAndBody(int status) throws Exception {
        start((request, response, callback) -> {
            response.setStatus(status);
            response.getHeaders().put("WWW-Authenticate", "Basic realm=\"x\"");
            response.getHeaders().put("Location", "/login");
            response.getHeaders().put("Variable-A", "never");
            Apps.fcgi(request).setVariable("B", "never");
            response.write(true, ByteBuffer.wrap("no".getBytes()), callback);
        });

        FcgiResponse response = ask(Pairs.get("/secret"));

        assertThat(response)
                .hasStatus(status)
                .hasField("WWW-Authenticate", "Basic realm=\"x\"")
                .hasField("Location", "/login")
                .hasNoField("Variable-A")
                .hasNoField("Variable-B")
                .hasBody(status == 204 || status == 304 ? "" : "no")
                .isComplete();
    }

    @Test
    @Tag("FCGI-77")
    @Tag("FCGI-78")
    void grantsWithTheVariablesAndNothingElse() throws Exception {
        start((request, response, callback) -> {
            response.getHeaders().put("Variable-AUTH_METHOD", "servlet");
            response.getHeaders().put("Variable-both", "header");
            response.getHeaders().put("Set-Cookie", "a=b");
            response.getHeaders().put("X-Other", "c");
            FcgiRequest fcgi = Apps.fcgi(request);
            fcgi.setVariable("both", "api");
            fcgi.setVariable("REMOTE_USER", "first");
            fcgi.setVariable("REMOTE_USER", "J\u00f6rg \u65e5\u672c");
            response.write(true, ByteBuffer.wrap("welcome".getBytes()), callback);
        });

        FcgiResponse response = ask(Pairs.get("/secret"));

        assertThat(response).hasStatus(200).hasBody("").isComplete();
        assertThat(response.header().fields())
                .extracting("name")
                .containsExactlyInAnyOrder("Variable-AUTH_METHOD", "Variable-both", "Variable-REMOTE_USER");
        assertThat(response)
                .hasField("Variable-AUTH_METHOD", "servlet")
                .hasField("Variable-both", "api")
                .hasField(
                        "Variable-REMOTE_USER",
                        new String(
                                "J\u00f6rg \u65e5\u672c".getBytes(StandardCharsets.UTF_8),
                                StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nSet-Cookie", "\u00e4"})
    @Tag("FCGI-79")
    void refusesABadVariableName(String name) throws Exception {
        start((request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).setVariable(name, "x"))
                    .isInstanceOf(IllegalArgumentException.class);
            GRANT.handle(request, response, callback);
        });

        FcgiResponse response = ask(Pairs.get("/"));

        assertThat(response).hasStatus(200);
        assertThat(response.header().fields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: a=b", "a\nb", "a\0b", "a\u0085b"})
    @Tag("FCGI-79")
    void refusesABadVariableValue(String value) throws Exception {
        start((request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).setVariable("X", value))
                    .isInstanceOf(IllegalArgumentException.class);
            GRANT.handle(request, response, callback);
        });

        assertThat(ask(Pairs.get("/")).header().fields()).isEmpty();
    }

    @Test
    @Tag("FCGI-77")
    void hasVariablesForAnAuthorizerOnly() throws Exception {
        start((request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).setVariable("X", "y"))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Apps.fcgi(request).data()).isInstanceOf(IllegalStateException.class);
            callback.succeeded();
        });

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }

    /** What can go wrong in an application that has said, or is about to say, 200. */
    enum Failure {
        BEFORE {
            @Override
            void handle(Request request, Response response) {
                throw new IllegalStateException("expected by the test");
            }
        },
        AFTER_STATUS {
            @Override
            void handle(Request request, Response response) {
                response.setStatus(200);
                throw new IllegalStateException("expected by the test");
            }
        },
        AFTER_FLUSH {
            @Override
            void handle(Request request, Response response) throws Exception {
                response.setStatus(200);
                flush(response, new byte[0]);
                throw new IllegalStateException("expected by the test");
            }
        },
        AFTER_BODY {
            @Override
            void handle(Request request, Response response) throws Exception {
                flush(response, new byte[100_000]);
                throw new IllegalStateException("expected by the test");
            }
        },
        AFTER_VARIABLES {
            @Override
            void handle(Request request, Response response) throws Exception {
                Apps.fcgi(request).setVariable("REMOTE_USER", "admin");
                flush(response, new byte[1]);
                throw new IllegalStateException("expected by the test");
            }
        },
        HEADERS_TOO_LARGE {
            @Override
            void handle(Request request, Response response) {
                response.setStatus(200);
                Apps.fcgi(request).setVariable("BIG", "x".repeat(70_000));
            }
        },
        CALLBACK_FAILS {
            @Override
            void handle(Request request, Response response) throws Exception {
                flush(response, new byte[10]);
                throw new UnsupportedOperationException("expected by the test");
            }
        };

        abstract void handle(Request request, Response response) throws Exception;

        static void flush(Response response, byte[] content) throws Exception {
            try (Blocker.Callback blocker = Blocker.callback()) {
                response.write(false, ByteBuffer.wrap(content), blocker);
                blocker.block();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    @Tag("FCGI-80")
    void deniesWhateverFails(Failure failure) throws Exception {
        start((request, response, callback) -> {
            try {
                failure.handle(request, response);
                callback.succeeded();
            } catch (UnsupportedOperationException e) {
                callback.failed(e);
            }
        });

        FcgiResponse response = ask(Pairs.get("/"));

        assertThat(response.status()).isGreaterThanOrEqualTo(400);
        assertThat(response.header().fields()).noneMatch(field -> field.name().startsWith("Variable-"));
    }

    /** What says nothing, though Jetty makes a status of 200 of it. */
    enum Silence {
        RETURN {
            @Override
            void handle(Request request, Response response) {}
        },
        FLUSH {
            @Override
            void handle(Request request, Response response) throws Exception {
                Failure.flush(response, new byte[0]);
            }
        },
        HEADERS {
            @Override
            void handle(Request request, Response response) {
                response.getHeaders().put("Set-Cookie", "a=b").put("Variable-REMOTE_USER", "joe");
            }
        },
        VARIABLE {
            @Override
            void handle(Request request, Response response) {
                Apps.fcgi(request).setVariable("REMOTE_USER", "joe");
            }
        },
        RESET {
            @Override
            void handle(Request request, Response response) {
                response.setStatus(200);
                response.reset();
            }
        };

        abstract void handle(Request request, Response response) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Silence.class)
    @Tag("FCGI-80")
    void deniesWhereNothingIsSaid(Silence silence) throws Exception {
        start((request, response, callback) -> {
            silence.handle(request, response);
            if (request.getHttpURI().getPath().equals("/written")) {
                response.write(true, null, callback);
            } else {
                callback.succeeded();
            }
        });

        for (String path : new String[] {"/", "/written"}) {
            FcgiResponse response = ask(Pairs.get(path));

            assertThat(response).hasStatus(403).hasBody("").isComplete();
            assertThat(response.header().fields()).isEmpty();
        }
    }

    @Test
    @Tag("FCGI-75")
    void grantsByAStatusThatIsSetOrByContent() throws Exception {
        start((request, response, callback) -> {
            boolean set = request.getHttpURI().getPath().equals("/set");
            if (set) {
                response.setStatus(200);
            }
            response.write(true, set ? null : ByteBuffer.wrap("welcome".getBytes()), callback);
        });

        for (String method : new String[] {"GET", "HEAD"}) {
            assertThat(ask(Pairs.request(method, "/set"))).hasStatus(200).hasBody("");
            assertThat(ask(Pairs.request(method, "/content"))).hasStatus(200).hasBody("");
        }
    }

    @Test
    @Tag("FCGI-80")
    void deniesByStatusAloneWithoutTheHandlerThatSeesIt() throws Exception {
        server.start(GRANT);

        assertThat(ask(Pairs.get("/"))).hasStatus(403);
    }

    @Test
    @Tag("FCGI-80")
    void doesNotTakeAnErrorPageWithStatus200ForAGrant() throws Exception {
        start((request, response, callback) -> {
            request.setAttribute(ErrorHandler.ERROR_EXCEPTION, new IllegalStateException("expected by the test"));
            response.setStatus(200);
            response.write(true, ByteBuffer.wrap("sorry".getBytes()), callback);
        });

        assertThat(ask(Pairs.get("/"))).hasStatus(403).hasBody("");
    }

    @Test
    @Tag("FCGI-80")
    void grantsNothingOnceItIsDenied() throws Exception {
        start((request, response, callback) -> {
            ((AuthorizerGrant) Apps.fcgi(request)).deny();
            response.setStatus(200);
            response.write(true, ByteBuffer.wrap("sorry".getBytes()), callback);
        });

        assertThat(ask(Pairs.get("/"))).hasStatus(403).hasBody("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST_METHOD", "REQUEST_URI"})
    @Tag("FCGI-80")
    void deniesWhatIsMalformed(String missing) throws Exception {
        start(GRANT);

        assertThat(ask(Pairs.get("/").without(missing))).hasStatus(400);
        assertThat(server.begun()).isZero();
    }

    @Test
    @Tag("FCGI-80")
    @Tag("FCGI-97")
    void deniesWhenOverloaded() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.fcgi.setMaxRequests(1);
        start((request, response, callback) -> {
            Await.latch("end", end);
            GRANT.handle(request, response, callback);
        });
        Peer first = server.connect().begin(1, AUTHORIZER, KEEP_CONN);
        first.params(1, Pairs.get("/")).paramsEnd(1);
        Await.until("it runs", () -> server.handling() == 1);

        assertThat(ask(Pairs.get("/"))).hasStatus(503);
        end.countDown();

        assertThat(first.response(1)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-80")
    @Tag("FCGI-91")
    void deniesWhenAborted() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        start((request, response, callback) -> {
            Await.latch("end", end);
            GRANT.handle(request, response, callback);
        });
        Peer peer = server.connect().begin(1, AUTHORIZER, KEEP_CONN);
        peer.params(1, Pairs.get("/")).paramsEnd(1);
        Await.until("it runs", () -> server.handling() == 1);

        peer.abort(1).fence();
        end.countDown();

        assertThat(peer.response(1).status()).isGreaterThanOrEqualTo(400);
    }

    @Test
    @Tag("FCGI-73")
    void leadsToThePathThatIsConfigured() throws Exception {
        AtomicReference<Request> seen = new AtomicReference<>();
        server.fcgi.setAuthorizerPath("/app/auth");
        start((request, response, callback) -> {
            seen.set(request);
            assertThat(request.getAttribute(FcgiRequest.TARGET_ATTRIBUTE)).isEqualTo("/a%2Fb;x/c?d=e%20f");
            assertThat(Apps.fcgi(request).target()).isEqualTo("/a%2Fb;x/c?d=e%20f");
            assertThat(request.getHttpURI().getPathQuery()).isEqualTo("/app/auth?d=e%20f");
            GRANT.handle(request, response, callback);
        });

        assertThat(ask(Pairs.get("/a%2Fb;x/c?d=e%20f"))).hasStatus(200).isComplete();
        assertThat(seen.get()).isNotNull();
    }

    @Test
    @Tag("FCGI-73")
    void leavesTheResponderItsPath() throws Exception {
        server.fcgi.setAuthorizerPath("/auth");
        start((request, response, callback) -> {
            assertThat(request.getAttribute(FcgiRequest.TARGET_ATTRIBUTE)).isNull();
            assertThat(Apps.fcgi(request).target()).isEqualTo("/page?q");
            Apps.TARGET.handle(request, response, callback);
        });

        assertThat(server.connect().get(1, KEEP_CONN, "/page?q").response(1)).hasBody("/page?q");
    }

    @ParameterizedTest
    @CsvSource({"OPTIONS, GET", "TRACE, GET", "POST, POST", "HEAD, GET", "PROPFIND, PROPFIND"})
    @Tag("FCGI-80")
    void asksWithNoMethodWhoseAnswerIsUnclear(String method, String seen) throws Exception {
        start((request, response, callback) -> {
            assertThat(request.getMethod()).isEqualTo(seen);
            assertThat(Apps.params(request)).containsEntry("REQUEST_METHOD", method);
            GRANT.handle(request, response, callback);
        });

        assertThat(ask(Pairs.request(method, "/"))).hasStatus(200);
    }

    @Test
    @Tag("FCGI-80")
    void asksWithoutConditions() throws Exception {
        start((request, response, callback) -> {
            assertThat(request.getHeaders().getFieldNamesCollection()).containsExactlyInAnyOrder("Host", "Accept");
            GRANT.handle(request, response, callback);
        });

        Pairs pairs = Pairs.get("/")
                .and("HTTP_ACCEPT", "*/*", "HTTP_IF_NONE_MATCH", "\"x\"", "HTTP_IF_MODIFIED_SINCE", "x")
                .and("HTTP_RANGE", "bytes=0-1", "HTTP_IF_RANGE", "\"x\"", "HTTP_IF_MATCH", "\"x\"");
        assertThat(ask(pairs)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-167")
    void passesThePasswordAsAuthorizationAndNowhereElse() throws Exception {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString("j\u00f6rg:s3cr\u00e9t".getBytes(StandardCharsets.UTF_8));
        server.fcgi.setAttributes(java.util.List.of("REMOTE_*"));
        start((request, response, callback) -> {
            assertThat(request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION))
                    .containsExactly(basic);
            assertThat(Apps.params(request))
                    .containsEntry("REMOTE_USER", "j\u00f6rg")
                    .doesNotContainKey("REMOTE_PASSWD");
            assertThat(Apps.fcgi(request).params()).extracting("name").doesNotContain("REMOTE_PASSWD");
            assertThat(request.getAttribute("REMOTE_USER")).isEqualTo("j\u00f6rg");
            assertThat(request.getAttribute("REMOTE_PASSWD")).isNull();
            GRANT.handle(request, response, callback);
        });

        Pairs pairs = Pairs.get("/")
                .and("REMOTE_USER", "j\u00f6rg", "REMOTE_PASSWD", "s3cr\u00e9t", "FCGI_APACHE_ROLE", "AUTHENTICATOR")
                .and("HTTP_AUTHORIZATION", "Basic Zm9yZ2VkOmZvcmdlZA==");
        assertThat(ask(pairs)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-75")
    void treatsAMarkedRequestOfAResponderAsAuthorizer() throws Exception {
        start((request, response, callback) -> {
            assertThat(Apps.fcgi(request).role()).isEqualTo(Role.AUTHORIZER);
            Apps.fcgi(request).setVariable("X", "y");
            response.setStatus(Integer.parseInt(request.getHttpURI().getQuery()));
            response.write(true, ByteBuffer.wrap("body".getBytes()), callback);
        });
        Peer peer = server.connect();

        assertThat(marked(peer, "200")).hasStatus(200).hasBody("").hasField("Variable-X", "y");
        // nginx would take every 2xx for a grant.
        assertThat(marked(peer, "204")).hasStatus(403).hasNoField("Variable-X");
        assertThat(marked(peer, "299")).hasStatus(403);
        assertThat(marked(peer, "401")).hasStatus(401).hasBody("body");
        // It would make a 500 of a redirect.
        assertThat(marked(peer, "302")).hasStatus(401);
        assertThat(marked(peer, "403")).hasStatus(403);
    }

    private static FcgiResponse marked(Peer peer, String status) {
        return peer.request(1, KEEP_CONN, Pairs.get("/?" + status).and("FCGI_ROLE", "AUTHORIZER"), new byte[0])
                .response(1);
    }

    @Test
    @Tag("FCGI-75")
    void isNotMarkedByAHeader() throws Exception {
        start((request, response, callback) -> {
            assertThat(Apps.fcgi(request).role()).isEqualTo(Role.RESPONDER);
            callback.succeeded();
        });

        assertThat(server.connect()
                        .request(1, KEEP_CONN, Pairs.get("/").and("HTTP_FCGI_ROLE", "AUTHORIZER"), new byte[0])
                        .response(1))
                .hasStatus(200);
    }

    @Test
    @Tag("FCGI-52")
    @Tag("FCGI-98")
    void refusesAMarkedRequestIfTheRoleIsOff() throws Exception {
        server.fcgi.setRoles(EnumSet.of(Role.RESPONDER));
        start(GRANT);
        Peer peer = server.connect();

        assertThat(marked(peer, "200")).hasStatus(403).endedWith(0, UNKNOWN_ROLE);
        assertThat(server.begun()).isZero();
        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-80")
    @Tag("FCGI-150")
    void sendsNoInterimResponse() throws Exception {
        server.fcgi.setEarlyHints(true);
        start((request, response, callback) -> {
            response.writeInterim(103, HttpFields.build().add("Link", "</a>; rel=preload"))
                    .get();
            GRANT.handle(request, response, callback);
        });

        FcgiResponse response = ask(Pairs.get("/"));

        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.header().fields()).isEmpty();
    }

    @Test
    @Tag("FCGI-80")
    void grantsExplicitlyOnlyIfSoConfigured() throws Exception {
        server.fcgi.setExplicitGrant(true);
        server.start((request, response, callback) -> {
            assertThat(request.getMethod()).isEqualTo("OPTIONS");
            if (request.getHttpURI().getPath().equals("/granted")) {
                ((AuthorizerGrant) Apps.fcgi(request)).setGranted(true);
            }
            response.setStatus(200);
            response.write(true, ByteBuffer.wrap("please log in".getBytes()), callback);
        });

        assertThat(ask(Pairs.request("OPTIONS", "/login"))).hasStatus(403).hasBody("");
        assertThat(ask(Pairs.request("OPTIONS", "/granted"))).hasStatus(200);
    }
}
