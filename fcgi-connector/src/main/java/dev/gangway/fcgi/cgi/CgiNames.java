package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.record.Params;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The table of parameter names that are known in advance, found by their bytes so that no string is made of them.
 * Jetty's {@code Index} would find them too, but takes nearly three times as long.
 */
final class CgiNames {
    private static final String HEADER_PREFIX = "HTTP_";

    /** What is in the names of credentials: Authorization, Cookie, GANGWAY_SECRET, X-Api-Key, SSL_SESSION_ID … */
    private static final String[] CONFIDENTIAL = {"AUTH", "COOKIE", "PASS", "SECRET", "TOKEN", "KEY", "SESSION"};

    /** Headers of the connection between client and web server, which is not ours. */
    static final Set<HttpHeader> HOP_BY_HOP = EnumSet.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.TE,
            HttpHeader.TRAILER,
            HttpHeader.UPGRADE);

    /** Others that never reach the application: the web server meets an expectation, and has a variable for the rest. */
    private static final Set<HttpHeader> DROPPED =
            EnumSet.of(HttpHeader.EXPECT, HttpHeader.CONTENT_TYPE, HttpHeader.CONTENT_LENGTH);

    private static final KnownName[] TABLE = new KnownName[1024];

    static {
        for (HttpHeader header : HttpHeader.values()) {
            if (!header.isPseudo() && header != HttpHeader.CONTENT_LENGTH) {
                boolean dropped = HOP_BY_HOP.contains(header) || DROPPED.contains(header);
                add(new KnownName(
                        parameterName(header.asString()),
                        null,
                        dropped ? null : header,
                        dropped ? null : header.asString()));
            }
        }
        // Programs take it for an environment variable (httpoxy).
        add(new KnownName("HTTP_PROXY", null, null, null));
        for (CgiVariable variable : CgiVariable.values()) {
            add(new KnownName(variable.name(), variable, null, null));
        }
        // What many web servers send besides, for the application alone.
        for (String name : List.of("DOCUMENT_ROOT", "GATEWAY_INTERFACE", "REDIRECT_STATUS", "SCRIPT_FILENAME")) {
            add(new KnownName(name, null, null, null));
        }
        // What browsers send, and Jetty (12.1.14) has no constant for.
        for (String header : List.of(
                "Sec-Fetch-Dest",
                "Sec-Fetch-Mode",
                "Sec-Fetch-Site",
                "Sec-Fetch-User",
                "Sec-Ch-Ua",
                "Sec-Ch-Ua-Mobile",
                "Sec-Ch-Ua-Platform",
                "Upgrade-Insecure-Requests",
                "Priority",
                "Dnt",
                "X-Requested-With")) {
            add(new KnownName(parameterName(header), null, null, header));
        }
    }

    /**
     * A name with what it stands for: a variable, or a header, or, with neither, something that does not shape the
     * request: a header that is dropped, or what is for the application alone.
     *
     * @param header null also if Jetty does not know it
     * @param field  the name of the header, null if it is none or is dropped
     */
    record KnownName(
            String name, byte[] bytes, boolean confidential, CgiVariable variable, HttpHeader header, String field) {
        KnownName(String name, CgiVariable variable, HttpHeader header, String field) {
            this(name, name.getBytes(StandardCharsets.US_ASCII), isConfidential(name), variable, header, field);
        }
    }

    private CgiNames() {}

    /** {@return the entry for the name of a pair, or null if it is not a known one} */
    static KnownName find(Params params, int pair) {
        byte[] block = params.block();
        int from = params.nameAt(pair);
        int to = from + params.nameLength(pair);
        int slot = slot(block, from, to);
        while (TABLE[slot] != null) {
            byte[] name = TABLE[slot].bytes;
            if (Arrays.equals(name, 0, name.length, block, from, to)) {
                return TABLE[slot];
            }
            slot = (slot + 1) % TABLE.length;
        }
        return null;
    }

    /** {@return whether a name is that of a header} */
    static boolean isHeader(String name) {
        return name.startsWith(HEADER_PREFIX);
    }

    /**
     * {@return whether the value of a parameter may be a password, or as good as one; if in doubt, it may}
     *
     * @param name the parameter's name
     */
    static boolean isConfidential(String name) {
        for (String word : CONFIDENTIAL) {
            if (name.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /**
     * {@return the header that a parameter stands for, as in {@code X-Forwarded-For}; null if no client can have sent
     * it, or if it would look like another one}
     *
     * @param name the parameter's name, which begins with HTTP_
     */
    static String headerName(String name) {
        StringBuilder header = new StringBuilder(name.length());
        boolean wordBegins = true;
        for (int i = HEADER_PREFIX.length(); i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_') {
                if (wordBegins) {
                    return null;
                }
                header.append('-');
                wordBegins = true;
            } else if (isNameCharacter(c)) {
                header.append(wordBegins ? c : Character.toLowerCase(c));
                wordBegins = false;
            } else {
                return null;
            }
        }
        return wordBegins ? null : header.toString();
    }

    /** Those of a token (RFC 9110, section 5.6.2), except '-' and small letters, which CGI has replaced. */
    private static boolean isNameCharacter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "!#$%&'*+.^`|~".indexOf(c) >= 0;
    }

    private static String parameterName(String header) {
        return HEADER_PREFIX + header.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static void add(KnownName known) {
        int slot = slot(known.bytes, 0, known.bytes.length);
        while (TABLE[slot] != null) {
            slot = (slot + 1) % TABLE.length;
        }
        TABLE[slot] = known;
    }

    private static int slot(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ hash >>> 15) & (TABLE.length - 1);
    }
}
