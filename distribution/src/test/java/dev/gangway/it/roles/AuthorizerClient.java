package dev.gangway.it.roles;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.it.harness.GangwayProcess;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** What a web server can ask of Gangway, each time on a connection of its own. */
final class AuthorizerClient {
    private AuthorizerClient() {}

    /** Has it answer a request. */
    static FcgiResponse respond(GangwayProcess gangway, Pairs pairs) {
        return respond(gangway, pairs, "");
    }

    static FcgiResponse respond(GangwayProcess gangway, Pairs pairs, String body) {
        try (Peer peer = Peer.connect(gangway.tcp())) {
            return peer.request(1, CLOSE, pairs, body.getBytes(StandardCharsets.UTF_8))
                    .response(1);
        }
    }

    /** Asks whether a request may be served, without any STDIN record, as Apache httpd does. */
    static FcgiResponse authorize(GangwayProcess gangway, Pairs pairs) {
        try (Peer peer = Peer.connect(gangway.tcp())) {
            return peer.begin(1, AUTHORIZER, CLOSE)
                    .params(1, pairs)
                    .paramsEnd(1)
                    .response(1);
        }
    }

    /** The facts of the page that says who the client is. */
    static Map<String, String> whoAmI(FcgiResponse response) {
        assertThat(response.status()).as(response.toString()).isEqualTo(200);
        return facts(response.text());
    }

    static Map<String, String> facts(String text) {
        return text.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line.length == 1 ? "" : line[1]));
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
