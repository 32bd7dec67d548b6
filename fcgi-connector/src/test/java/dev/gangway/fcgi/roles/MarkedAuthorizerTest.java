package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_ROLE;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.GRANT;
import static dev.gangway.fcgi.roles.AuthorizerQuestions.start;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.Apps;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** An Authorizer that is asked as a Responder, with a parameter that says so, as nginx does it. */
@ParameterizedClass
@EnumSource(Link.class)
class MarkedAuthorizerTest {
    @RegisterExtension
    final FcgiServer server;

    MarkedAuthorizerTest(Link link) {
        server = AuthorizerQuestions.server(link);
    }

    @Test
    @Tag("FCGI-75")
    void treatsAMarkedRequestOfAResponderAsAuthorizer() throws Exception {
        start(server, (request, response, callback) -> {
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
        start(server, (request, response, callback) -> {
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
        server.fcgi().setRoles(EnumSet.of(Role.RESPONDER));
        start(server, GRANT);
        Peer peer = server.connect();

        assertThat(marked(peer, "200")).hasStatus(403).endedWith(0, UNKNOWN_ROLE);
        assertThat(server.begun()).isZero();
        assertThat(peer.get(1, KEEP_CONN, "/").response(1)).hasStatus(200);
    }
}
