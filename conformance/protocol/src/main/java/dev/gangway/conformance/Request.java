package dev.gangway.conformance;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;

import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.conformance.record.Vocabulary;
import java.nio.charset.StandardCharsets;

/** A request as a value, to be said in one way or another. */
record Request(int role, Pairs pairs, byte[] body) {
    private static final byte[] FILE = "what the web server has in its file\n".getBytes(StandardCharsets.US_ASCII);

    Request with(Pairs other) {
        return new Request(role, other, body);
    }

    Request with(String name, String value) {
        return with(pairs.with(name, value));
    }

    /** {@return the parameters, as they belong to the role} */
    Pairs parameters() {
        return switch (role) {
            case AUTHORIZER -> pairs.without("SCRIPT_NAME").without("CONTENT_LENGTH");
            case FILTER ->
                pairs.with("FCGI_DATA_LAST_MOD", "820454400").with("FCGI_DATA_LENGTH", Integer.toString(FILE.length));
            default -> pairs;
        };
    }

    /** {@return the whole request in the fewest records} */
    Script script(int id, int flags) {
        return rest(head(new Script(), id, flags), id);
    }

    /** Says the beginning, up to the last parameter. */
    <S extends Vocabulary<S>> S head(S speaker, int id, int flags) {
        return speaker.begin(id, role, flags).params(id, parameters());
    }

    /** Says the end of the parameters and all that follows; an Authorizer gets an empty STDIN, as from lighttpd. */
    <S extends Vocabulary<S>> S rest(S speaker, int id) {
        return input(speaker.paramsEnd(id), id);
    }

    /** Says the streams that follow PARAMS. */
    <S extends Vocabulary<S>> S input(S speaker, int id) {
        speaker.stdin(id, body).stdinEnd(id);
        return role == FILTER ? speaker.data(id, FILE).dataEnd(id) : speaker;
    }
}
