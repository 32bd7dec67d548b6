package dev.gangway.fcgi.cgi;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * Percent-encodes a decoded path so that decoding it once gives the same path again. Jetty's {@code URIUtil.encodePath}
 * escapes the apostrophe too, which clients send as it is.
 */
final class PathEncoder {
    /** What may stand in a path (RFC 3986, section 3.3), except ';', which would begin a path parameter. */
    private static final BitSet PLAIN = new BitSet();

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,=:@/"
                .chars()
                .forEach(PLAIN::set);
    }

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PathEncoder() {}

    static String encode(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            if (PLAIN.get(c)) {
                encoded.append((char) c);
            } else {
                HEX.toHexDigits(encoded.append('%'), b);
            }
        }
        return encoded.toString();
    }
}
