package dev.gangway.fcgi.cgi;

import java.util.regex.Pattern;

/** What may be the name of a server, or its address; perhaps with a port. */
final class ServerName {
    private static final Pattern NAME = Pattern.compile(
            "(?:[A-Za-z0-9][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?|[0-9A-Fa-f:][0-9A-Fa-f:.]+");

    private ServerName() {}

    /** {@return whether a text is one} */
    static boolean is(String text) {
        return isPlain(text) || NAME.matcher(text).matches();
    }

    /** {@return whether it is a name as most are, or an IPv4 address, neither with a port: asked with each request} */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!letter && (i == 0 || (c != '.' && c != '-'))) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
