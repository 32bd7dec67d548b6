package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.GRANT;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.ask;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.start;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.conformance.peer.Await;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.config.AuthorizerGrant;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How an Authorizer is asked, grants and denies. */
@ParameterizedClass
@EnumSource(Link.class)
class AuthorizerTest {
    @RegisterExtension
    final FcgiServer server;

    AuthorizerTest(Link link) {
        server = AuthorizerQuestions.server(link);
    }

    @Test
    @Tag("FCGI-73")
    @Tag("FCGI-74")
    @Tag("FCGI-75")
    @Tag("FCGI-76")
    void grantsWithoutAnyStdin() throws Exception {
        start(server, (request, response, callback) -> {
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
        start(server, GRANT);
        Peer peer = server.connect().begin(1, AUTHORIZER, CLOSE);

        peer.params(1, Pairs.get("/")).paramsEnd(1);
        assertThat(peer.response(1)).hasStatus(200).isComplete();
        peer.stdinEnd(1).expectEof();
    }

    @Test
    @Tag("FCGI-74")
    void ignoresABody() throws Exception {
        start(server, (request, response, callback) -> {
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
        start(server, (request, response, callback) -> {
            response.setStatus(status);
            response.getHeaders().put("WWW-Authenticate", "Basic realm=\"x\"");
            response.getHeaders().put("Location", "/login");
            response.getHeaders().put("Variable-A", "never");
            Apps.fcgi(request).setVariable("B", "never");
            response.write(true, ByteBuffer.wrap("no".getBytes()), callback);
        });

        FcgiResponse response = ask(server, Pairs.get("/secret"));

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
    @Tag("FCGI-75")
    void grantsByAStatusThatIsSetOrByContent() throws Exception {
        start(server, (request, response, callback) -> {
            boolean set = request.getHttpURI().getPath().equals("/set");
            if (set) {
                response.setStatus(200);
            }
            response.write(true, set ? null : ByteBuffer.wrap("welcome".getBytes()), callback);
        });

        for (String method : new String[] {"GET", "HEAD"}) {
            assertThat(ask(server, Pairs.request(method, "/set")))
                    .hasStatus(200)
                    .hasBody("");
            assertThat(ask(server, Pairs.request(method, "/content")))
                    .hasStatus(200)
                    .hasBody("");
        }
    }

    @Test
    @Tag("FCGI-80")
    void grantsExplicitlyOnlyIfSoConfigured() throws Exception {
        server.fcgi().setExplicitGrant(true);
        server.start((request, response, callback) -> {
            assertThat(request.getMethod()).isEqualTo("OPTIONS");
            if (request.getHttpURI().getPath().equals("/granted")) {
                ((AuthorizerGrant) Apps.fcgi(request)).setGranted(true);
            }
            response.setStatus(200);
            response.write(true, ByteBuffer.wrap("please log in".getBytes()), callback);
        });

        assertThat(ask(server, Pairs.request("OPTIONS", "/login")))
                .hasStatus(403)
                .hasBody("");
        assertThat(ask(server, Pairs.request("OPTIONS", "/granted"))).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST_METHOD", "REQUEST_URI"})
    @Tag("FCGI-80")
    void deniesWhatIsMalformed(String missing) throws Exception {
        start(server, GRANT);

        assertThat(ask(server, Pairs.get("/").without(missing))).hasStatus(400);
        assertThat(server.begun()).isZero();
    }

    @Test
    @Tag("FCGI-80")
    @Tag("FCGI-97")
    void deniesWhenOverloaded() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.fcgi().setMaxRequests(1);
        start(server, (request, response, callback) -> {
            Await.latch("end", end);
            GRANT.handle(request, response, callback);
        });
        Peer first = server.connect().begin(1, AUTHORIZER, KEEP_CONN);
        first.params(1, Pairs.get("/")).paramsEnd(1);
        Await.until("it runs", () -> server.handling() == 1);

        assertThat(ask(server, Pairs.get("/"))).hasStatus(503);
        end.countDown();

        assertThat(first.response(1)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-80")
    @Tag("FCGI-91")
    void deniesWhenAborted() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        start(server, (request, response, callback) -> {
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
    @Tag("FCGI-80")
    @Tag("FCGI-150")
    void sendsNoInterimResponse() throws Exception {
        server.fcgi().setEarlyHints(true);
        start(server, (request, response, callback) -> {
            response.writeInterim(103, HttpFields.build().add("Link", "</a>; rel=preload"))
                    .get();
            GRANT.handle(request, response, callback);
        });

        FcgiResponse response = ask(server, Pairs.get("/"));

        assertThat(response).hasStatus(200).isComplete();
        assertThat(response.header().fields()).isEmpty();
    }
}
