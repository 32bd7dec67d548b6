package dev.gangway.conformance;

import static dev.gangway.conformance.peer.FcgiNumbers.*;

import dev.gangway.conformance.peer.Pairs;
import dev.gangway.conformance.peer.Script;
import dev.gangway.conformance.peer.Vocabulary;

/** A request as a value, to be said in one way or another. */
record Request(int role, Pairs pairs, byte[] body) {
    private static final byte[] FILE = "what the web server has in its file\n".getBytes();

    Request with(Pairs other) {
        return new Request(role, other, body);
    }

    Request with(String name, String value) {
        return with(pairs.with(name, value));
    }

    /** {@return the request in the fewest records} */
    Script script(int id, int flags) {
        Script script =
                new Script().begin(id, role, flags).params(id, parameters()).paramsEnd(id);
        return input(script, id);
    }

    /** {@return the parameters, with those that belong to the role} */
    Pairs parameters() {
        return switch (role) {
            case AUTHORIZER -> pairs.without("SCRIPT_NAME").without("CONTENT_LENGTH");
            case FILTER ->
                pairs.with("FCGI_DATA_LAST_MOD", "820454400").with("FCGI_DATA_LENGTH", Integer.toString(FILE.length));
            default -> pairs;
        };
    }

    /** Says the streams that follow PARAMS; an Authorizer has an empty one, as lighttpd sends it. */
    <S extends Vocabulary<S>> S input(S speaker, int id) {
        speaker.stdin(id, body).stdinEnd(id);
        return role == FILTER ? speaker.data(id, FILE).dataEnd(id) : speaker;
    }
}
