package dev.gangway.fcgi.cgi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Which pair of the PARAMS holds which variable. An empty value is as good as none. */
final class CgiVariables {
    private static final int COUNT = CgiVariable.values().length;

    private final RequestParam[] pairs = new RequestParam[COUNT];

    void set(CgiVariable variable, RequestParam pair) {
        pairs[variable.ordinal()] = pair;
    }

    /** {@return the pair of a variable; null if it was not sent} */
    RequestParam pair(CgiVariable variable) {
        return pairs[variable.ordinal()];
    }

    /** {@return whether a variable has been sent, even if empty} */
    boolean isSent(CgiVariable variable) {
        return pair(variable) != null;
    }

    boolean has(CgiVariable variable) {
        return isSent(variable) && !pair(variable).isEmpty();
    }

    /** {@return the value of a variable, which has to be text of one line; null if it is not there} */
    String get(CgiVariable variable) {
        if (!has(variable)) {
            return null;
        }
        RequestParam pair = pair(variable);
        pair.requireOneLine();
        return pair.value(StandardCharsets.UTF_8);
    }

    /** {@return the value of a variable, which has to be UTF-8; empty if it is not there} */
    String strictly(CgiVariable variable) {
        if (!has(variable)) {
            return "";
        }
        RequestParam pair = pair(variable);
        return pair.isAscii() ? pair.value() : decode(variable, ByteBuffer.wrap(pair.bytes()));
    }

    /**
     * {@return the value of a variable, which has to be UTF-8 up to its first question mark; empty if it is not there}
     *
     * <p>Some clients send a query in their own charset. Jetty's HttpParser puts U+FFFD for what is not UTF-8 there.
     */
    String strictlyBeforeQuery(CgiVariable variable) {
        if (!has(variable)) {
            return "";
        }
        RequestParam pair = pair(variable);
        if (pair.isAscii()) {
            return pair.value();
        }
        byte[] bytes = pair.bytes();
        int mark = pair.value().indexOf('?');
        int query = mark < 0 ? bytes.length : mark;
        return decode(variable, ByteBuffer.wrap(bytes, 0, query))
                + new String(bytes, query, bytes.length - query, StandardCharsets.UTF_8);
    }

    private static String decode(CgiVariable variable, ByteBuffer bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequest(variable + " is not UTF-8");
        }
    }
}
