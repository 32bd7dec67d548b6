package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.record.Params;
import java.nio.charset.Charset;

/** The PARAMS of one request as text. Immutable. */
public final class RequestParams {
    private final RequestParam[] pairs;

    /** @param pairs now belong to the result */
    RequestParams(RequestParam[] pairs) {
        this.pairs = pairs;
    }

    /** {@return the text of some pairs, which is independent of their bytes} */
    public static RequestParams of(Params params) {
        RequestParam[] pairs = new RequestParam[params.size()];
        for (int pair = 0; pair < pairs.length; pair++) {
            pairs[pair] = RequestParam.of(params, pair);
        }
        return new RequestParams(pairs);
    }

    /** {@return the number of pairs} */
    public int size() {
        return pairs.length;
    }

    /**
     * @param pair 0 to size - 1
     */
    RequestParam get(int pair) {
        return pairs[pair];
    }

    /**
     * {@return the name of a pair, one character a byte}
     *
     * @param pair 0 to size - 1
     */
    public String name(int pair) {
        return pairs[pair].name();
    }

    /**
     * {@return the value of a pair}
     *
     * @param pair    0 to size - 1
     * @param charset how its bytes are to be read
     */
    public String value(int pair, Charset charset) {
        return pairs[pair].value(charset);
    }

    /**
     * {@return the last pair of a name, which counts if there are several; -1 if there is none}
     *
     * @param name what to look for, one character a byte
     */
    public int last(String name) {
        for (int pair = pairs.length - 1; pair >= 0; pair--) {
            if (pairs[pair].name().equals(name)) {
                return pair;
            }
        }
        return -1;
    }

    /** {@return the number of pairs alone: values may be credentials} */
    @Override
    public String toString() {
        return pairs.length + " params";
    }
}
