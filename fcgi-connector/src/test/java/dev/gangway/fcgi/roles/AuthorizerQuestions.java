package dev.gangway.fcgi.roles;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;

import dev.gangway.api.Role;
import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.server.AuthorizerHandler;
import dev.gangway.fcgi.server.FcgiServer;
import dev.gangway.fcgi.server.FcgiServer.App;
import dev.gangway.fcgi.server.Link;
import java.util.EnumSet;

/** A server whose application may be asked as an Authorizer, and the questions. */
final class AuthorizerQuestions {
    static final App GRANT = (request, response, callback) -> {
        response.setStatus(200);
        callback.succeeded();
    };

    private AuthorizerQuestions() {}

    /** {@return a server that has not started, with the roles of Responder and Authorizer} */
    static FcgiServer server(Link link) {
        FcgiServer server = new FcgiServer(link);
        server.fcgi().setRoles(EnumSet.of(Role.RESPONDER, Role.AUTHORIZER));
        return server;
    }

    static void start(FcgiServer server, App app) throws Exception {
        server.start(new AuthorizerHandler(FcgiServer.handler(app)));
    }

    static FcgiResponse ask(FcgiServer server, Pairs pairs) {
        return ask(server.connect(), pairs);
    }

    /** Without any STDIN record, as Apache httpd asks. */
    static FcgiResponse ask(Peer peer, Pairs pairs) {
        return peer.begin(1, AUTHORIZER, KEEP_CONN)
                .params(1, pairs)
                .paramsEnd(1)
                .response(1);
    }
}
