package dev.gangway.fcgi.cgi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Values that most requests have, found by their bytes so that no string is made of them. */
final class KnownValues {
    private static final int LONGEST = 24;
    private static final byte[][] BYTES = new byte[256][];
    private static final String[] TEXT = new String[BYTES.length];

    static {
        for (String value : new String[] {
            "GET",
            "POST",
            "HEAD",
            "HTTP/1.1",
            "HTTP/1.0",
            "HTTP/2.0",
            "HTTP/3.0",
            "CGI/1.1",
            "http",
            "https",
            "on",
            "off",
            "80",
            "443",
            "8080",
            "8443",
            "200",
            "127.0.0.1",
            "::1",
            "localhost",
            "keep-alive",
            "close",
            "*/*",
            "gzip",
            "gzip, deflate",
            "gzip, deflate, br",
            "gzip, deflate, br, zstd",
            "no-cache",
            "max-age=0",
            "0",
            "1",
            "?0",
            "?1",
            "document",
            "empty",
            "image",
            "script",
            "style",
            "navigate",
            "cors",
            "no-cors",
            "same-origin",
            "same-site",
            "none",
            "u=0, i",
            "XMLHttpRequest"
        }) {
            byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
            int slot = slot(bytes, 0, bytes.length);
            while (BYTES[slot] != null) {
                slot = (slot + 1) % BYTES.length;
            }
            BYTES[slot] = bytes;
            TEXT[slot] = value;
        }
    }

    private KnownValues() {}

    /** {@return the text of some bytes, one character a byte} */
    static String text(byte[] block, int from, int to) {
        if (from == to) {
            return "";
        }
        if (to - from <= LONGEST) {
            for (int slot = slot(block, from, to); BYTES[slot] != null; slot = (slot + 1) % BYTES.length) {
                if (Arrays.equals(BYTES[slot], 0, BYTES[slot].length, block, from, to)) {
                    return TEXT[slot];
                }
            }
        }
        return new String(block, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ hash >>> 15) & (BYTES.length - 1);
    }
}
