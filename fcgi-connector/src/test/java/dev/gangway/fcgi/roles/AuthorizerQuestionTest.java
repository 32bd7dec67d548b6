package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.GRANT;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.ask;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.start;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.FcgiRequest;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the application of an Authorizer sees of the request that it is asked about. */
@ParameterizedClass
@EnumSource(Link.class)
class AuthorizerQuestionTest {
    @RegisterExtension
    final FcgiServer server;

    AuthorizerQuestionTest(Link link) {
        server = AuthorizerQuestions.server(link);
    }

    @Test
    @Tag("FCGI-73")
    void leadsToThePathThatIsConfigured() throws Exception {
        AtomicReference<Request> seen = new AtomicReference<>();
        server.fcgi().setAuthorizerPath("/app/auth");
        start(server, (request, response, callback) -> {
            seen.set(request);
            assertThat(request.getAttribute(FcgiRequest.TARGET_ATTRIBUTE)).isEqualTo("/a%2Fb;x/c?d=e%20f");
            assertThat(Apps.fcgi(request).target()).isEqualTo("/a%2Fb;x/c?d=e%20f");
            assertThat(request.getHttpURI().getPathQuery()).isEqualTo("/app/auth?d=e%20f");
            GRANT.handle(request, response, callback);
        });

        assertThat(ask(server, Pairs.get("/a%2Fb;x/c?d=e%20f"))).hasStatus(200).isComplete();
        assertThat(seen.get()).isNotNull();
    }

    @Test
    @Tag("FCGI-73")
    void leavesTheResponderItsPath() throws Exception {
        server.fcgi().setAuthorizerPath("/auth");
        start(server, (request, response, callback) -> {
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
        start(server, (request, response, callback) -> {
            assertThat(request.getMethod()).isEqualTo(seen);
            assertThat(Apps.params(request)).containsEntry("REQUEST_METHOD", method);
            GRANT.handle(request, response, callback);
        });

        assertThat(ask(server, Pairs.request(method, "/"))).hasStatus(200);
    }

    @Test
    @Tag("FCGI-80")
    void asksWithoutConditions() throws Exception {
        start(server, (request, response, callback) -> {
            assertThat(request.getHeaders().getFieldNamesCollection()).containsExactlyInAnyOrder("Host", "Accept");
            GRANT.handle(request, response, callback);
        });

        Pairs pairs = Pairs.get("/")
                .and("HTTP_ACCEPT", "*/*", "HTTP_IF_NONE_MATCH", "\"x\"", "HTTP_IF_MODIFIED_SINCE", "x")
                .and("HTTP_RANGE", "bytes=0-1", "HTTP_IF_RANGE", "\"x\"", "HTTP_IF_MATCH", "\"x\"");
        assertThat(ask(server, pairs)).hasStatus(200);
    }

    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-167")
    void passesThePasswordAsAuthorizationAndNowhereElse() throws Exception {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString("j\u00f6rg:s3cr\u00e9t".getBytes(StandardCharsets.UTF_8));
        server.fcgi().setAttributes(java.util.List.of("REMOTE_*"));
        start(server, (request, response, callback) -> {
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
        assertThat(ask(server, pairs)).hasStatus(200);
    }
}
