package dev.gangway.fcgi.cgi;

import org.eclipse.jetty.http.HttpTokens;

/** What may be a method or the name of a header (RFC 9110, section 5.6.2). */
public final class Token {
    private Token() {}

    /** {@return whether a text is a token} */
    public static boolean is(String text) {
        for (int i = 0; i < text.length(); i++) {
            HttpTokens.Token token = HttpTokens.getToken(text.charAt(i));
            if (token == null || !token.isRfc2616Token()) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
