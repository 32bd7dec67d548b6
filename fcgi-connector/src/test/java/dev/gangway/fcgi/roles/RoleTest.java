package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static dev.gangway.conformance.record.FcgiNumbers.UNKNOWN_ROLE;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.AuthorizerHandler;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.Link;
import dev.gangway.fcgi.testing.LogCapture;
import java.util.EnumSet;
import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which role a request has, by BEGIN_REQUEST, by the parameter FCGI_ROLE, and by the connector. */
class RoleTest {
    @RegisterExtension
    final LogCapture log = new LogCapture();

    @RegisterExtension
    final FcgiServer server = new FcgiServer(Link.TCP);

    /** nginx grants what is answered with 200. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "authorizer", "Authorizer", "AUTHORISER", "AUTHORIZER ", " AUTHORIZER", "FILTER", "2"})
    @Tag("FCGI-81")
    @Tag("FCGI-75")
    void refusesARoleThatIsNotClear(String role) throws Exception {
        serveAllRoles();

        assertThat(ask(RESPONDER, role)).hasStatus(403).endedWith(0, UNKNOWN_ROLE);
        assertThat(server.begun()).isZero();
        assertThat(log.text()).contains("request refused with 403: FCGI_ROLE is '" + role + "' on RESPONDER");
    }

    @ParameterizedTest
    @CsvSource({
        "1, RESPONDER, 200",
        "2, AUTHORIZER, 200",
        "3, FILTER, 200",
        "2, RESPONDER, 403",
        "2, FILTER, 403",
        "3, AUTHORIZER, 403",
        "3, RESPONDER, 403"
    })
    @Tag("FCGI-75")
    void refusesARoleThatContradictsTheRecord(int begun, String role, int status) throws Exception {
        serveAllRoles();

        assertThat(ask(begun, role)).hasStatus(status);
        assertThat(server.begun()).isEqualTo(status == 200 ? 1 : 0);
    }

    /** Whatever the web server's configuration forgets, there it is a question. */
    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-75")
    void takesEveryRequestForAQuestionAtAConnectorOfTheAuthorizer() throws Exception {
        server.takeQuestionsOnly();
        serveAllRoles();

        assertThat(ask(RESPONDER, null)).hasStatus(200);
        assertThat(ask(RESPONDER, "AUTHORIZER")).hasStatus(200);
        assertThat(ask(AUTHORIZER, null)).hasStatus(200);
        assertThat(server.begun()).isEqualTo(3);
        assertThat(log.text()).doesNotContain("refused");
    }

    @ParameterizedTest
    @CsvSource({"1, RESPONDER", "1, authorizer", "1, ''", "3, ", "3, FILTER", "9, "})
    @Tag("FCGI-81")
    @Tag("FCGI-75")
    void servesNothingElseAtAConnectorOfTheAuthorizer(int begun, String role) throws Exception {
        server.takeQuestionsOnly();
        serveAllRoles();

        assertThat(ask(begun, role).status()).isIn(403, 503);
        assertThat(server.begun()).isZero();
    }

    @Test
    @Tag("FCGI-81")
    @Tag("FCGI-75")
    void deniesAsTheWebServerUnderstandsIt() throws Exception {
        server.takeQuestionsOnly();
        server.fcgi().setRoles(EnumSet.of(Role.RESPONDER, Role.AUTHORIZER));
        server.start((request, response, callback) -> Response.sendRedirect(request, response, callback, "/login"));

        assertThat(ask(RESPONDER, null)).hasStatus(401);
    }

    private void serveAllRoles() throws Exception {
        server.fcgi().setRoles(EnumSet.allOf(Role.class));
        server.start(new AuthorizerHandler(FcgiServer.handler((request, response, callback) -> {
            response.setStatus(200);
            callback.succeeded();
        })));
    }

    private FcgiResponse ask(int begun, String role) {
        Pairs pairs = Pairs.get("/");
        if (role != null) {
            pairs = pairs.and("FCGI_ROLE", role);
        }
        if (begun == FILTER) {
            pairs = pairs.and("FCGI_DATA_LENGTH", "0", "FCGI_DATA_LAST_MOD", "0");
        }
        return server.connect()
                .begin(1, begun, KEEP_CONN)
                .params(1, pairs)
                .paramsEnd(1)
                .stdinEnd(1)
                .dataEnd(1)
                .response(1);
    }
}
