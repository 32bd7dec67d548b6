package dev.gangway.fcgi.cgi;

/** What may be a method or the name of a header (RFC 9110, section 5.6.2). */
public final class Token {
    private Token() {}

    /** {@return whether a text is a token} */
    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isCharacter(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isCharacter(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
}
