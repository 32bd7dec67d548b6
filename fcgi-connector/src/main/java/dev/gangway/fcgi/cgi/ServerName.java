package dev.gangway.fcgi.cgi;

import java.util.regex.Pattern;

/** What may be the name of a server, or its address; perhaps with a port. */
final class ServerName {
    private static final Pattern NAME = Pattern.compile(
            "(?:[A-Za-z0-9][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?|[0-9A-Fa-f:][0-9A-Fa-f:.]+");

    private ServerName() {}

    /** {@return whether a text is one} */
    static boolean is(String text) {
        return NAME.matcher(text).matches();
    }
}
