package dev.gangway.fcgi.cgi;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/** Percent-encodes a decoded path so that decoding it once gives the same path again. */
final class PathEncoder {
    /** What may stand in a path (RFC 3986, section 3.3), except ';', which would begin a path parameter. */
    private static final BitSet PLAIN = new BitSet();

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@/"
                .chars()
                .forEach(PLAIN::set);
    }

    private PathEncoder() {}

    static String encode(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            if (PLAIN.get(c)) {
                encoded.append((char) c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
            }
        }
        return encoded.toString();
    }
}
