package dev.gangway.fcgi.cgi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cookie headers that a web server has joined by a comma, as is right for others: Apache httpd and Caddy do so over
 * HTTP/1, where clients must not send two but some do.
 *
 * <p>Elsewhere a comma is a part of the value. Otherwise a client that can choose one value could choose any other
 * cookie too.
 */
final class JoinedCookies {
    /** A quoted value, or where one header ended and the next began; both write a blank. */
    private static final Pattern QUOTED_OR_JOINT = Pattern.compile("(=\"[^\"]*\")|, (?=[A-Za-z0-9!#$%&'*+.^_`|~-]+=)");

    private JoinedCookies() {}

    /**
     * {@return whether a web server joins cookies that come in this protocol}
     *
     * @param software its SERVER_SOFTWARE, or null
     * @param protocol its SERVER_PROTOCOL, or null
     */
    static boolean isJoining(String software, String protocol) {
        return software != null
                && protocol != null
                && protocol.startsWith("HTTP/1.")
                && (begins(software, "Apache") || begins(software, "Caddy"));
    }

    /** {@return whether that is the first word} */
    private static boolean begins(String software, String product) {
        int end = product.length();
        return software.startsWith(product) && (software.length() == end || !isOfWord(software.charAt(end)));
    }

    private static boolean isOfWord(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    /** {@return the cookies of all headers, as if the client had sent one} */
    static String apart(String cookies) {
        return QUOTED_OR_JOINT
                .matcher(cookies)
                .replaceAll(match -> match.group(1) == null ? "; " : Matcher.quoteReplacement(match.group(1)));
    }
}
