package dev.gangway.sample;

/**
 * Makes any text safe to show in HTML, in elements and in quoted attributes alike.
 */
public final class Html {
    private static final char REPLACEMENT = '\uFFFD';

    private Html() {}

    /** {@return the text with markup escaped and control characters made visible; empty for null} */
    public static String escape(String text) {
        if (text == null) return "";
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\t', '\n' -> html.append(c);
                default -> html.append(Character.isISOControl(c) ? REPLACEMENT : c);
            }
        }
        return html.toString();
    }
}
