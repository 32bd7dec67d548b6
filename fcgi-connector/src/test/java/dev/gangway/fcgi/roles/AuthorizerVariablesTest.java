package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.GRANT;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.ask;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.start;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.api.FcgiRequest;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an Authorizer that grants tells the web server of the request. */
@ParameterizedClass
@EnumSource(Link.class)
class AuthorizerVariablesTest {
    @RegisterExtension
    final FcgiServer server;

    AuthorizerVariablesTest(Link link) {
        server = AuthorizerQuestions.server(link);
    }

    @Test
    @Tag("FCGI-77")
    @Tag("FCGI-78")
    void grantsWithTheVariablesAndNothingElse() throws Exception {
        start(server, (request, response, callback) -> {
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

        FcgiResponse response = ask(server, Pairs.get("/secret"));

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
        start(server, (request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).setVariable(name, "x"))
                    .isInstanceOf(IllegalArgumentException.class);
            GRANT.handle(request, response, callback);
        });

        FcgiResponse response = ask(server, Pairs.get("/"));

        assertThat(response).hasStatus(200);
        assertThat(response.header().fields()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: a=b", "a\nb", "a\0b", "a\u0085b"})
    @Tag("FCGI-79")
    void refusesABadVariableValue(String value) throws Exception {
        start(server, (request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).setVariable("X", value))
                    .isInstanceOf(IllegalArgumentException.class);
            GRANT.handle(request, response, callback);
        });

        assertThat(ask(server, Pairs.get("/")).header().fields()).isEmpty();
    }

    @Test
    @Tag("FCGI-77")
    void hasVariablesForAnAuthorizerOnly() throws Exception {
        start(server, (request, response, callback) -> {
            assertThatThrownBy(() -> Apps.fcgi(request).setVariable("X", "y"))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Apps.fcgi(request).data()).isInstanceOf(IllegalStateException.class);
            callback.succeeded();
        });

        assertThat(server.connect().get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }
}
