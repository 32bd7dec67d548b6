package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.record.Params;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Which pair of the PARAMS holds which variable. An empty value is as good as none. */
final class CgiVariables {
    private final Params params;
    private final int[] pairs = new int[CgiVariable.values().length];

    CgiVariables(Params params) {
        this.params = params;
        Arrays.fill(pairs, -1);
    }

    void set(CgiVariable variable, int pair) {
        pairs[variable.ordinal()] = pair;
    }

    /** {@return the pair of a variable; -1 if it was not sent} */
    int pair(CgiVariable variable) {
        return pairs[variable.ordinal()];
    }

    /** {@return whether a variable has been sent, even if empty} */
    boolean isSent(CgiVariable variable) {
        return pair(variable) >= 0;
    }

    boolean has(CgiVariable variable) {
        return isSent(variable) && params.valueLength(pair(variable)) > 0;
    }

    /** {@return the value of a variable, which has to be text of one line; null if it is not there} */
    String get(CgiVariable variable) {
        if (!has(variable)) {
            return null;
        }
        requireOneLine(params, pair(variable));
        return params.value(pair(variable), StandardCharsets.UTF_8);
    }

    /**
     * Refuses what would begin another line, or control a terminal; in UTF-8 no other character has such a byte.
     *
     * @throws BadRequest if there is any
     */
    static void requireOneLine(Params params, int pair) {
        byte[] block = params.block();
        int from = params.valueAt(pair);
        int to = from + params.valueLength(pair);
        for (int i = from; i < to; i++) {
            int c = block[i] & 0xFF;
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                throw new BadRequest("control character in " + params.name(pair));
            }
        }
    }

    /** {@return the value of a variable, which has to be UTF-8; empty if it is not there} */
    String strictly(CgiVariable variable) {
        return has(variable) ? decode(variable, params.valueLength(pair(variable))) : "";
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
        int from = params.valueAt(pair(variable));
        int to = from + params.valueLength(pair(variable));
        if (isAscii(from, to)) {
            return ascii(from, to);
        }
        int query = from;
        while (query < to && params.block()[query] != '?') {
            query++;
        }
        return decode(variable, query - from) + new String(params.block(), query, to - query, StandardCharsets.UTF_8);
    }

    private String decode(CgiVariable variable, int length) {
        int from = params.valueAt(pair(variable));
        if (isAscii(from, from + length)) {
            return ascii(from, from + length);
        }
        ByteBuffer bytes = ByteBuffer.wrap(params.block(), from, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new BadRequest(variable + " is not UTF-8");
        }
    }

    /** As nearly all are: no decoder is needed. */
    private boolean isAscii(int from, int to) {
        for (int i = from; i < to; i++) {
            if (params.block()[i] < 0) {
                return false;
            }
        }
        return true;
    }

    private String ascii(int from, int to) {
        return new String(params.block(), from, to - from, StandardCharsets.ISO_8859_1);
    }
}
